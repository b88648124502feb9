package dev.auscult.diagnose.measure;

import java.util.Arrays;

/** The k-th smallest value without sorting all: the algorithm SELECT of Floyd and Rivest (1975), in linear time. */
final class OrderStatistic {
    /** Shorter ranges are sorted at once. */
    private static final int SHORT = 40;

    /** From this length on the pivot is chosen from a sample, as the paper advises. */
    private static final int SAMPLED = 600;

    /** More rounds than chance ever needs: the values work against the choice of pivots, and are sorted instead. */
    private static final int MOST_ROUNDS = 64;

    private OrderStatistic() {}

    /**
     * Puts the value of rank {@code k} (from 0) of the first {@code size} at index {@code k}, none larger before it and
     * none smaller behind it.
     */
    static void select(double[] values, int size, int k) {
        select(values, 0, size - 1, k);
    }

    /** The smallest value from index {@code from} (inclusive) to {@code to} (exclusive). */
    static double smallest(double[] values, int from, int to) {
        double smallest = values[from];
        for (int i = from + 1; i < to; i++) {
            if (values[i] < smallest) {
                smallest = values[i];
            }
        }
        return smallest;
    }

    private static void select(double[] values, int from, int to, int k) {
        int left = from;
        int right = to;
        for (int round = 0; right - left >= SHORT && round < MOST_ROUNDS; round++) {
            if (right - left > SAMPLED) {
                sample(values, left, right, k);
            }
            double pivot = values[k];
            int i = left;
            int j = right;
            swap(values, left, k);
            if (values[right] > pivot) {
                swap(values, right, left);
            }
            while (i < j) {
                swap(values, i, j);
                i++;
                j--;
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
            }
            if (values[left] == pivot) {
                swap(values, left, j);
            } else {
                j++;
                swap(values, j, right);
            }
            if (j <= k) {
                left = j + 1;
            }
            if (k <= j) {
                right = j - 1;
            }
        }
        if (left < right) {
            Arrays.sort(values, left, right + 1);
        }
    }

    /** Makes the value at {@code k} one that is close to its rank, from a sample around it. */
    private static void sample(double[] values, int left, int right, int k) {
        double n = right - left + 1.0;
        double rank = k - left + 1.0;
        double logarithm = Math.log(n);
        double size = 0.5 * Math.exp(2 * logarithm / 3);
        double spread = 0.5 * Math.sqrt(logarithm * size * (n - size) / n) * Math.signum(rank - n / 2);
        int sampleLeft = (int) Math.max(left, Math.floor(k - rank * size / n + spread));
        int sampleRight = (int) Math.min(right, Math.floor(k + (n - rank) * size / n + spread));
        if (sampleLeft <= k && k <= sampleRight) {
            select(values, sampleLeft, sampleRight, k);
        }
    }

    private static void swap(double[] values, int i, int j) {
        double value = values[i];
        values[i] = values[j];
        values[j] = value;
    }
}
