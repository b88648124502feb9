package dev.auscult.data.compare;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Groups of equal rows in two parts, and whether they are divided between the parts more often than by chance. */
final class EqualRows {
    private final double pValue;

    /**
     * @param rows of both parts
     * @param partner is set, for each row that has an equal one in the training part besides itself, to the first such row
     */
    EqualRows(PooledRows rows, int[] partner) {
        int all = rows.rows();
        long[] keys = new long[all];
        int used = 0;
        long[] sorted = new long[all];
        for (int row = 0; row < all; row++) {
            keys[row] = rows.key(row);
            if (!rows.isEmpty(row)) {
                sorted[used++] = keys[row];
            }
        }
        sorted = Arrays.copyOf(sorted, used);
        Arrays.sort(sorted);
        // Only keys that occur more than once get a place in the table.
        int groups = 0;
        long[] repeated = new long[used / 2];
        for (int i = 1; i < used; i++) {
            if (sorted[i] == sorted[i - 1] && (i == 1 || sorted[i] != sorted[i - 2])) {
                repeated[groups++] = sorted[i];
            }
        }
        int[] inTrain = new int[groups];
        int[] inOther = new int[groups];
        int[] first = new int[groups];
        int[] second = new int[groups];
        Arrays.fill(first, -1);
        Arrays.fill(second, -1);
        int[] group = new int[all];
        for (int row = 0; row < all; row++) {
            int g = rows.isEmpty(row) ? -1 : Arrays.binarySearch(repeated, 0, groups, keys[row]);
            group[row] = g;
            if (g >= 0 && rows.isTrain(row)) {
                inTrain[g]++;
                if (first[g] < 0) {
                    first[g] = row;
                } else if (second[g] < 0) {
                    second[g] = row;
                }
            } else if (g >= 0) {
                inOther[g]++;
            }
        }
        for (int row = 0; row < all; row++) {
            int g = group[row];
            if (g >= 0) {
                partner[row] = first[g] == row ? second[g] : first[g];
            }
        }
        pValue = pValue(inTrain, inOther, rows.train(), (long) all - rows.train());
    }

    private static double pValue(int[] inTrain, int[] inOther, long n, long m) {
        Map<Integer, double[]> sizes = new TreeMap<>();
        double divided = 0;
        for (int g = 0; g < inTrain.length; g++) {
            sizes.computeIfAbsent(inTrain[g] + inOther[g], s -> new double[] {0})[0]++;
            divided += inTrain[g] > 0 && inOther[g] > 0 ? 1 : 0;
        }
        double[] p = sizes.keySet().stream().mapToDouble(s -> divided(s, n, m)).toArray();
        double[] many = sizes.values().stream().mapToDouble(v -> v[0]).toArray();
        return Tails.atLeast(divided, p, many);
    }

    /** The chance that s rows, of n + m dealt out at random, do not all fall into the same part. */
    private static double divided(int s, long n, long m) {
        double all = Tails.logChoose((double) (n + m), s);
        double together =
                Math.exp(Tails.logChoose((double) n, s) - all) + Math.exp(Tails.logChoose((double) m, s) - all);
        return Math.max(0, Math.min(1, 1 - together));
    }

    /** The chance of as many divided groups as there are, had all rows been dealt out at random. */
    double pValue() {
        return pValue;
    }
}
