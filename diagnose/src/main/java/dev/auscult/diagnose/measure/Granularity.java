package dev.auscult.diagnose.measure;

import java.util.Arrays;

/** Finds out how many examples a share was counted on, from the values it takes. */
public final class Granularity {
    /** Chance below which agreement with k/n is no accident. */
    private static final double CHANCE = 1e-4;

    /** Single precision keeps about seven digits. */
    private static final double SINGLE = 2e-7;

    /** More values than these tell nothing new. */
    private static final int MOST_VALUES = 1000;

    private static final int MOST_DECIMALS = 6;

    private Granularity() {}

    /**
     * The smallest n ≤ {@code most} such that all shares are k/n within their rounding and could hardly be so by chance;
     * 0 if there is none. A value meets some k/n by chance with probability 2 t n, where t is the rounding error, so m
     * different values do with (2 t n)^m, and n such numbers are tried.
     *
     * @param shares values 0..1
     */
    public static int examples(double[] shares, int most) {
        double[] inside = Arrays.stream(shares)
                .limit(MOST_VALUES)
                .filter(v -> v > 0 && v < 1)
                .distinct()
                .sorted()
                .toArray();
        if (inside.length < 2) {
            return 0;
        }
        double error = rounding(inside);
        for (int n = 2; n <= most; n++) {
            if (allMultiples(inside, n, error)) {
                double chance = n * Math.pow(Math.min(1, 2 * error * n), inside.length);
                return chance < CHANCE ? n : 0;
            }
        }
        return 0;
    }

    private static boolean allMultiples(double[] values, int n, double error) {
        for (double v : values) {
            if (Math.abs(v - Math.rint(v * n) / n) > error) {
                return false;
            }
        }
        return true;
    }

    /** Half a unit of the last decimal that the values were written with, else the precision of single floats. */
    private static double rounding(double[] values) {
        for (int decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
            double unit = Math.pow(10, -decimals);
            boolean fits = true;
            for (double v : values) {
                fits &= Math.abs(v / unit - Math.rint(v / unit)) < 1e-4;
            }
            if (fits) {
                return unit / 2 * (1 + 1e-6);
            }
        }
        return SINGLE;
    }
}
