package dev.auscult.intake.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trains by epochs; {@code rateFactor} may change the learning rate between steps. */
final class Training {
    /** One epoch: means over training while it went on, and the held-out data after it. */
    record Epoch(Measured train, Measured validation, double learningRate) {}

    /** Learning rate at a step, as a multiple of the first one. */
    @FunctionalInterface
    interface Schedule {
        double factor(int step, int steps);
    }

    private Training() {}

    static List<Epoch> run(Mlp net, Sgd sgd, Data train, Data validation, int epochs, int batch, Random random) {
        return run(net, sgd, train, validation, epochs, batch, random, (step, steps) -> 1);
    }

    static List<Epoch> run(
            Mlp net, Sgd sgd, Data train, Data validation, int epochs, int batch, Random random, Schedule schedule) {
        List<Epoch> result = new ArrayList<>();
        int steps = train.y().length / batch;
        double rate = sgd.learningRate();
        for (int e = 0; e < epochs; e++) {
            double loss = 0;
            double accuracy = 0;
            for (int s = 0; s < steps; s++) {
                sgd.learningRate(rate * schedule.factor(e * steps + s, epochs * steps));
                Measured measured = sgd.step(train, train.batch(random, batch));
                loss += measured.loss() / steps;
                accuracy += measured.accuracy() / steps;
            }
            Measured mean = new Measured(loss, accuracy, Double.NaN);
            result.add(new Epoch(mean, net.evaluate(validation), sgd.learningRate()));
        }
        return result;
    }
}
