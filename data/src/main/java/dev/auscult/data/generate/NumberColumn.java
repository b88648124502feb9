package dev.auscult.data.generate;

import java.util.Arrays;

/** The numbers of a column: their distribution as it was seen, and which numbers can stand in it. */
public final class NumberColumn {
    /** Where fewer than this share of the numbers are different, others than those would be odd: counts, years, grades. */
    private static final double CONTINUOUS = 0.5;

    private final float[] sorted;
    private final boolean continuous;

    private NumberColumn(float[] sorted) {
        this.sorted = sorted;
        int different = sorted.length == 0 ? 0 : 1;
        for (int i = 1; i < sorted.length; i++) {
            different += sorted[i] > sorted[i - 1] ? 1 : 0;
        }
        this.continuous = different > CONTINUOUS * sorted.length;
    }

    /** The column of these numbers. */
    public static NumberColumn of(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return new NumberColumn(sorted);
    }

    int size() {
        return sorted.length;
    }

    /** Share of the numbers below one of the column. */
    double below(float value) {
        return (double) first(value, false) / sorted.length;
    }

    /** Share of the numbers not above one of the column. */
    double upTo(float value) {
        return (double) first(value, true) / sorted.length;
    }

    /** How many are below a value, or not above it. */
    private int first(float value, boolean above) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || (above && sorted[middle] == value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The number at a place in the order: between two of them on the line, where others can stand in the column. */
    float at(double place) {
        double within = Math.max(0, Math.min(sorted.length - 1.0, place));
        if (!continuous) {
            return sorted[(int) Math.round(within)];
        }
        int low = (int) within;
        float next = sorted[Math.min(sorted.length - 1, low + 1)];
        return (float) (sorted[low] + (within - low) * ((double) next - sorted[low]));
    }

    /** The number that can stand in the column and is nearest to one, which lies no further out than those seen. */
    public float nearest(float value) {
        float inside = Math.max(sorted[0], Math.min(sorted[sorted.length - 1], value));
        if (continuous) {
            return inside;
        }
        int above = Math.min(sorted.length - 1, first(inside, false));
        int below = Math.max(0, above - 1);
        return inside - sorted[below] < sorted[above] - inside ? sorted[below] : sorted[above];
    }
}
