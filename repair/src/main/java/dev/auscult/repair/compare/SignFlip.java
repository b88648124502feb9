package dev.auscult.repair.compare;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The paired sign-flip test (Fisher 1935, <i>The Design of Experiments</i>, §21; Good 2005, <i>Permutation, Parametric and
 * Bootstrap Tests of Hypotheses</i>, §3.3): if a change does nothing, each pair's gain has either sign with equal right, so
 * that the sum of the gains is one draw from the sums over all 2^n signs.
 *
 * <p>It assumes nothing of how the gains are distributed. Five pairs that all gain give p = 1/32, the first below 0.05.
 */
public final class SignFlip {
    /** Pairs up to which every sign pattern is looked at: 2^20 sums take a few milliseconds. */
    static final int EXACT = 20;

    /** Patterns that are drawn where there are more pairs: a p of 0.05 is then known to ±0.0003. */
    private static final int DRAWN = 1 << 19;

    private static final long SEED = 20;

    /** Sums that differ by less than this share of Σ|gain| are equal but for rounding. */
    private static final double ROUNDING = 1e-12;

    private SignFlip() {}

    /**
     * The one-sided p: the share of sign patterns whose sum is at least the one that was seen.
     *
     * @param gains of the pairs, finite, positive where it is better; a pair that ties counts for both signs
     * @return 1 where there are none
     * @throws IllegalArgumentException if a gain is not finite
     */
    public static double p(double[] gains) {
        double size = 0;
        double seen = 0;
        double largest = Arrays.stream(gains).map(Math::abs).max().orElse(0);
        if (largest == 0) {
            return 1;
        }
        double[] scaled = new double[gains.length];
        for (int i = 0; i < gains.length; i++) {
            if (!Double.isFinite(gains[i])) {
                throw new IllegalArgumentException("a sign-flip test needs finite gains, found " + gains[i]);
            }
            // Sums of gains near the largest double would overflow.
            scaled[i] = gains[i] / largest;
            size += Math.abs(scaled[i]);
            seen += scaled[i];
        }
        double least = seen - ROUNDING * size;
        return gains.length <= EXACT ? exact(scaled, least) : drawn(scaled, least);
    }

    /** The least p that so many pairs can give: 2^−pairs. */
    public static double least(int pairs) {
        return Math.pow(0.5, pairs);
    }

    private static double exact(double[] gains, double least) {
        long patterns = 1L << gains.length;
        double sum = 0;
        for (double gain : gains) {
            sum -= gain;
        }
        // In the order of a Gray code each pattern differs from the one before in one sign.
        boolean[] positive = new boolean[gains.length];
        long atLeast = sum >= least ? 1 : 0;
        for (long i = 1; i < patterns; i++) {
            int flipped = Long.numberOfTrailingZeros(i);
            positive[flipped] = !positive[flipped];
            sum += (positive[flipped] ? 2 : -2) * gains[flipped];
            if (sum >= least) {
                atLeast++;
            }
        }
        return (double) atLeast / patterns;
    }

    /** With the pattern that was seen counted in, so that p is never 0 (Phipson and Smyth 2010, eq. 2). */
    private static double drawn(double[] gains, double least) {
        SplittableRandom random = new SplittableRandom(SEED);
        long atLeast = 1;
        for (int i = 0; i < DRAWN; i++) {
            double sum = 0;
            long bits = 0;
            for (int j = 0; j < gains.length; j++) {
                if (j % Long.SIZE == 0) {
                    bits = random.nextLong();
                }
                sum += (bits & 1) == 0 ? gains[j] : -gains[j];
                bits >>>= 1;
            }
            if (sum >= least) {
                atLeast++;
            }
        }
        return atLeast / (DRAWN + 1.0);
    }
}
