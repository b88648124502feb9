package dev.auscult.diagnose.measure;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Split;

/** Curves for tests. */
final class Curves {
    private Curves() {}

    static Curve of(Quantity quantity, double perEpoch, int n, IntToDoubleFunction value) {
        long[] steps = new long[n];
        double[] epochs = new double[n];
        double[] values = new double[n];
        Arrays.setAll(steps, i -> i);
        Arrays.setAll(epochs, i -> i / perEpoch);
        Arrays.setAll(values, value);
        MetricKey key = MetricKey.of(Split.TRAIN, quantity, "train/" + quantity.label());
        return new Curve(key, key.label(), steps, epochs, values, 0);
    }

    static Curve loss(int n, IntToDoubleFunction value) {
        return of(Quantity.LOSS, Double.NaN, n, value);
    }

    static Curve loss(double perEpoch, int n, IntToDoubleFunction value) {
        return of(Quantity.LOSS, perEpoch, n, value);
    }

    static Curve learningRate(int n, IntToDoubleFunction value) {
        return of(Quantity.LEARNING_RATE, Double.NaN, n, value);
    }

    /** Standard normal noise, the same every time. */
    static double[] noise(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] noise = new double[n];
        Arrays.setAll(noise, i -> random.nextGaussian());
        return noise;
    }
}
