package dev.auscult.diagnose.measure;

import java.util.Arrays;

/** Statistics that a few wild points do not move. Arrays may hold NaN and infinite values; these are left out. */
public final class Robust {
    /** Factor that makes the median absolute deviation of a normal sample estimate its standard deviation. */
    public static final double MAD_TO_SD = 1.4826;

    private Robust() {}

    /** The finite values, in order. */
    public static double[] finite(double[] values) {
        // A loop: most curves are short, and setting up a stream takes longer than going through them.
        double[] finite = new double[values.length];
        int size = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                finite[size++] = value;
            }
        }
        return size == finite.length ? finite : Arrays.copyOf(finite, size);
    }

    /** Median; NaN if there is no finite value. */
    public static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /** Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996); NaN if empty. */
    public static double quantile(double[] values, double p) {
        double[] kept = values.clone();
        int size = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                kept[size++] = value;
            }
        }
        if (size == 0) {
            return Double.NaN;
        }
        double at = p * (size - 1);
        int below = (int) Math.floor(at);
        OrderStatistic.select(kept, size, below);
        double low = kept[below];
        double high = below + 1 < size ? OrderStatistic.smallest(kept, below + 1, size) : low;
        return low + (at - below) * (high - low);
    }

    public static double mean(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
    }

    /** Standard deviation estimated from the median absolute deviation; NaN if there is no finite value. */
    public static double scale(double[] values) {
        double median = median(values);
        double[] deviations = new double[values.length];
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = Math.abs(values[i] - median);
        }
        return MAD_TO_SD * median(deviations);
    }

    /**
     * Standard deviation of the noise around a smooth curve, from second differences d = y[i−1] − 2 y[i] + y[i+1], whose
     * standard deviation is √6 times that of independent noise and which a straight trend does not move. NaN with fewer
     * than three finite values.
     */
    public static double noise(double[] values) {
        double[] y = finite(values);
        if (y.length < 3) {
            return Double.NaN;
        }
        double[] second = new double[y.length - 2];
        for (int i = 0; i < second.length; i++) {
            second[i] = Math.abs(y[i] - 2 * y[i + 1] + y[i + 2]);
        }
        return MAD_TO_SD * median(second) / Math.sqrt(6);
    }
}
