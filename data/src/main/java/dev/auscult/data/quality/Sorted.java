package dev.auscult.data.quality;

import java.util.Arrays;

import dev.auscult.data.profile.FrameColumn;

/** The finite numbers of a column: different values in ascending order, and how often each occurs. */
final class Sorted {
    private final double[] values;
    private final int[] counts;
    private final int size;

    private Sorted(double[] values, int[] counts, int size) {
        this.values = values;
        this.counts = counts;
        this.size = size;
    }

    static Sorted of(FrameColumn column) {
        return of(column.values());
    }

    static Sorted of(double[] numbers) {
        double[] all = Arrays.stream(numbers).filter(Double::isFinite).sorted().toArray();
        double[] values = new double[all.length];
        int[] counts = new int[all.length];
        int distinct = 0;
        for (double value : all) {
            // + 0.0 makes one zero of two.
            double number = value + 0.0;
            if (distinct > 0 && values[distinct - 1] == number) {
                counts[distinct - 1]++;
            } else {
                values[distinct] = number;
                counts[distinct++] = 1;
            }
        }
        return new Sorted(Arrays.copyOf(values, distinct), Arrays.copyOf(counts, distinct), all.length);
    }

    /** The part between two different values by number, {@code to} excluded. */
    Sorted part(int from, int to) {
        int[] kept = Arrays.copyOfRange(counts, from, to);
        return new Sorted(
                Arrays.copyOfRange(values, from, to), kept, Arrays.stream(kept).sum());
    }

    /** Number of different values. */
    int distinct() {
        return values.length;
    }

    /** Number of rows. */
    int size() {
        return size;
    }

    double value(int i) {
        return values[i];
    }

    int count(int i) {
        return counts[i];
    }

    double min() {
        return values[0];
    }

    double max() {
        return values[values.length - 1];
    }

    /** The smallest value with at least this share of the rows at or below it. */
    double quantile(double share) {
        double wanted = share * size;
        long seen = 0;
        for (int i = 0; i < values.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return values[i];
            }
        }
        return max();
    }

    /** The finest step between two values: the grid that they were measured on. */
    double step() {
        double step = Double.POSITIVE_INFINITY;
        for (int i = 1; i < values.length; i++) {
            step = Math.min(step, values[i] - values[i - 1]);
        }
        return Double.isFinite(step) ? step : 0;
    }

    boolean isWhole() {
        for (double value : values) {
            if (value != Math.rint(value)) {
                return false;
            }
        }
        return true;
    }

    double mean() {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] / size * counts[i];
        }
        return sum;
    }

    double deviation() {
        double mean = mean();
        double scale = Math.max(Math.abs(max() - mean), Math.abs(min() - mean));
        if (scale == 0) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double z = (values[i] - mean) / scale;
            sum += z * z * counts[i];
        }
        return scale * Math.sqrt(sum / Math.max(1, size - 1));
    }
}
