package dev.auscult.data.quality;

import java.util.Arrays;
import java.util.List;

import dev.auscult.data.profile.FrameColumn;

/** Hashes of rows, 64 bits [rows]: the sum of the hashes of their cells, so that a column can be taken out again. */
final class RowHash {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long MISSING = 0x7ff8dead0000beefL;

    private RowHash() {}

    static long[] of(List<FrameColumn> columns, int rows) {
        long[] sum = new long[rows];
        for (FrameColumn column : columns) {
            add(sum, cells(column, rows));
        }
        return sum;
    }

    /** The part of one column. */
    static long[] cells(FrameColumn column, int rows) {
        long salt = text(column.name()) * GOLDEN;
        long[] hash = new long[rows];
        for (int row = 0; row < rows; row++) {
            hash[row] = cell(column, row, salt);
        }
        return hash;
    }

    /** The part of one column in some rows. */
    static long[] cells(FrameColumn column, int[] rows) {
        long salt = text(column.name()) * GOLDEN;
        long[] hash = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            hash[i] = cell(column, rows[i], salt);
        }
        return hash;
    }

    private static long cell(FrameColumn column, int row, long salt) {
        long cell = column.isMissing(row)
                ? MISSING
                : column.isText() ? text(column.text(row)) : Double.doubleToLongBits(column.get(row) + 0.0);
        return mix(mix(cell) ^ salt);
    }

    /** The logarithm of the share of rows that would equal each, were the columns independent [rows]. */
    static double[] commonness(List<FrameColumn> columns, int rows) {
        double[][] shares = columns.parallelStream()
                .map(column -> shares(cells(column, rows)))
                .toArray(double[][]::new);
        double[] sum = new double[rows];
        for (double[] share : shares) {
            for (int row = 0; row < rows; row++) {
                sum[row] += share[row];
            }
        }
        return sum;
    }

    /** The logarithm of the share of rows with the cell of each. */
    private static double[] shares(long[] cells) {
        long[] sorted = cells.clone();
        Arrays.sort(sorted);
        long[] different = new long[sorted.length];
        double[] logs = new double[sorted.length];
        int used = 0;
        int from = 0;
        for (int i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[from]) {
                different[used] = sorted[from];
                logs[used++] = Math.log((double) (i - from) / sorted.length);
                from = i;
            }
        }
        double[] shares = new double[cells.length];
        for (int row = 0; row < cells.length; row++) {
            shares[row] = logs[Arrays.binarySearch(different, 0, used, cells[row])];
        }
        return shares;
    }

    private static void add(long[] sum, long[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }

    /** The rows without a column. */
    static long[] without(long[] rows, long[] column) {
        long[] rest = new long[rows.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = rows[i] - column[i];
        }
        return rest;
    }

    /** Number of pairs of rows that are equal. */
    static double pairs(long[] hashes) {
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        double pairs = 0;
        int run = 1;
        for (int i = 1; i <= sorted.length; i++) {
            if (i < sorted.length && sorted[i] == sorted[i - 1]) {
                run++;
            } else {
                pairs += 0.5 * run * (run - 1.0);
                run = 1;
            }
        }
        return pairs;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    /** FNV-1a over the characters. */
    private static long text(String text) {
        long hash = FNV_START;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
