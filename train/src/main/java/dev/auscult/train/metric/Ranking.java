package dev.auscult.train.metric;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Areas under curves over all thresholds: of class 1 against class 0, else of each class against the rest, or of each
 * label; several become one by their mean, without those that cannot be told.
 *
 * <p>Keeps 8 bytes per example and class.
 */
final class Ranking implements Gatherer {
    private final boolean binary;
    private final Scores[] scores;
    private final int classes;
    private double[] probabilities = {};
    private boolean unordered;

    /**
     * Gathers scores.
     *
     * @param outputs number of classes or labels
     * @param labels whether they are labels, any number of which may hold at once
     */
    Ranking(int outputs, boolean labels) {
        binary = !labels && outputs <= 2;
        scores = IntStream.range(0, binary ? 1 : outputs)
                .mapToObj(k -> new Scores())
                .toArray(Scores[]::new);
        classes = Math.max(2, outputs);
    }

    @Override
    public void addClasses(float[] outputs, long[] targets, int rows, int columns) {
        probabilities = Rows.room(probabilities, columns);
        int known = Math.min(classes, Rows.classes(columns));
        for (int row = 0; row < rows; row++) {
            long target = targets[row];
            if (target < 0 || target >= known) {
                continue;
            }
            if (binary) {
                // The difference of logits ranks as the probability does, and does not saturate.
                double score =
                        columns == 1 ? outputs[row] : (double) outputs[row * columns + 1] - outputs[row * columns];
                add(0, score, target == 1);
            } else {
                Rows.probabilities(outputs, row, columns, probabilities);
                for (int k = 0; k < known; k++) {
                    add(k, probabilities[k], target == k);
                }
            }
        }
    }

    @Override
    public void addValues(float[] outputs, float[] targets, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < columns; k++) {
                int place = row * columns + k;
                add(k, outputs[place], targets[place] > 0.5f);
            }
        }
    }

    private void add(int k, double score, boolean positive) {
        unordered |= Double.isNaN(score);
        scores[k].add(score, positive);
    }

    @Override
    public void reset() {
        unordered = false;
        for (Scores of : scores) {
            of.reset();
        }
    }

    double rocArea() {
        return mean(IntStream.range(0, scores.length).mapToDouble(k -> scores[k].rocArea()));
    }

    double averagePrecision() {
        return mean(IntStream.range(0, scores.length).mapToDouble(k -> scores[k].averagePrecision()));
    }

    private double mean(DoubleStream areas) {
        return unordered
                ? Double.NaN
                : areas.filter(a -> !Double.isNaN(a)).average().orElse(Double.NaN);
    }
}
