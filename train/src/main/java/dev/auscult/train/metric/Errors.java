package dev.auscult.train.metric;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Errors of predicted numbers, with the mean and spread of the true ones by Welford's recurrence; over several outputs each
 * measure is the mean of the outputs' own, as in scikit-learn.
 */
final class Errors implements Gatherer {
    private final double[] absolute;
    private final double[] squared;
    private final double[] mean;
    private final double[] spread;
    private long rows;

    Errors(int outputs) {
        absolute = new double[outputs];
        squared = new double[outputs];
        mean = new double[outputs];
        spread = new double[outputs];
    }

    @Override
    public void addValues(float[] outputs, float[] targets, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            this.rows++;
            for (int k = 0; k < columns; k++) {
                double truth = targets[row * columns + k];
                double error = outputs[row * columns + k] - truth;
                absolute[k] += Math.abs(error);
                squared[k] += error * error;
                double off = truth - mean[k];
                mean[k] += off / this.rows;
                spread[k] += off * (truth - mean[k]);
            }
        }
    }

    @Override
    public void reset() {
        rows = 0;
        for (double[] sums : new double[][] {absolute, squared, mean, spread}) {
            Arrays.fill(sums, 0);
        }
    }

    double meanAbsolute() {
        return over(k -> absolute[k] / rows);
    }

    double meanSquared() {
        return over(k -> squared[k] / rows);
    }

    double rootMeanSquared() {
        return over(k -> Math.sqrt(squared[k] / rows));
    }

    /** R² = 1 − Σ(y − ŷ)²/Σ(y − ȳ)²; where y is constant 1 for perfect predictions and else 0. */
    double determination() {
        return over(k -> {
            if (spread[k] == 0) {
                return squared[k] == 0 ? 1 : 0;
            }
            return 1 - squared[k] / spread[k];
        });
    }

    private double over(IntToDoubleFunction measure) {
        return rows == 0
                ? Double.NaN
                : IntStream.range(0, absolute.length)
                        .mapToDouble(measure)
                        .average()
                        .orElse(Double.NaN);
    }
}
