package dev.auscult.train.metric;

import java.util.Arrays;

/**
 * How often each class was taken for each.
 *
 * <p>A network may have more outputs than there are classes; a guess beyond the classes is wrong, and counts as {@link
 * #classes}.
 */
public final class ConfusionMatrix implements Gatherer {
    private final int classes;
    private final long[] counts;

    ConfusionMatrix(int classes) {
        this.classes = classes;
        this.counts = new long[Math.multiplyExact(classes, classes + 1)];
    }

    @Override
    public void addClasses(float[] outputs, long[] targets, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            long target = targets[row];
            if (target >= 0 && target < classes) {
                int guess = Math.min(classes, Rows.predicted(outputs, row, columns));
                counts[(int) target * (classes + 1) + guess]++;
            }
        }
    }

    @Override
    public void reset() {
        Arrays.fill(counts, 0);
    }

    /** Number of classes. */
    public int classes() {
        return classes;
    }

    /**
     * How many examples of one class were taken for another, or for the same.
     *
     * @param predicted a class, or {@link #classes} for none of them
     */
    public long count(int target, int predicted) {
        return counts[target * (classes + 1) + predicted];
    }

    /** For each class: how often it was found, predicted and there. */
    Retrieval retrieval() {
        Retrieval retrieval = new Retrieval(classes);
        for (int target = 0; target < classes; target++) {
            for (int predicted = 0; predicted <= classes; predicted++) {
                retrieval.add(target, predicted, count(target, predicted));
            }
        }
        return retrieval;
    }
}
