package dev.auscult.intake.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The examples whose logs hold losses and scores only, in the forms of several frameworks. */
final class CurveRuns {
    private static final int FEATURES = 20;
    private static final int CLASSES = 4;

    private final LogText log;

    CurveRuns(Path folder) {
        log = new LogText(folder);
    }

    void write() throws IOException {
        healthy();
        overfitting();
        learningRateTooHigh();
        shuffledLabels();
        diverged();
        doubleSoftmax();
        schedulePerBatch();
        staleEvaluation();
        rareClass();
        leakedTarget();
        summedLoss();
    }

    private void healthy() throws IOException {
        Random random = new Random(1);
        double[][] centres = Data.centres(random, CLASSES, FEATURES);
        Data train = Data.clouds(random, 2000, centres, 2.2, 0);
        Data validation = Data.clouds(random, 1000, centres, 2.2, 0);
        Mlp net = new Mlp(Mlp.Activation.RELU, 1.2, 0, random, FEATURES, 16, CLASSES);
        log.keras(
                "healthy/training.csv",
                Training.run(net, new Sgd(net, 0.01, 0.5), train, validation, 30, 64, random),
                false);
    }

    private void overfitting() throws IOException {
        Random random = new Random(2);
        double[][] centres = Data.centres(random, CLASSES, FEATURES);
        Data train = Data.clouds(random, 200, centres, 2.4, 0.2);
        Data validation = Data.clouds(random, 1000, centres, 2.4, 0.2);
        Mlp net = new Mlp(Mlp.Activation.RELU, 0.5, 0, random, FEATURES, 64, CLASSES);
        log.keras(
                "overfitting/training.csv",
                Training.run(net, new Sgd(net, 0.003, 0.9), train, validation, 80, 16, random),
                false);
    }

    /** Per step, in JSON lines with the bare NaN that Python writes. */
    private void learningRateTooHigh() throws IOException {
        Random random = new Random(3);
        double[][] centres = Data.centres(random, CLASSES, FEATURES);
        Data train = Data.clouds(random, 800, centres, 2.2, 0);
        Mlp net = new Mlp(Mlp.Activation.RELU, 1.4, 0, random, FEATURES, 32, 32, CLASSES);
        Sgd sgd = new Sgd(net, 0.25, 0.9);
        StringBuilder text = new StringBuilder();
        for (int step = 0; step < 300; step++) {
            Measured measured = sgd.step(train, train.batch(random, 32));
            text.append(String.format(
                    Locale.ROOT,
                    "{\"step\": %d, \"loss\": %s, \"learning_rate\": %s}%n",
                    step,
                    LogText.number(measured.loss()),
                    sgd.learningRate()));
        }
        log.save("learning-rate-too-high/metrics.jsonl", text);
    }

    /** Labels that have nothing to do with the data, as after shuffling them alone; console output in Keras' form. */
    private void shuffledLabels() throws IOException {
        Random random = new Random(5);
        double[][] centres = Data.centres(random, CLASSES, FEATURES);
        Data train = Data.clouds(random, 6000, centres, 2.2, 1);
        Data validation = Data.clouds(random, 500, centres, 2.2, 1);
        Mlp net = new Mlp(Mlp.Activation.RELU, 0.3, 0, random, FEATURES, 8, CLASSES);
        List<Training.Epoch> epochs = Training.run(net, new Sgd(net, 0.002, 0.5), train, validation, 25, 32, random);
        StringBuilder text = new StringBuilder();
        for (int e = 0; e < epochs.size(); e++) {
            Training.Epoch epoch = epochs.get(e);
            text.append(String.format(
                    Locale.ROOT,
                    "Epoch %d/%d%n188/188 - 0s - accuracy: %.4f - loss: %.4f - val_accuracy: %.4f - val_loss: %.4f%n",
                    e + 1,
                    epochs.size(),
                    epoch.train().accuracy(),
                    epoch.train().loss(),
                    epoch.validation().accuracy(),
                    epoch.validation().loss()));
        }
        log.save("shuffled-labels/train.log", text);
    }

    /** A warm-up that never stops: the learning rate grows on until training falls apart. */
    private void diverged() throws IOException {
        Random random = new Random(11);
        double[][] centres = Data.centres(random, CLASSES, FEATURES);
        Data train = Data.clouds(random, 1200, centres, 2.2, 0);
        Data validation = Data.clouds(random, 600, centres, 2.2, 0);
        Mlp net = new Mlp(Mlp.Activation.TANH, 1, 0, random, FEATURES, 32, 32, CLASSES);
        log.keras(
                "diverged/training.csv",
                Training.run(
                        net,
                        new Sgd(net, 0.002, 0.9),
                        train,
                        validation,
                        40,
                        30,
                        random,
                        (step, steps) -> StrictMath.pow(2000, step / (double) steps)),
                true);
    }

    /** An easy task; the network ends in a softmax, and so does the loss. */
    private void doubleSoftmax() throws IOException {
        Random random = new Random(12);
        double[][] centres = Data.centres(random, CLASSES, FEATURES);
        Data train = Data.clouds(random, 1200, centres, 0.5, 0);
        Data validation = Data.clouds(random, 600, centres, 0.5, 0);
        Mlp net = new Mlp(Mlp.Activation.RELU, 1, 0, true, random, FEATURES, 32, CLASSES);
        log.keras(
                "double-softmax/training.csv",
                Training.run(net, new Sgd(net, 0.5, 0.9), train, validation, 30, 30, random),
                false);
        log.save("double-softmax/hparams.yaml", "batch_size: 30\nnum_classes: 4\n");
    }

    /** A decay meant for every epoch is made at every batch, 0.9 each, so that it is over within the second epoch. */
    private void schedulePerBatch() throws IOException {
        Random random = new Random(13);
        double[][] centres = Data.centres(random, CLASSES, FEATURES);
        Data train = Data.clouds(random, 2000, centres, 2.2, 0);
        Data validation = Data.clouds(random, 600, centres, 2.2, 0);
        Mlp net = new Mlp(Mlp.Activation.RELU, 1, 0, random, FEATURES, 32, CLASSES);
        log.keras(
                "schedule-per-batch/training.csv",
                Training.run(
                        net,
                        new Sgd(net, 0.002, 0),
                        train,
                        validation,
                        30,
                        40,
                        random,
                        (step, steps) -> StrictMath.pow(0.9, step)),
                true);
    }

    /** What is evaluated after every epoch is a copy of the network from before the training. */
    private void staleEvaluation() throws IOException {
        Random random = new Random(14);
        double[][] centres = Data.centres(random, CLASSES, FEATURES);
        Data train = Data.clouds(random, 1200, centres, 2, 0);
        Data validation = Data.clouds(random, 600, centres, 2, 0);
        Mlp net = new Mlp(Mlp.Activation.RELU, 1, 0, random, FEATURES, 16, CLASSES);
        Measured copy = net.evaluate(validation);
        List<Training.Epoch> epochs = Training.run(net, new Sgd(net, 0.01, 0.5), train, validation, 25, 40, random);
        StringBuilder text = new StringBuilder("epoch,train_loss,train_acc,valid_loss,valid_acc\n");
        for (int e = 0; e < epochs.size(); e++) {
            Measured measured = epochs.get(e).train();
            LogText.row(
                    text,
                    Integer.toString(e),
                    LogText.number(measured.loss()),
                    LogText.number(measured.accuracy()),
                    LogText.number(copy.loss()),
                    LogText.number(copy.accuracy()));
        }
        log.save("stale-evaluation/history.csv", text);
    }

    /** One example in twenty belongs to the second class, and little tells them apart. */
    private void rareClass() throws IOException {
        Random random = new Random(15);
        Data train = Data.imbalanced(random, 2000, FEATURES, 0.05, 0.25);
        Data validation = Data.imbalanced(random, 1000, FEATURES, 0.05, 0.25);
        Mlp net = new Mlp(Mlp.Activation.RELU, 1, 0, random, FEATURES, 8, 2);
        Sgd sgd = new Sgd(net, 0.01, 0.5);
        StringBuilder text = new StringBuilder("epoch,train_loss,val_accuracy,val_f1,val_loss\n");
        for (int e = 0; e < 20; e++) {
            Training.Epoch epoch =
                    Training.run(net, sgd, train, validation, 1, 40, random).get(0);
            LogText.row(
                    text,
                    Integer.toString(e),
                    LogText.number(epoch.train().loss()),
                    LogText.number(epoch.validation().accuracy()),
                    LogText.number(macroF1(net, validation)),
                    LogText.number(epoch.validation().loss()));
        }
        log.save("rare-class/metrics.csv", text);
    }

    private static double macroF1(Mlp net, Data data) {
        double[][] confusion = new double[2][2];
        for (int s = 0; s < data.y().length; s++) {
            confusion[data.y()[s]][Data.argMax(net.forward(data.x()[s]))]++;
        }
        double sum = 0;
        for (int k = 0; k < 2; k++) {
            sum += 2 * confusion[k][k] / (2 * confusion[k][k] + confusion[1 - k][k] + confusion[k][1 - k]);
        }
        return sum / 2;
    }

    /** One feature was made from the labels: out of fold, and so noisy, for training, but of the row itself for held-out. */
    private void leakedTarget() throws IOException {
        Random random = new Random(16);
        double[][] alike = new double[2][FEATURES];
        Data train = Data.clouds(random, 3000, alike, 1, 0).withFeatureOfLabel(random, 0.8);
        Data validation = Data.clouds(random, 500, alike, 1, 0).withFeatureOfLabel(random, 0);
        Mlp net = new Mlp(Mlp.Activation.RELU, 1, 0, random, FEATURES + 1, 16, 2);
        log.keras(
                "leaked-target/training.csv",
                Training.run(net, new Sgd(net, 0.01, 0.9), train, validation, 15, 20, random),
                false);
    }

    /** The loss is summed over the batch, and the learning rate is one for a mean. */
    private void summedLoss() throws IOException {
        Random random = new Random(17);
        double[][] centres = Data.centres(random, 10, FEATURES);
        Data train = Data.clouds(random, 1280, centres, 1.5, 0);
        Mlp net = new Mlp(Mlp.Activation.RELU, 0.2, 0, random, FEATURES, 32, 10);
        Sgd sgd = new Sgd(net, 0.01, 0.9).summed(64);
        StringBuilder text = new StringBuilder();
        for (int step = 0; step < 200; step++) {
            Measured measured = sgd.step(train, train.batch(random, 64));
            text.append("{\"step\": " + step + ", \"train_loss\": " + LogText.number(measured.loss()) + "}\n");
        }
        log.save("summed-loss/metrics.jsonl", text);
        log.save("summed-loss/hparams.yaml", "batch_size: 64\nlearning_rate: 0.01\nnum_classes: 10\noptimizer: SGD\n");
    }
}
