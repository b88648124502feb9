package dev.auscult.data.generate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Prepared rows of a training part, with what is to be predicted. */
public final class PreparedRows {
    private final float[] values;
    private final int width;
    private final List<Feature> features;
    private final int[] labels;
    private final int classes;

    /**
     * Prepared rows.
     *
     * @param values the numbers of each row, numbers to predict behind the inputs, kept without a copy [rows × width]
     * @param width numbers of a row
     * @param features what the numbers mean
     * @param labels class of each row, kept without a copy; all 0 where no class is predicted
     * @param classes number of classes; 1 where none is predicted
     */
    public PreparedRows(float[] values, int width, List<Feature> features, int[] labels, int classes) {
        this.values = values;
        this.width = width;
        this.features = List.copyOf(features);
        this.labels = labels;
        this.classes = classes;
    }

    /** The numbers of each row, not to be changed [rows × width]. */
    public float[] values() {
        return values;
    }

    /** Numbers of a row. */
    public int width() {
        return width;
    }

    /** What the numbers of a row mean. */
    public List<Feature> features() {
        return features;
    }

    /** Class of each row, not to be changed. */
    public int[] labels() {
        return labels;
    }

    /** Number of classes; 1 where none is predicted. */
    public int classes() {
        return classes;
    }

    public int size() {
        return labels.length;
    }

    /** Rows of a class, ascending. */
    public int[] of(int label) {
        return IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
    }

    /** Number of rows of each class. */
    public int[] counts() {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** Some of the rows, in this order. */
    public PreparedRows pick(int[] rows) {
        float[] some = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * width, some, i * width, width);
        }
        return new PreparedRows(
                some, width, features, Arrays.stream(rows).map(i -> labels[i]).toArray(), classes);
    }
}
