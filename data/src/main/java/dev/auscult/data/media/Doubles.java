package dev.auscult.data.media;

import java.util.Arrays;

/** A growing list of numbers, and their order statistics. */
final class Doubles {
    private double[] values = new double[1024];
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    double get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    double[] toArray() {
        return Arrays.copyOf(values, size);
    }

    /** The finite numbers, sorted. */
    double[] sorted() {
        double[] finite =
                Arrays.stream(values, 0, size).filter(Double::isFinite).toArray();
        Arrays.sort(finite);
        return finite;
    }

    double median() {
        return quantile(sorted(), 0.5);
    }

    /** The quantile of sorted numbers, linear between neighbours; NaN of none. */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = share * (sorted.length - 1);
        int below = (int) at;
        double rest = at - below;
        return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
    }

    /**
     * The border below which a number is far out, judged by the upper half of the numbers alone, so that up to half of them
     * may be out: median − 7 (upper quartile − median), which for a normal distribution is 4.7 standard deviations, as far
     * as the outer fence of Tukey (1977), Q1 − 3 (Q3 − Q1); beyond it lies one normal number in a million.
     */
    static double lowerFence(double[] sorted) {
        double median = quantile(sorted, 0.5);
        return median - 7 * (quantile(sorted, 0.75) - median);
    }

    /** The same above, judged by the lower half. */
    static double upperFence(double[] sorted) {
        double median = quantile(sorted, 0.5);
        return median + 7 * (median - quantile(sorted, 0.25));
    }
}
