package dev.auscult.data.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.statistics.inference.ChiSquareTest;

/**
 * How far the values of two samples are distributed differently: an effect 0..1 and the chance of as much by luck.
 *
 * @param pValue that the two are samples of one distribution
 * @param effect 0 for equal distributions, 1 for distributions that have nothing in common
 * @param detectable the smallest effect that so few values could have shown, at a chance of error
 * @param numbers further figures by name
 * @param worst the category that differs most; empty for numbers
 */
record Shift(double pValue, double effect, double detectable, Map<String, Double> numbers, String worst) {
    /** The chance of error of the detectable effect, all looks together. */
    static final double ALPHA = 1e-4;

    private static final int MOST_CATEGORIES = 50;
    /** From so many expected rows in each cell on, the chi-square distribution holds far out in its tail. */
    private static final double ENOUGH_EXPECTED = 200;

    Shift {
        numbers = Map.copyOf(numbers);
    }

    /**
     * Numbers: the distance D of Kolmogorov and Smirnov; besides the difference of means and the distance of Wasserstein, in
     * standard deviations of the training part. A shift of d standard deviations of a normal variable is D = 2Φ(d/2) − 1.
     *
     * @param train sorted, finite
     * @param other sorted, finite
     * @param tests number of looks that share the chance of error
     */
    static Shift ofNumbers(double[] train, double[] other, int tests) {
        double distance = 0;
        double area = 0;
        int i = 0;
        int j = 0;
        int n = train.length;
        int m = other.length;
        double last = Double.NaN;
        double between = 0;
        while (i < n || j < m) {
            double x = j >= m || (i < n && train[i] <= other[j]) ? train[i] : other[j];
            if (!Double.isNaN(last)) {
                area += between * (x - last);
            }
            while (i < n && train[i] == x) {
                i++;
            }
            while (j < m && other[j] == x) {
                j++;
            }
            between = Math.abs((double) i / n - (double) j / m);
            distance = Math.max(distance, between);
            last = x;
        }
        double mean = mean(train);
        double deviation = deviation(train, mean);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("ks", distance);
        if (deviation > 0) {
            numbers.put("mean-difference", (mean(other) - mean) / deviation);
            numbers.put("wasserstein", area / deviation);
        }
        double p = Tails.kolmogorovSmirnov(distance, train, other);
        double detectable = Tails.errors(ALPHA / tests) / 2 * Math.sqrt(1.0 / n + 1.0 / m);
        return new Shift(p, n == 0 || m == 0 ? 0 : distance, Math.min(1, detectable), numbers, "");
    }

    /**
     * Categories: Cramér's V as it would be if both parts had the same number of rows, √(½ Σ (p − q)² / (p + q)), less what
     * it is expected to be by chance (as Bergsma 2013). It does not depend on how unequal the parts are. The chance is
     * Fisher's exact one of the most surprising category, times their number (Bonferroni); where all cells are large, the
     * smaller of that and of the chi-square test's, times two. Categories beyond the 50 most frequent count as one.
     *
     * @param train rows per category
     * @param other rows per category
     * @param names of the categories
     */
    static Shift ofCategories(long[] train, long[] other, List<String> names, int tests) {
        long n = Arrays.stream(train).sum();
        long m = Arrays.stream(other).sum();
        List<long[]> cells = cells(train, other);
        if (n == 0 || m == 0 || cells.size() < 2) {
            return new Shift(1, 0, 1, Map.of(), "");
        }
        double squares = 0;
        double exact = 1;
        double largest = -1;
        double fewest = Double.POSITIVE_INFINITY;
        int worst = -1;
        for (long[] cell : cells) {
            double p = (double) cell[0] / n;
            double q = (double) cell[1] / m;
            squares += (p - q) * (p - q) / (p + q);
            exact = Math.min(exact, Tails.hypergeometric(cell[1], m, cell[0] + cell[1], n + m));
            fewest = Math.min(fewest, (double) (cell[0] + cell[1]) * Math.min(n, m) / (n + m));
            if (Math.abs(p - q) > largest) {
                largest = Math.abs(p - q);
                worst = (int) cell[2];
            }
        }
        int k = cells.size();
        // Two categories are one look.
        double pValue = Math.min(1, exact * (k == 2 ? 1 : k));
        if (k > 2 && fewest >= ENOUGH_EXPECTED) {
            long[][] table = cells.stream().map(c -> new long[] {c[0], c[1]}).toArray(long[][]::new);
            pValue = Math.min(
                    1,
                    2
                            * Math.min(
                                    pValue,
                                    ChiSquareTest.withDefaults().test(table).getPValue()));
        }
        double size = 1.0 / n + 1.0 / m;
        double v = Math.sqrt(Math.max(0, squares / 2 - (k - 1) * size / 4));
        double detectable = Math.min(1, Tails.errors(ALPHA / tests / k) / 2 * Math.sqrt(size));
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("cramers-v", v);
        if (worst >= 0) {
            numbers.put("worst-train", (double) train[worst] / n);
            numbers.put("worst-other", (double) other[worst] / m);
        }
        return new Shift(pValue, Math.min(1, v), detectable, numbers, worst < 0 ? "" : names.get(worst));
    }

    /** Categories that occur: rows in train, rows in other, number of the category (−1 for all rare ones together). */
    private static List<long[]> cells(long[] train, long[] other) {
        List<long[]> cells = new ArrayList<>();
        for (int c = 0; c < train.length; c++) {
            if (train[c] + other[c] > 0) {
                cells.add(new long[] {train[c], other[c], c});
            }
        }
        cells.sort(Comparator.comparingLong((long[] c) -> -(c[0] + c[1])).thenComparingLong(c -> c[2]));
        if (cells.size() <= MOST_CATEGORIES) {
            return cells;
        }
        long[] rest = {0, 0, -1};
        for (long[] cell : cells.subList(MOST_CATEGORIES, cells.size())) {
            rest[0] += cell[0];
            rest[1] += cell[1];
        }
        List<long[]> kept = new ArrayList<>(cells.subList(0, MOST_CATEGORIES));
        kept.add(rest);
        return kept;
    }

    /**
     * A share of rows: Fisher's exact test, and the difference of the shares.
     *
     * @param train how many of the n
     * @param other how many of the m
     */
    static Shift ofShares(long train, long n, long other, long m, int tests) {
        double p = (double) train / n;
        double q = (double) other / m;
        double detectable = Math.min(1, Tails.errors(ALPHA / tests) / 2 * Math.sqrt(1.0 / n + 1.0 / m));
        return new Shift(
                Tails.hypergeometric(other, m, train + other, n + m),
                Math.abs(p - q),
                detectable,
                Map.of("worst-train", p, "worst-other", q),
                "");
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values, double mean) {
        double sum = 0;
        for (double v : values) {
            sum += (v - mean) * (v - mean);
        }
        return Math.sqrt(sum / Math.max(1, values.length - 1));
    }
}
