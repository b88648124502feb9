package dev.auscult.run;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A piece of the columns of a series; epochs and wall times take memory only once one is known.
 *
 * <p>A {@link Series} shares the arrays of the builder that goes on collecting: points are only ever added behind those
 * that a series knows of, and a column that has to change is replaced, not written into.
 */
final class Chunk {
    /** Points of every chunk but the last are 2^SHIFT. */
    static final int SHIFT = 14;

    static final int POINTS = 1 << SHIFT;
    static final int MASK = POINTS - 1;

    private long[] steps;
    private double[] values;
    private double @Nullable [] epochs;
    private double @Nullable [] wallTimes;
    private int size;

    Chunk(int capacity) {
        steps = new long[capacity];
        values = new double[capacity];
    }

    private Chunk(Chunk other) {
        steps = other.steps;
        values = other.values;
        epochs = other.epochs;
        wallTimes = other.wallTimes;
        size = other.size;
    }

    /** This chunk as it is now, sharing the arrays. */
    Chunk view() {
        return new Chunk(this);
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == steps.length;
    }

    /** Makes room for another point, up to {@link #POINTS}; false if a new chunk is needed. */
    boolean grow() {
        int capacity = steps.length * 2;
        if (capacity > POINTS) {
            return false;
        }
        steps = Arrays.copyOf(steps, capacity);
        values = Arrays.copyOf(values, capacity);
        if (epochs != null) {
            epochs = Arrays.copyOf(epochs, capacity);
        }
        if (wallTimes != null) {
            wallTimes = Arrays.copyOf(wallTimes, capacity);
        }
        return true;
    }

    void add(long step, double epoch, double wallTime, double value) {
        int at = size;
        steps[at] = step;
        values[at] = value;
        if (epochs == null && !Double.isNaN(epoch)) {
            epochs = unknown(at, steps.length);
        }
        if (epochs != null) {
            epochs[at] = epoch;
        }
        if (wallTimes == null && !Double.isNaN(wallTime)) {
            wallTimes = unknown(at, steps.length);
        }
        if (wallTimes != null) {
            wallTimes[at] = wallTime;
        }
        size = at + 1;
    }

    long step(int i) {
        return steps[i];
    }

    double value(int i) {
        return values[i];
    }

    double epoch(int i) {
        return epochs == null ? Double.NaN : epochs[i];
    }

    double wallTime(int i) {
        return wallTimes == null ? Double.NaN : wallTimes[i];
    }

    /** Takes over a new column of epochs. */
    void epochs(double[] column) {
        epochs = Arrays.copyOf(column, steps.length);
    }

    void copySteps(long[] target, int at) {
        System.arraycopy(steps, 0, target, at, size);
    }

    void copyValues(double[] target, int at) {
        System.arraycopy(values, 0, target, at, size);
    }

    /** A column whose points before {@code known} have no value; the others are written as they come. */
    private static double[] unknown(int known, int capacity) {
        double[] column = new double[capacity];
        Arrays.fill(column, 0, known, Double.NaN);
        return column;
    }
}
