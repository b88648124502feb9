package dev.auscult.data.labels;

import java.util.Arrays;

/**
 * How many examples with one label seem to be of another class: the confident joint of given and true labels, and what
 * follows from it. Only cells that are not zero are kept, of which there are no more than examples and classes together.
 */
public final class ConfidentJoint {
    private final int classes;
    private final long examples;
    private final int[] classCounts;
    /** Row {@code a} is cells {@code start[a]} to {@code start[a + 1]}. */
    private final int[] start;

    private final int[] column;
    private final int[] count;

    private ConfidentJoint(int[] classCounts, long examples, int[] start, int[] column, int[] count) {
        this.classes = classCounts.length;
        this.classCounts = classCounts;
        this.examples = examples;
        this.start = start;
        this.column = column;
        this.count = count;
    }

    /**
     * Counts.
     *
     * @param given label of each example
     * @param guess the class that each example is confidently of; -1 for none
     * @param classCounts examples with each label
     */
    static ConfidentJoint of(int[] given, int[] guess, int[] classCounts) {
        int classes = classCounts.length;
        int[] byClass = byClass(given, classCounts);
        int[] start = new int[classes + 1];
        int[] column = new int[Math.max(16, 2 * classes)];
        int[] count = new int[column.length];
        int[] row = new int[classes];
        int[] touched = new int[classes];
        int cells = 0;
        int from = 0;
        for (int a = 0; a < classes; a++) {
            int used = 0;
            int to = from + classCounts[a];
            for (int i = from; i < to; i++) {
                int b = guess[byClass[i]];
                if (b >= 0 && row[b]++ == 0) {
                    touched[used++] = b;
                }
            }
            from = to;
            // A class of which nobody is sure still has its label: else its row could not be scaled.
            if (row[a] == 0) {
                row[a] = 1;
                touched[used++] = a;
            }
            Arrays.sort(touched, 0, used);
            if (cells + used > column.length) {
                int room = Math.max(cells + used, (int) Math.min(Integer.MAX_VALUE - 8, column.length * 2L));
                column = Arrays.copyOf(column, room);
                count = Arrays.copyOf(count, room);
            }
            for (int i = 0; i < used; i++) {
                int b = touched[i];
                column[cells] = b;
                count[cells++] = row[b];
                row[b] = 0;
            }
            start[a + 1] = cells;
        }
        return new ConfidentJoint(classCounts, given.length, start, column, count);
    }

    /** The examples, those of one class together, in ascending order in each. */
    private static int[] byClass(int[] given, int[] classCounts) {
        int[] next = new int[classCounts.length];
        for (int a = 1; a < next.length; a++) {
            next[a] = next[a - 1] + classCounts[a - 1];
        }
        int[] order = new int[given.length];
        for (int i = 0; i < given.length; i++) {
            order[next[given[i]]++] = i;
        }
        return order;
    }

    public int classes() {
        return classes;
    }

    /** Examples with label {@code given} that are confidently of class {@code guessed}; at least 1 on the diagonal. */
    public int count(int given, int guessed) {
        int cell = Arrays.binarySearch(column, start[given], start[given + 1], guessed);
        return cell < 0 ? 0 : count[cell];
    }

    /** Estimated share of all examples that have label {@code given} and are of class {@code truth}. */
    public double share(int given, int truth) {
        int cell = Arrays.binarySearch(column, start[given], start[given + 1], truth);
        return cell < 0 ? 0 : share(given, rowTotal(given), cell);
    }

    /** Row {@code given} of the estimated joint of given and true labels; all rows sum to 1. */
    public double[] row(int given) {
        double[] row = new double[classes];
        long total = rowTotal(given);
        for (int cell = start[given]; cell < start[given + 1]; cell++) {
            row[column[cell]] = share(given, total, cell);
        }
        return row;
    }

    /** Estimated share of examples whose label is not their class. */
    public double noise() {
        double noise = 0;
        for (int a = 0; a < classes; a++) {
            long total = rowTotal(a);
            for (int cell = start[a]; cell < start[a + 1]; cell++) {
                if (column[cell] != a) {
                    noise += share(a, total, cell);
                }
            }
        }
        return noise;
    }

    private double share(int given, long rowTotal, int cell) {
        return (double) count[cell] / rowTotal * classCounts[given] / examples;
    }

    private long rowTotal(int given) {
        long total = 0;
        for (int cell = start[given]; cell < start[given + 1]; cell++) {
            total += count[cell];
        }
        return total;
    }

    /** Number of cells that are kept. */
    int cells() {
        return column.length == 0 ? 0 : start[classes];
    }

    int firstCell(int given) {
        return start[given];
    }

    int column(int cell) {
        return column[cell];
    }

    /**
     * How many examples of each cell are estimated to be there, in whole numbers whose rows sum to the examples with that
     * label: the largest remainders are rounded up, the diagonal and then the first class first among equals. So at least
     * one example of each class keeps its label: where nobody of {@code n} is sure, the 1 on the diagonal becomes
     * {@code n / (n + 1)}, and no remainder is larger.
     */
    int[] estimates() {
        int[] whole = new int[cells()];
        long[] remainders = new long[classes];
        for (int a = 0; a < classes; a++) {
            int from = start[a];
            int width = start[a + 1] - from;
            long total = rowTotal(a);
            long left = classCounts[a];
            for (int i = 0; i < width; i++) {
                long scaled = (long) count[from + i] * classCounts[a];
                whole[from + i] = (int) (scaled / total);
                // Doubled, so that the diagonal can come first among equals.
                remainders[i] = 2 * (scaled % total) + (column[from + i] == a ? 1 : 0);
                left -= whole[from + i];
            }
            roundUp(whole, from, remainders, width, (int) left);
        }
        return whole;
    }

    private static void roundUp(int[] whole, int from, long[] remainders, int width, int places) {
        if (places == 0) {
            return;
        }
        long[] sorted = Arrays.copyOf(remainders, width);
        Arrays.sort(sorted);
        long bar = sorted[width - places];
        int left = places;
        for (int i = 0; i < width; i++) {
            if (remainders[i] > bar) {
                whole[from + i]++;
                left--;
            }
        }
        for (int i = 0; i < width && left > 0; i++) {
            if (remainders[i] == bar) {
                whole[from + i]++;
                left--;
            }
        }
    }
}
