package dev.auscult.data.learn;

import java.util.Arrays;

/**
 * Inputs of boosted trees: each number as the bin that it falls into, at most 254 bins a column, of about as many rows each;
 * bin 0 is what is missing.
 */
public final class Bins {
    private static final int MOST = 254;
    /** Quantiles of so many rows, taken evenly, are as good as those of all. */
    private static final int ROWS_FOR_EDGES = 100_000;

    private final double[][] edges;
    private final byte[][] bins;
    private final int rows;

    private Bins(double[][] edges, byte[][] bins, int rows) {
        this.edges = edges;
        this.bins = bins;
        this.rows = rows;
    }

    /** Bins with borders at the quantiles of these inputs. */
    public static Bins of(FeatureMatrix inputs) {
        double[][] edges = new double[inputs.width()][];
        for (int c = 0; c < edges.length; c++) {
            edges[c] = edges(inputs.column(c));
        }
        return fill(edges, inputs);
    }

    /** Other rows of the same columns in these bins. */
    public Bins like(FeatureMatrix inputs) {
        if (inputs.width() != edges.length) {
            throw new IllegalArgumentException(inputs.width() + " columns, wanted " + edges.length);
        }
        return fill(edges, inputs);
    }

    private static Bins fill(double[][] edges, FeatureMatrix inputs) {
        byte[][] bins = new byte[edges.length][];
        for (int c = 0; c < bins.length; c++) {
            double[] column = inputs.column(c);
            byte[] of = new byte[column.length];
            for (int i = 0; i < of.length; i++) {
                of[i] = (byte) bin(edges[c], column[i]);
            }
            bins[c] = of;
        }
        return new Bins(edges, bins, inputs.rows());
    }

    /** Bin 1 is up to the first border, that included. */
    private static int bin(double[] edges, double value) {
        if (Double.isNaN(value)) {
            return 0;
        }
        int at = Arrays.binarySearch(edges, value);
        return (at >= 0 ? at : -at - 1) + 1;
    }

    /** The upper borders of all bins but the last, ascending. */
    private static double[] edges(double[] column) {
        int stride = Math.max(1, column.length / ROWS_FOR_EDGES);
        double[] some = new double[(column.length + stride - 1) / stride];
        int used = 0;
        for (int i = 0; i < column.length; i += stride) {
            if (!Double.isNaN(column[i])) {
                // Minus zero is zero: else a search among borders would tell them apart.
                some[used++] = column[i] + 0.0;
            }
        }
        double[] sorted = Arrays.copyOf(some, used);
        Arrays.sort(sorted);
        double[] distinct = Arrays.stream(sorted).distinct().toArray();
        double[] edges;
        if (distinct.length <= MOST) {
            edges = new double[Math.max(0, distinct.length - 1)];
            for (int i = 0; i < edges.length; i++) {
                edges[i] = between(distinct[i], distinct[i + 1]);
            }
        } else {
            edges = new double[MOST - 1];
            for (int i = 0; i < edges.length; i++) {
                edges[i] = sorted[(int) ((i + 1L) * used / MOST)];
            }
            edges = Arrays.stream(edges).distinct().toArray();
        }
        return edges;
    }

    private static double between(double low, double high) {
        double middle = low + (high - low) / 2;
        return middle < high && middle >= low ? middle : low;
    }

    public int rows() {
        return rows;
    }

    public int width() {
        return bins.length;
    }

    /** How many bins a column has, that of missing values included. */
    int count(int column) {
        return edges[column].length + 2;
    }

    byte[] column(int column) {
        return bins[column];
    }

    int bin(int row, int column) {
        return bins[column][row] & 0xff;
    }
}
