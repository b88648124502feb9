package dev.auscult.data.learn;

import java.util.Arrays;

/** Numbers by their rank. */
public final class Ranks {
    private Ranks() {}

    /** The share of values below each, half of its equals counted with them, 0..1; NaN stays. */
    public static double[] of(double[] values) {
        double[] sorted =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double[] ranks = new double[values.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = Double.isNaN(values[i])
                    ? Double.NaN
                    : (first(sorted, values[i], false) + first(sorted, values[i], true)) / 2.0 / sorted.length;
        }
        return ranks;
    }

    /** How many are below a value, or not above it. */
    private static int first(double[] sorted, double value, boolean above) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (above && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
