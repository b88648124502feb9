package dev.auscult.data.audio;

import java.math.BigInteger;

/**
 * Changes the sampling rate by a ratio of whole numbers: a symmetric (linear-phase) low-pass filter, a sinc in a Kaiser
 * window, of which only the products that are needed are formed (polyphase; Crochiere and Rabiner: Multirate digital signal
 * processing, 1983). Length and window are those of {@code scipy.signal.resample_poly}.
 */
public final class Resampler {
    private static final double KAISER_BETA = 5;
    private static final int HALF_LENGTH_PER_RATE = 10;

    private final int up;
    private final int down;
    private final int half;
    private final double[] filter;

    /** A change from one rate to another, both in samples per second. */
    public Resampler(int from, int to) {
        int common = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValueExact();
        up = to / common;
        down = from / common;
        int fastest = Math.max(up, down);
        half = HALF_LENGTH_PER_RATE * fastest;
        filter = new double[up == down ? 0 : 2 * half + 1];
        double sum = 0;
        for (int i = 0; i < filter.length; i++) {
            double x = (double) (i - half) / fastest;
            double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            double side = (double) (i - half) / half;
            filter[i] = sinc * bessel(KAISER_BETA * Math.sqrt(1 - side * side));
            sum += filter[i];
        }
        for (int i = 0; i < filter.length; i++) {
            filter[i] *= up / sum;
        }
    }

    /** Modified Bessel function of the first kind and order 0, by its series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    /**
     * The samples at the other rate; beyond both ends there is silence.
     *
     * @param most how many samples of the result are wanted
     */
    public float[] apply(float[] samples, int most) {
        if (up == down) {
            return samples;
        }
        long length = -Math.floorDiv(-(long) samples.length * up, down);
        float[] result = new float[(int) Math.min(most, length)];
        for (int m = 0; m < result.length; m++) {
            // y[m] = Σ h[m·down + half − k·up] · x[k]
            long centre = (long) m * down;
            long last = Math.min(samples.length - 1L, (centre + half) / up);
            long first = Math.max(0, -Math.floorDiv(half - centre, up));
            double sum = 0;
            for (long k = first; k <= last; k++) {
                sum += filter[(int) (centre - k * up + half)] * samples[(int) k];
            }
            result[m] = (float) sum;
        }
        return result;
    }
}
