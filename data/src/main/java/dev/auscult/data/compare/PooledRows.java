package dev.auscult.data.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import dev.auscult.data.profile.FrameColumn;

/** The rows of two parts one after another, cell by cell as numbers: first the training part, then the other. */
final class PooledRows {
    private final int train;
    private final int rows;
    private final boolean[] numeric;
    private final double[][] cells;
    private final double[][] sorted;

    /**
     * @param columns what a row is made of
     * @param train rows of the training part
     * @param other rows of the other part
     */
    PooledRows(List<ColumnPair> columns, int train, int other) {
        this.train = train;
        this.rows = train + other;
        this.numeric = new boolean[columns.size()];
        this.cells = new double[columns.size()][];
        this.sorted = new double[columns.size()][];
        IntStream.range(0, columns.size()).parallel().forEach(c -> {
            ColumnPair pair = columns.get(c);
            numeric[c] = pair.isNumeric();
            cells[c] = pair.isText() ? texts(pair) : joined(pair.train(), pair.other());
            sorted[c] = ColumnPair.sorted(cells[c]);
        });
    }

    private static double[] joined(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** Texts as 52 bits of a hash of their letters and digits, so that blanks, case and punctuation do not count. */
    private static double[] texts(ColumnPair pair) {
        return joined(texts(pair.first()), texts(pair.second()));
    }

    private static double[] texts(FrameColumn column) {
        double[] hashes = new double[column.rows()];
        for (int row = 0; row < hashes.length; row++) {
            hashes[row] = column.isMissing(row) ? Double.NaN : hash(column.text(row)) >>> 12;
        }
        return hashes;
    }

    /** A hash of the letters and digits of a text in lower case. */
    static long hash(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        long hash = 0;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                hash = mix(hash + c);
            }
        }
        return hash;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
    static long mix(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return cells.length;
    }

    int train() {
        return train;
    }

    boolean isTrain(int row) {
        return row < train;
    }

    boolean isNumeric(int column) {
        return numeric[column];
    }

    double cell(int row, int column) {
        return cells[column][row];
    }

    /** The finite cells of a column of both parts, sorted. To be read only. */
    double[] sorted(int column) {
        return sorted[column];
    }

    /** A hash of all cells of a row; rows of equal cells have equal ones. */
    long key(int row) {
        long key = 0;
        for (double[] column : cells) {
            key = mix(key ^ bits(column[row]));
        }
        return key;
    }

    /** The bits of a cell; zero has one sign. */
    static long bits(double cell) {
        return Double.doubleToLongBits(cell + 0.0);
    }

    /** Whether no cell of the row holds a value. */
    boolean isEmpty(int row) {
        for (double[] column : cells) {
            if (!Double.isNaN(column[row])) {
                return false;
            }
        }
        return true;
    }

    /**
     * How many rows of the training part are expected to be like a row by chance, were its columns independent: rows × Π share
     * of the cells of the column that are like the one of the row.
     *
     * @param tolerance how far numbers may be apart [columns]
     */
    double chance(int row, double[] tolerance) {
        double expected = train;
        for (int c = 0; c < cells.length; c++) {
            double cell = cells[c][row];
            double[] all = sorted[c];
            double like = Double.isFinite(cell)
                    ? (double) from(all, cell + tolerance[c], true) - from(all, cell - tolerance[c], false)
                    : (double) rows - all.length;
            expected *= like / rows;
        }
        return expected;
    }

    /** How many are below a value, or at most the value. */
    private static int from(double[] sorted, double value, boolean inclusive) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (inclusive && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
