package dev.auscult.run;

import java.util.Arrays;

/**
 * A histogram by sign and magnitude: bin {@code k} of each sign holds the count of values v with
 * 2^(lowestExponent + k) ≤ |v| &lt; 2^(lowestExponent + k + 1).
 *
 * <p>Magnitudes span many decades in a network that is ill, so the bins are octaves and need no range beforehand. Counts
 * are doubles, since a bucket of another program's histogram is split over the octaves that it covers.
 */
public final class LogHistogram {
    private final int lowestExponent;
    private final double[] negative;
    private final double zero;
    private final double[] positive;

    /**
     * Copies the counts.
     *
     * @param lowestExponent exponent of the first bin of either sign
     * @param negative counts of negative values [bins]
     * @param zero count of values that are exactly zero
     * @param positive counts of positive values [bins]
     */
    public LogHistogram(int lowestExponent, double[] negative, double zero, double[] positive) {
        this.lowestExponent = lowestExponent;
        this.negative = negative.clone();
        this.zero = zero;
        this.positive = positive.clone();
    }

    public int lowestExponent() {
        return lowestExponent;
    }

    /** Count of values that are exactly zero, as far as the source could tell. */
    public double zero() {
        return zero;
    }

    /** Count of negative values with magnitude in [2^exponent, 2^(exponent + 1)). */
    public double negative(int exponent) {
        return at(negative, exponent);
    }

    /** Count of positive values with magnitude in [2^exponent, 2^(exponent + 1)). */
    public double positive(int exponent) {
        return at(positive, exponent);
    }

    /** One more than the highest exponent that has a bin. */
    public int endExponent() {
        return lowestExponent + Math.max(negative.length, positive.length);
    }

    /** Count of all values. */
    public double total() {
        return Arrays.stream(negative).sum() + zero + Arrays.stream(positive).sum();
    }

    /** Share 0..1 of values whose magnitude is at least 2^exponent; NaN if the histogram is empty. */
    public double shareAtLeast(int exponent) {
        double above = 0;
        for (int e = Math.max(exponent, lowestExponent); e < endExponent(); e++) {
            above += negative(e) + positive(e);
        }
        return above / total();
    }

    private double at(double[] counts, int exponent) {
        int k = exponent - lowestExponent;
        return k < 0 || k >= counts.length ? 0 : counts[k];
    }
}
