package dev.auscult.data.compare;

import java.util.Arrays;

import dev.auscult.data.profile.FrameColumn;

/**
 * How strongly a target goes with a number, by the ranks of the number.
 *
 * @param strength share of the variance of the ranks that classes explain (Kruskal and Wallis 1952), for a numeric target
 *     the square of Spearman's correlation; 0..1
 * @param pValue that they have nothing to do with one another
 */
record Association(double strength, double pValue) {
    private static final int FEWEST_ROWS = 20;
    private static final int MOST_CLASSES = 50;

    static Association of(double[] number, FrameColumn target) {
        int rows = 0;
        double[] x = new double[number.length];
        double[] y = new double[number.length];
        for (int row = 0; row < number.length; row++) {
            double t = target.get(row);
            if (Double.isFinite(number[row]) && Double.isFinite(t)) {
                x[rows] = number[row];
                y[rows++] = t;
            }
        }
        x = ranks(Arrays.copyOf(x, rows));
        y = Arrays.copyOf(y, rows);
        if (rows < FEWEST_ROWS || (target.isCategorical() && target.words().size() > MOST_CLASSES)) {
            return new Association(0, 1);
        }
        double strength;
        int freedom;
        if (target.isCategorical()) {
            strength = betweenClasses(x, y, target.words().size());
            freedom = Math.max(1, target.words().size() - 1);
        } else {
            double r = correlation(x, ranks(y));
            strength = r * r;
            freedom = 1;
        }
        // Both statistics, times rows − 1, have a chi-square distribution if there is no association.
        return new Association(strength, chiSquareTail((rows - 1) * strength, freedom));
    }

    /**
     * An upper bound of the chance that a chi-square variable of so many degrees of freedom is at least x (Laurent and Massart
     * 2000, lemma 1: x = k + 2√(kt) + 2t has at most the chance e⁻ᵗ).
     */
    static double chiSquareTail(double x, int freedom) {
        if (x <= freedom) {
            return 1;
        }
        double root = (Math.sqrt(2 * x - freedom) - Math.sqrt(freedom)) / 2;
        return Math.min(1, Math.exp(-root * root));
    }

    private static double betweenClasses(double[] x, double[] classes, int count) {
        double[] sums = new double[Math.max(2, count)];
        double[] rows = new double[Math.max(2, count)];
        double total = 0;
        for (int i = 0; i < x.length; i++) {
            sums[(int) classes[i]] += x[i];
            rows[(int) classes[i]]++;
            total += x[i];
        }
        double mean = total / x.length;
        double between = 0;
        for (int c = 0; c < sums.length; c++) {
            if (rows[c] > 0) {
                double away = sums[c] / rows[c] - mean;
                between += rows[c] * away * away;
            }
        }
        double all = 0;
        for (double v : x) {
            all += (v - mean) * (v - mean);
        }
        return all == 0 ? 0 : Math.min(1, between / all);
    }

    private static double correlation(double[] x, double[] y) {
        double mx = Arrays.stream(x).average().orElse(0);
        double my = Arrays.stream(y).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }
        return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
    }

    /** Ranks from 1; equal values share the mean of theirs. */
    static double[] ranks(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            ranks[i] = (edge(sorted, values[i], false) + edge(sorted, values[i], true) + 1) / 2.0;
        }
        return ranks;
    }

    private static int edge(double[] sorted, double value, boolean after) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (after && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
