package dev.auscult.data.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Inputs of a model as numbers, column by column; NaN is missing. */
public final class FeatureMatrix {
    private final List<String> names;
    private final double[][] columns;
    private final int rows;

    /**
     * Inputs as numbers.
     *
     * @param names of the columns
     * @param columns the numbers [columns][rows], not copied
     * @param rows how many
     */
    public FeatureMatrix(List<String> names, double[][] columns, int rows) {
        if (names.size() != columns.length) {
            throw new IllegalArgumentException(names.size() + " names of " + columns.length + " columns");
        }
        for (double[] column : columns) {
            if (column.length != rows) {
                throw new IllegalArgumentException("a column of " + column.length + " rows, wanted " + rows);
            }
        }
        this.names = List.copyOf(names);
        this.columns = columns.clone();
        this.rows = rows;
    }

    public int rows() {
        return rows;
    }

    public int width() {
        return columns.length;
    }

    public List<String> names() {
        return names;
    }

    /** A cell; NaN if it is missing. */
    public double get(int row, int column) {
        return columns[column][row];
    }

    double[] column(int column) {
        return columns[column];
    }

    /** Some of the columns, in this order. */
    public FeatureMatrix columns(List<Integer> wanted) {
        return new FeatureMatrix(
                wanted.stream().map(names::get).toList(),
                wanted.stream().map(c -> columns[c]).toArray(double[][]::new),
                rows);
    }

    /** Some of the rows, in this order. */
    public FeatureMatrix rows(int[] wanted) {
        double[][] some = new double[columns.length][];
        for (int c = 0; c < some.length; c++) {
            double[] column = columns[c];
            some[c] = Arrays.stream(wanted).mapToDouble(i -> column[i]).toArray();
        }
        return new FeatureMatrix(names, some, wanted.length);
    }

    /** The same with one more column. */
    public FeatureMatrix with(String name, double[] column) {
        List<String> more = new ArrayList<>(names);
        more.add(name);
        double[][] all = Arrays.copyOf(columns, columns.length + 1);
        all[columns.length] = column;
        return new FeatureMatrix(more, all, rows);
    }

    /** The same with another column in the place of one. */
    public FeatureMatrix replaced(int place, double[] column) {
        double[][] all = columns.clone();
        all[place] = column;
        return new FeatureMatrix(names, all, rows);
    }
}
