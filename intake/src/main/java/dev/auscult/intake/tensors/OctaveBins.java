package dev.auscult.intake.tensors;

import java.util.Arrays;

import dev.auscult.run.LogHistogram;

/**
 * Turns the buckets of a histogram into counts by sign and octave of the magnitude; used again for the next histogram.
 *
 * <p>Within a bucket the values are taken to be spread evenly, so the share that falls into an octave is the share of the
 * bucket's width that the octave covers.
 */
final class OctaveBins {
    /**
     * Buckets within this distance of zero hold zeros: the finest bucket of TensorFlow and of PyTorch reaches from 0 to
     * 1e-12, and no value of a network is that small without being zero.
     */
    static final double ZERO = 1.001e-12;

    /** Octaves below its outer edge over which a bucket that touches zero is spread. */
    private static final int DEPTH = 12;

    private static final int LOWEST = Double.MIN_EXPONENT - 1;
    private static final int OCTAVES = Double.MAX_EXPONENT - LOWEST + 1;

    private final double[] negative = new double[OCTAVES];
    private final double[] positive = new double[OCTAVES];
    private double zero;
    private int from = OCTAVES;
    private int to;

    /** Adds {@code count} values between {@code left} and {@code right}, both finite. */
    void add(double left, double right, double count) {
        if (left >= -ZERO && right <= ZERO) {
            zero += count;
        } else if (left >= 0) {
            spread(positive, left, right, count);
        } else if (right <= 0) {
            spread(negative, -right, -left, count);
        } else {
            // Halves first: the width of a bucket may be more than the largest double.
            double below = -left / 2 / (right / 2 - left / 2);
            spread(negative, 0, -left, count * below);
            spread(positive, 0, right, count * (1 - below));
        }
    }

    /** The histogram of what was added since the last call. */
    LogHistogram take() {
        int lowest = Math.min(from, to);
        LogHistogram histogram = new LogHistogram(
                LOWEST + lowest,
                Arrays.copyOfRange(negative, lowest, to),
                zero,
                Arrays.copyOfRange(positive, lowest, to));
        Arrays.fill(negative, lowest, to, 0);
        Arrays.fill(positive, lowest, to, 0);
        zero = 0;
        from = OCTAVES;
        to = 0;
        return histogram;
    }

    private void spread(double[] counts, double low, double high, double count) {
        int last = Math.getExponent(high) - LOWEST;
        int first = Math.max(Math.getExponent(low) - LOWEST, last - DEPTH);
        from = Math.min(from, first);
        to = Math.max(to, last + 1);
        if (first == last) {
            counts[last] += count;
            return;
        }
        double left = count;
        double outer = high;
        for (int octave = last; octave > first; octave--) {
            double edge = Math.scalb(1.0, octave + LOWEST);
            double share = count * ((outer - edge) / (high - low));
            counts[octave] += share;
            left -= share;
            outer = edge;
        }
        counts[first] += left;
    }
}
