package dev.auscult.data.quality;

import java.util.Arrays;

/** Ranks from 1, equal values sharing the mean of theirs; NaN stays NaN. */
final class Ranks {
    private Ranks() {}

    static double[] of(double[] values) {
        double[] sorted =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            ranks[i] = Double.isNaN(values[i]) ? Double.NaN : rank(sorted, values[i]);
        }
        return ranks;
    }

    private static double rank(double[] sorted, double value) {
        int low = bound(sorted, value, false);
        int high = bound(sorted, value, true);
        return (low + 1 + high) / 2.0;
    }

    /** How many are smaller, or smaller or equal. */
    private static int bound(double[] sorted, double value, boolean orEqual) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = Double.compare(sorted[middle], value);
            if (order < 0 || (orEqual && order == 0)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
