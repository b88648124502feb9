package dev.auscult.data.learn;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Parts of the rows of about equal size, each to be predicted by a model that learned from the others. */
public final class Folds {
    private final int[] fold;
    private final int count;

    private Folds(int[] fold, int count) {
        this.fold = fold;
        this.count = count;
    }

    /**
     * Folds that each hold about the same share of every class.
     *
     * @param labels the class of each row, from 0
     * @param count how many folds
     */
    public static Folds stratified(int[] labels, int count, long seed) {
        int[] rows =
                new SplitMix(seed).shuffled(IntStream.range(0, labels.length).toArray());
        int classes = Arrays.stream(labels).max().orElse(-1) + 1;
        int[] counts = new int[classes + 1];
        for (int label : labels) {
            counts[label + 1]++;
        }
        for (int k = 0; k < classes; k++) {
            counts[k + 1] += counts[k];
        }
        int[] fold = new int[labels.length];
        // Dealt out class by class, each going on where the last one ended.
        for (int row : rows) {
            fold[row] = counts[labels[row]]++ % count;
        }
        return new Folds(fold, count);
    }

    /** Folds of a number of rows. */
    public static Folds of(int rows, int count, long seed) {
        return stratified(new int[rows], count, seed);
    }

    public int count() {
        return count;
    }

    /** The fold of a row, from 0. */
    public int of(int row) {
        return fold[row];
    }

    /** The rows of a fold, ascending. */
    public int[] rows(int wanted) {
        return IntStream.range(0, fold.length).filter(i -> fold[i] == wanted).toArray();
    }

    /** The rows of all other folds, ascending. */
    public int[] others(int left) {
        return IntStream.range(0, fold.length).filter(i -> fold[i] != left).toArray();
    }
}
