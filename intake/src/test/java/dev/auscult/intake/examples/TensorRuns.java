package dev.auscult.intake.examples;

import static dev.auscult.run.TensorKind.ACTIVATION;
import static dev.auscult.run.TensorKind.GRADIENT;
import static dev.auscult.run.TensorKind.UPDATE;
import static dev.auscult.run.TensorKind.WEIGHT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import dev.auscult.run.TensorKind;

/** The examples that are event files with histograms of weights, gradients, updates and activations. */
final class TensorRuns {
    private static final int FEATURES = 20;
    private static final int CLASSES = 4;
    private static final int BATCH = 32;

    private final Path folder;
    private final LogText text;

    TensorRuns(Path folder) {
        this.folder = folder;
        text = new LogText(folder);
    }

    void write() throws IOException {
        healthy();
        healthyAndDeep();
        vanishing();
        deadUnits();
        saturated();
        shrinkingStart();
        accumulating();
        missedLayer();
        overflow();
        tooSmallSteps();
        exploding();
        growingWeights();
        brokenBatch();
        clipped();
    }

    /** Data for one example. */
    private record Task(Data train, Data validation) {
        static Task of(Random random, double spread) {
            double[][] centres = Data.centres(random, CLASSES, FEATURES);
            return new Task(
                    Data.clouds(random, 1200, centres, spread, 0), Data.clouds(random, 300, centres, spread, 0));
        }
    }

    private void healthy() throws IOException {
        Random random = new Random(21);
        Task task = Task.of(random, 1.5);
        Mlp net = new Mlp(Mlp.Activation.RELU, Math.sqrt(2), 0, random, FEATURES, 32, 24, 16, CLASSES);
        train(
                "healthy-mlp-events",
                net,
                new Sgd(net, 0.02, 0.5).clipNorm(5),
                task,
                random,
                600,
                14,
                WEIGHT,
                GRADIENT,
                UPDATE,
                ACTIVATION);
        text.save(
                "healthy-mlp-events/hparams.yaml",
                "batch_size: 32\nlearning_rate: 0.02\nmax_grad_norm: 5\nmomentum: 0.5\noptimizer: SGD\n");
    }

    /** Deep enough for what goes wrong with depth, and well. */
    private void healthyAndDeep() throws IOException {
        Random random = new Random(32);
        Task task = Task.of(random, 1);
        Mlp net = new Mlp(Mlp.Activation.TANH, 1.2, 0, random, FEATURES, 24, 24, 24, 24, 24, 24, CLASSES);
        train("healthy-deep-events", net, new Sgd(net, 0.02, 0.5), task, random, 300, 10, GRADIENT, ACTIVATION);
    }

    /** Nine sigmoid layers with small weights: the gradient that reaches the first ones is next to nothing. */
    private void vanishing() throws IOException {
        Random random = new Random(4);
        Task task = Task.of(random, 1.5);
        Mlp net = new Mlp(Mlp.Activation.SIGMOID, 1, 0, random, FEATURES, 16, 16, 16, 16, 16, 16, 16, 16, CLASSES);
        train("vanishing-sigmoid", net, new Sgd(net, 0.05, 0.9), task, random, 900, 12, GRADIENT);
    }

    /** Biases so low that no unit of the second layer ever fires: only the output's biases can learn. */
    private void deadUnits() throws IOException {
        Random random = new Random(6);
        Task task = Task.of(random, 1.5);
        Mlp net = new Mlp(Mlp.Activation.RELU, 1, -25, random, FEATURES, 32, 16, CLASSES);
        train("dead-relu", net, new Sgd(net, 0.05, 0.9), task, random, 600, 10, WEIGHT, ACTIVATION);
        text.save("dead-relu/hparams.yaml", "batch_size: 32\nlearning_rate: 0.05\nmomentum: 0.9\noptimizer: SGD\n");
    }

    /** Features that nobody scaled, a hundred times too large for the tanh of the first layer, in a net of large weights. */
    private void saturated() throws IOException {
        Random random = new Random(22);
        Task task = Task.of(random, 4);
        Task large = new Task(task.train.scaled(100), task.validation.scaled(100));
        Mlp net = new Mlp(Mlp.Activation.TANH, 20, 0, random, FEATURES, 24, 24, 16, CLASSES);
        train("saturated-tanh", net, new Sgd(net, 3, 0.9), large, random, 600, 10, WEIGHT, ACTIVATION);
    }

    /** Weights a fifth as large as He's: the signal shrinks from layer to layer until only the biases learn. */
    private void shrinkingStart() throws IOException {
        Random random = new Random(23);
        Task task = Task.of(random, 1.5);
        Mlp net =
                new Mlp(Mlp.Activation.RELU, 0.2 * Math.sqrt(2), 0, random, FEATURES, 24, 24, 24, 24, 24, 24, CLASSES);
        train("small-initialization", net, new Sgd(net, 0.01, 0), task, random, 600, 8, WEIGHT, GRADIENT, ACTIVATION);
    }

    /** The call that sets the gradients to zero is missing. */
    private void accumulating() throws IOException {
        Random random = new Random(24);
        Task task = Task.of(random, 1.5);
        Mlp net = new Mlp(Mlp.Activation.RELU, Math.sqrt(2), 0, random, FEATURES, 32, CLASSES);
        train(
                "zero-grad-missing",
                net,
                new Sgd(net, 0.1, 0).keepingGradients(),
                task,
                random,
                600,
                8,
                WEIGHT,
                GRADIENT);
    }

    /** The third layer was never given to the optimizer. */
    private void missedLayer() throws IOException {
        Random random = new Random(25);
        Task task = Task.of(random, 1.5);
        Mlp net = new Mlp(Mlp.Activation.RELU, Math.sqrt(2), 0, random, FEATURES, 32, 24, 16, CLASSES);
        train(
                "optimizer-misses-layer",
                net,
                new Sgd(net, 0.02, 0.5).without("fc3"),
                task,
                random,
                600,
                10,
                WEIGHT,
                GRADIENT);
    }

    /** Steps so large that 32-bit numbers overflow. */
    private void overflow() throws IOException {
        Random random = new Random(26);
        Task task = Task.of(random, 1.5);
        Mlp net = new Mlp(Mlp.Activation.RELU, Math.sqrt(2), 0, random, FEATURES, 32, 32, 32, CLASSES);
        train("nan-overflow", net, new Sgd(net, 2, 0.9), task, random, 200, 12, WEIGHT, GRADIENT, ACTIVATION);
    }

    /** A learning rate of 1e-5 where 1e-2 does the work, on batches as large as the data. */
    private void tooSmallSteps() throws IOException {
        Random random = new Random(27);
        Task task = Task.of(random, 1.5);
        Mlp net = new Mlp(Mlp.Activation.RELU, 1, 0, random, FEATURES, 32, 16, CLASSES);
        train("learning-rate-too-low", net, new Sgd(net, 1e-5, 0), task, 1200, random, 600, 16, WEIGHT, UPDATE);
        text.save("learning-rate-too-low/hparams.yaml", "batch_size: 1200\nlearning_rate: 1.0e-5\noptimizer: SGD\n");
    }

    /** A deep linear network: a small step too far, and each layer makes the next one's gradient larger. */
    private void exploding() throws IOException {
        Random random = new Random(28);
        Task task = Task.of(random, 1.5);
        Mlp net = new Mlp(Mlp.Activation.LINEAR, 1, 0, random, FEATURES, 16, 16, 16, 16, 16, CLASSES);
        train("exploding-gradients", net, new Sgd(net, 0.08, 0.9), task, random, 60, 6, GRADIENT);
    }

    /** Weight decay with the wrong sign: weights grow by a constant factor per step. */
    private void growingWeights() throws IOException {
        Random random = new Random(29);
        Task task = Task.of(random, 2.2);
        Mlp net = new Mlp(Mlp.Activation.TANH, 1, 0, random, FEATURES, 32, 16, CLASSES);
        train("weight-decay-sign", net, new Sgd(net, 0.02, 0).weightDecay(-0.6), task, random, 600, 24, WEIGHT);
    }

    /** One batch of the training data is in another unit, a hundred times as large. */
    private void brokenBatch() throws IOException {
        Random random = new Random(30);
        Task task = Task.of(random, 2.2);
        Data broken = task.train.scaled(100);
        Mlp net = new Mlp(Mlp.Activation.RELU, 1, 0, random, FEATURES, 32, 16, CLASSES);
        Sgd sgd = new Sgd(net, 0.01, 0.5);
        try (EventLog log = new EventLog(folder.resolve("broken-batch"), GRADIENT)) {
            for (int step = 0; step < 240; step++) {
                Data data = step == 150 ? broken : task.train;
                scalars(log, step, sgd.step(data, data.batch(random, BATCH)), sgd);
            }
        }
    }

    /** Gradients are clipped to a hundredth of their usual size at every step. */
    private void clipped() throws IOException {
        Random random = new Random(31);
        Task task = Task.of(random, 2.2);
        Mlp net = new Mlp(Mlp.Activation.RELU, 1, 0, random, FEATURES, 32, 16, CLASSES);
        train("clipping-always-on", net, new Sgd(net, 0.1, 0.9).clipNorm(0.01), task, random, 600, 6, GRADIENT);
        text.save(
                "clipping-always-on/hparams.yaml",
                "batch_size: 32\nlearning_rate: 0.1\nmax_grad_norm: 0.01\noptimizer: SGD\n");
    }

    private void train(
            String name,
            Mlp net,
            Sgd sgd,
            Task task,
            Random random,
            int steps,
            int records,
            TensorKind first,
            TensorKind... others)
            throws IOException {
        train(name, net, sgd, task, BATCH, random, steps, records, first, others);
    }

    private void train(
            String name,
            Mlp net,
            Sgd sgd,
            Task task,
            int batchSize,
            Random random,
            int steps,
            int records,
            TensorKind first,
            TensorKind... others)
            throws IOException {
        List<Integer> recorded = EventLog.steps(steps, records);
        try (EventLog log = new EventLog(folder.resolve(name), first, others)) {
            for (int step = 0; step < steps; step++) {
                int[] batch = task.train.batch(random, batchSize);
                Measured measured = sgd.step(task.train, batch);
                if (step % (steps / 60) == 0) {
                    scalars(log, step, measured, sgd);
                }
                if (recorded.contains(step)) {
                    log.tensors(net, step, task.train, batch);
                    log.scalar(
                            "validation/loss",
                            step,
                            net.evaluate(task.validation).loss());
                }
            }
        }
    }

    private static void scalars(EventLog log, int step, Measured measured, Sgd sgd) throws IOException {
        log.scalar("train/loss", step, measured.loss());
        log.scalar("train/grad_norm", step, measured.gradientNorm());
        log.scalar("train/learning_rate", step, sgd.learningRate());
    }
}
