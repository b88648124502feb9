package dev.auscult.data;

import java.util.function.IntToDoubleFunction;

/** Figures of a column over some of its rows, without a copy of it. Missing values (NaN) are passed over. */
final class Statistics {
    private static final int DIGIT = 16;

    private final int[] rows;
    private final IntToDoubleFunction values;
    private final int count;
    private final double mean;
    private final double deviation;
    private final double min;
    private final double max;

    private Statistics(int[] rows, IntToDoubleFunction values) {
        this.rows = rows;
        this.values = values;
        int n = 0;
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int row : rows) {
            double x = values.applyAsDouble(row);
            if (!Double.isNaN(x)) {
                n++;
                sum += x;
                least = Math.min(least, x);
                most = Math.max(most, x);
            }
        }
        double m = sum / n;
        double squares = 0;
        double rest = 0;
        for (int row : rows) {
            double x = values.applyAsDouble(row);
            if (!Double.isNaN(x)) {
                squares += (x - m) * (x - m);
                rest += x - m;
            }
        }
        count = n;
        // What rounding left over (Chan, Golub and LeVeque 1983, the corrected two-pass algorithm).
        mean = m + rest / n;
        deviation = Math.sqrt(Math.max(0, (squares - rest * rest / n) / n));
        min = least;
        max = most;
    }

    /**
     * @param rows which rows
     * @param values the value of a row, NaN if it is missing
     */
    static Statistics of(int[] rows, IntToDoubleFunction values) {
        return new Statistics(rows, values);
    }

    /** Number of values that are there. */
    int count() {
        return count;
    }

    double mean() {
        return mean;
    }

    /** The root of the mean squared distance from the mean (divided by n, as scikit-learn does). */
    double deviation() {
        return deviation;
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }

    /** Whether all values are the same, but for rounding. */
    boolean constant() {
        double rounding = Math.ulp(1.0) * count * Math.abs(mean);
        return count == 0 || min == max || deviation <= rounding;
    }

    /** The middle value, or the mean of the two in the middle. */
    double median() {
        double low = ranked((count - 1) / 2);
        return count % 2 == 1 ? low : low / 2 + ranked(count / 2) / 2;
    }

    /**
     * The value of a rank from 0, exactly: its bits are found sixteen at a time, by counting, so that no copy is sorted.
     */
    private double ranked(int rank) {
        long prefix = 0;
        int before = rank;
        for (int shift = Long.SIZE - DIGIT; shift >= 0; shift -= DIGIT) {
            int[] counts = new int[1 << DIGIT];
            for (int row : rows) {
                double x = values.applyAsDouble(row);
                if (!Double.isNaN(x)) {
                    long bits = ascending(x);
                    boolean same = shift + DIGIT == Long.SIZE || bits >>> (shift + DIGIT) == prefix;
                    if (same) {
                        counts[(int) (bits >>> shift) & ((1 << DIGIT) - 1)]++;
                    }
                }
            }
            int digit = 0;
            while (before >= counts[digit]) {
                before -= counts[digit++];
            }
            prefix = prefix << DIGIT | digit;
        }
        long bits = prefix < 0 ? prefix & Long.MAX_VALUE : ~prefix;
        return Double.longBitsToDouble(bits);
    }

    /** Bits that, read without a sign, are ordered as the numbers are. */
    private static long ascending(double x) {
        long bits = Double.doubleToLongBits(x);
        return bits < 0 ? ~bits : bits | Long.MIN_VALUE;
    }
}
