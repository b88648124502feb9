package dev.auscult.data.compare;

import java.util.Arrays;

import dev.auscult.data.profile.FrameColumn;

/**
 * What one column alone says of a target.
 *
 * @param rows rows that hold both
 * @param score 1 − error / baseline, not below 0; each row is predicted from other rows
 * @param error share of rows predicted wrong; of a numeric target the mean squared error of its rank, as a share of n²/12
 * @param baseline the same of the best constant
 * @param values number of different values of the column
 * @param isCopy whether each value goes with one class and each class with one value, in all rows but one in 200
 * @param pValue the chance of so few errors if the column had nothing to do with the target
 */
record OneColumn(int rows, double score, double error, double baseline, int values, boolean isCopy, double pValue) {
    private static final int MOST_BINS = 64;
    /** Rows of a bin of numbers at least: the class that is most frequent among fewer says little. */
    private static final int FEWEST_IN_BIN = 5;

    private static final double ODD_ROWS = 0.005;
    private static final OneColumn NOTHING = new OneColumn(0, 0, 1, 1, 0, false, 1);

    static OneColumn of(FrameColumn column, FrameColumn target) {
        int n = 0;
        double[] x = new double[column.rows()];
        double[] y = new double[column.rows()];
        for (int row = 0; row < x.length; row++) {
            if (Double.isFinite(column.get(row)) && Double.isFinite(target.get(row))) {
                // Zero has one sign.
                x[n] = column.get(row) + 0.0;
                y[n++] = target.get(row);
            }
        }
        if (n < 2) {
            return NOTHING;
        }
        x = Arrays.copyOf(x, n);
        y = Arrays.copyOf(y, n);
        boolean isOrdered = !column.isCategorical();
        return target.isCategorical() ? ofClasses(x, y, target.words().size(), isOrdered) : ofNumbers(x, y, isOrdered);
    }

    /** Classes: the most frequent class among the other rows of the same value, or of the same bin of values. */
    private static OneColumn ofClasses(double[] x, double[] classes, int count, boolean isOrdered) {
        int n = x.length;
        double[] sorted = sorted(x);
        int values = distinct(sorted);
        int k = Math.max(2, count);
        int[] groups = isOrdered && values > MOST_BINS ? bins(x, sorted) : numbered(x, sorted);
        int groupCount = Arrays.stream(groups).max().orElse(0) + 1;
        long[] cells = new long[groupCount * k];
        long[] total = new long[k];
        for (int i = 0; i < n; i++) {
            cells[groups[i] * k + (int) classes[i]]++;
            total[(int) classes[i]]++;
        }
        int majority = largest(total, 0, k, -1);
        long wrong = 0;
        long baseline = 0;
        for (int i = 0; i < n; i++) {
            int c = (int) classes[i];
            baseline += c == majority ? 0 : 1;
            int guess = largest(cells, groups[i] * k, k, c);
            wrong += (guess < 0 ? majority : guess) == c ? 0 : 1;
        }
        boolean isCopy = values == groupCount && isCopy(cells, groupCount, k, n);
        if (baseline == 0) {
            return new OneColumn(n, 0, 0, 0, values, false, 1);
        }
        double p = Tails.binomialAtMost(wrong, n, (double) baseline / n);
        if (isOrdered && values > MOST_BINS) {
            // The better of two, so twice its chance of luck.
            wrong = Math.min(wrong, wrongByNeighbours(numbered(x, sorted), classes, values));
            p = Math.min(1, 2 * Tails.binomialAtMost(wrong, n, (double) baseline / n));
        }
        double score = Math.max(0, 1 - (double) wrong / baseline);
        return new OneColumn(n, score, (double) wrong / n, (double) baseline / n, values, isCopy, p);
    }

    /**
     * Rows whose class is not the one of all other rows of the same number, or, where a number stands alone, of the rows of
     * the next smaller and of the next larger number; where one of these two has it, half a row, rounded up in all. Bins that lie across the border of two classes would hide that a column
     * parts them without error.
     */
    private static long wrongByNeighbours(int[] groups, double[] classes, int count) {
        int[] sizes = new int[count];
        double[] only = new double[count];
        for (int i = 0; i < groups.length; i++) {
            int g = groups[i];
            only[g] = sizes[g]++ == 0 || only[g] == classes[i] ? classes[i] : Double.NaN;
        }
        long halves = 0;
        for (int i = 0; i < groups.length; i++) {
            int g = groups[i];
            double below = only[g == 0 ? 1 : g - 1];
            double above = only[g == count - 1 ? count - 2 : g + 1];
            if (sizes[g] > 1) {
                halves += only[g] == classes[i] ? 0 : 2;
            } else {
                halves += (below == classes[i] ? 0 : 1) + (above == classes[i] ? 0 : 1);
            }
        }
        return (halves + 1) / 2;
    }

    /** The most frequent class of a group when one row of a class is left out; −1 if no row is left. */
    private static int largest(long[] cells, int from, int k, int without) {
        int best = -1;
        long most = 0;
        for (int c = 0; c < k; c++) {
            long rows = cells[from + c] - (c == without ? 1 : 0);
            if (rows > most) {
                most = rows;
                best = c;
            }
        }
        return best;
    }

    private static boolean isCopy(long[] cells, int groups, int k, int n) {
        long inPairs = 0;
        boolean[] taken = new boolean[k];
        int pairs = 0;
        for (int g = 0; g < groups; g++) {
            int best = largest(cells, g * k, k, -1);
            if (best >= 0 && !taken[best]) {
                taken[best] = true;
                pairs++;
                inPairs += cells[g * k + best];
            }
        }
        return pairs >= 2 && n - inPairs <= ODD_ROWS * n;
    }

    /**
     * Numbers, by rank: the mean rank of the target among the other rows of the same value; where the column is ordered and a
     * value stands alone, of the rows with the next smaller and the next larger value.
     */
    private static OneColumn ofNumbers(double[] x, double[] target, boolean isOrdered) {
        int n = x.length;
        double[] ranks = Association.ranks(target);
        double[] sorted = sorted(x);
        int[] groups = numbered(x, sorted);
        int values = distinct(sorted);
        double[] sums = new double[values];
        int[] sizes = new int[values];
        double mean = (n + 1) / 2.0;
        double all = 0;
        for (int i = 0; i < n; i++) {
            sums[groups[i]] += ranks[i];
            sizes[groups[i]]++;
            all += (ranks[i] - mean) * (ranks[i] - mean);
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            int g = groups[i];
            double guess = mean;
            if (sizes[g] > 1) {
                guess = (sums[g] - ranks[i]) / (sizes[g] - 1);
            } else if (isOrdered) {
                double sum = 0;
                int sides = 0;
                if (g > 0) {
                    sum += sums[g - 1] / sizes[g - 1];
                    sides++;
                }
                if (g + 1 < values) {
                    sum += sums[g + 1] / sizes[g + 1];
                    sides++;
                }
                guess = sides == 0 ? mean : sum / sides;
            }
            squares += (ranks[i] - guess) * (ranks[i] - guess);
        }
        if (all == 0) {
            return new OneColumn(n, 0, 0, 0, values, false, 1);
        }
        double scale = (double) n * n * n / 12;
        double score = Math.max(0, 1 - squares / all);
        double p = values < 2 ? 1 : Association.chiSquareTail((n - 1) * score, 1);
        return new OneColumn(n, score, squares / scale, all / scale, values, false, p);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static int distinct(double[] sorted) {
        int distinct = 1;
        for (int i = 1; i < sorted.length; i++) {
            distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
        }
        return distinct;
    }

    /** The number of each value among the different ones. */
    private static int[] numbered(double[] x, double[] sorted) {
        double[] different = Arrays.stream(sorted).distinct().toArray();
        int[] numbers = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            numbers[i] = Arrays.binarySearch(different, x[i]);
        }
        return numbers;
    }

    /** Bins of about equally many rows. */
    private static int[] bins(double[] x, double[] sorted) {
        int count = Math.max(2, Math.min(MOST_BINS, x.length / FEWEST_IN_BIN));
        double[] edges = new double[count - 1];
        for (int b = 1; b < count; b++) {
            edges[b - 1] = sorted[(int) ((long) b * x.length / count)];
        }
        edges = Arrays.stream(edges).distinct().toArray();
        int[] bins = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            int at = Arrays.binarySearch(edges, x[i]);
            bins[i] = at >= 0 ? at + 1 : -at - 1;
        }
        return bins;
    }
}
