package dev.auscult.data.quality;

import java.util.HashMap;
import java.util.Map;

import dev.auscult.data.profile.FrameColumn;

/** A column of few values as numbers from 0, in evenly spread rows; −1 where missing. */
final class Codes {
    private final int[] codes;
    private final int size;

    private Codes(int[] codes, int size) {
        this.codes = codes;
        this.size = size;
    }

    static Codes of(FrameColumn column, int all, int rows) {
        Map<Double, Integer> index = new HashMap<>();
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++) {
            double value = column.get((int) ((long) i * all / rows));
            codes[i] = Double.isNaN(value) ? -1 : index.computeIfAbsent(value, v -> index.size());
        }
        return new Codes(codes, index.size());
    }

    /** Number of different values, counted until they are more than fit. */
    static int distinct(FrameColumn column, double[] seen) {
        int distinct = 0;
        for (int row = 0; row < column.rows(); row++) {
            double value = column.get(row);
            int at = 0;
            while (at < distinct && seen[at] != value) {
                at++;
            }
            if (!Double.isNaN(value) && at == distinct) {
                if (distinct == seen.length) {
                    return distinct + 1;
                }
                seen[distinct++] = value;
            }
        }
        return distinct;
    }

    int size() {
        return size;
    }

    /** How often the values meet [size, size of the other]. */
    long[][] with(Codes other) {
        long[][] counts = new long[size][other.size];
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] >= 0 && other.codes[i] >= 0) {
                counts[codes[i]][other.codes[i]]++;
            }
        }
        return counts;
    }
}
