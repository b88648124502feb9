package dev.auscult.diagnose.measure;

import java.util.Arrays;

/**
 * Direction of a curve, robust against wild points: Theil–Sen slope (Sen, 1968) and the Mann–Kendall test (Mann, 1945;
 * Kendall, 1975; normal approximation with continuity correction, ties corrected).
 *
 * @param slope median of the slopes of all pairs of points, value per index
 * @param z test statistic; its sign is the direction, |z| &gt; 2.58 rejects "no trend" at 1 %
 * @param n number of finite points
 */
public record Trend(double slope, double z, int n) {
    /** Above this length a curve is first reduced to block means, since all pairs are compared. */
    private static final int MOST_POINTS = 200;

    /** The trend of values at equal distances; NaN slope and z = 0 with fewer than three finite values. */
    public static Trend of(double[] values) {
        double[] y = Robust.finite(values);
        int n = y.length;
        if (n > MOST_POINTS) {
            double[] blocks = Curve.blockMeans(y, MOST_POINTS);
            Trend coarse = of(blocks);
            return new Trend(coarse.slope * blocks.length / n, coarse.z, n);
        }
        if (n < 3) {
            return new Trend(Double.NaN, 0, n);
        }
        double[] slopes = new double[n * (n - 1) / 2];
        int k = 0;
        long s = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double rise = y[j] - y[i];
                slopes[k++] = rise / (j - i);
                s += rise > 0 ? 1 : rise < 0 ? -1 : 0;
            }
        }
        double variance = (n * (n - 1.0) * (2.0 * n + 5) - tieCorrection(y)) / 18;
        double z = variance <= 0 || s == 0 ? 0 : (s - Math.signum((double) s)) / Math.sqrt(variance);
        return new Trend(Robust.median(slopes), z, n);
    }

    /** Whether the curve goes up beyond chance at about 1 %. */
    public boolean rises() {
        return z > 2.58;
    }

    /** Whether the curve goes down beyond chance at about 1 %. */
    public boolean falls() {
        return z < -2.58;
    }

    private static double tieCorrection(double[] y) {
        double[] sorted = y.clone();
        Arrays.sort(sorted);
        double sum = 0;
        int run = 1;
        for (int i = 1; i <= sorted.length; i++) {
            if (i < sorted.length && sorted[i] == sorted[i - 1]) {
                run++;
            } else {
                sum += run * (run - 1.0) * (2.0 * run + 5);
                run = 1;
            }
        }
        return sum;
    }
}
