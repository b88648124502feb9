package dev.auscult.data.load;

/**
 * Random numbers that depend on nothing but what they are drawn for, so that any example of any epoch can be made again.
 *
 * <p>SplitMix64 (Steele, Lea and Flood: Fast splittable pseudorandom number generators, OOPSLA 2014), of our own, so that no
 * version of the JDK changes a training.
 */
public final class Draws {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** Numbers for no purpose yet: see {@link #begin}. */
    public Draws() {}

    /**
     * Begins the numbers for one purpose.
     *
     * @param seed of the training
     * @param epoch of the training
     * @param what for which example or batch
     * @param purpose keeps apart what is drawn for the same example
     */
    public Draws begin(long seed, long epoch, long what, long purpose) {
        long mixed = mix(seed + GOLDEN_GAMMA);
        mixed = mix((mixed ^ epoch) + GOLDEN_GAMMA);
        mixed = mix((mixed ^ what) + GOLDEN_GAMMA);
        state = mix((mixed ^ purpose) + GOLDEN_GAMMA);
        return this;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in 0 ≤ x &lt; 1, a multiple of 2⁻⁵³. */
    public double nextDouble() {
        return (double) (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in 0 &lt; x ≤ 1: safe to take the logarithm of. */
    private double nextPositive() {
        return (double) ((nextLong() >>> 11) + 1) * 0x1.0p-53;
    }

    /** Uniform in 0 ≤ n &lt; bound; the high half of a product, whose bias is at most bound / 2⁶³. */
    public int nextInt(int bound) {
        return (int) Math.multiplyHigh(nextLong() >>> 1, (long) bound << 1);
    }

    /** Whether an event of this probability happens. */
    public boolean happens(double probability) {
        return nextDouble() < probability;
    }

    /** Normal with mean 0 and standard deviation 1 (Box and Muller, 1958). */
    public double nextGaussian() {
        // StrictMath: the same bits on every machine.
        double radius = StrictMath.sqrt(-2 * StrictMath.log(nextPositive()));
        return radius * StrictMath.cos(2 * Math.PI * nextDouble());
    }

    /**
     * Beta(α, α): G₁ / (G₁ + G₂) of two gamma numbers, in logarithms, since for small α both may be too small for a double.
     *
     * @param alpha greater than 0
     */
    public double nextBeta(double alpha) {
        double one = nextLogGamma(alpha);
        double other = nextLogGamma(alpha);
        return 1 / (1 + StrictMath.exp(other - one));
    }

    /**
     * Logarithm of a gamma number: Marsaglia and Tsang (A simple method for generating gamma variables, 2000) for α + 1, then
     * times U^(1/α).
     */
    private double nextLogGamma(double alpha) {
        double d = alpha + 1 - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = nextGaussian();
            double root = 1 + c * x;
            if (root <= 0) {
                continue;
            }
            double v = root * root * root;
            double logV = StrictMath.log(v);
            if (StrictMath.log(nextPositive()) < 0.5 * x * x + d - d * v + d * logV) {
                return StrictMath.log(d) + logV + StrictMath.log(nextPositive()) / alpha;
            }
        }
    }
}
