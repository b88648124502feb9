package dev.auscult.intake.json;

import java.util.Arrays;

/** The numbers of one name and the records that they stand in. */
final class JsonColumn {
    private double[] values = new double[8];
    private int[] rows = new int[8];
    private int size;

    void add(int row, double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            rows = Arrays.copyOf(rows, 2 * size);
        }
        values[size] = value;
        rows[size++] = row;
    }

    void removeLast() {
        size--;
    }

    int size() {
        return size;
    }

    double value(int i) {
        return values[i];
    }

    int row(int i) {
        return rows[i];
    }
}
