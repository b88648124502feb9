package dev.auscult.run;

import java.util.Objects;

/**
 * One metric over time: columns of equal length, ordered by step (steps never go back; NaN and infinite values are
 * kept).
 */
public final class Series {
    private final MetricKey key;
    private final Chunk[] chunks;
    private final int size;
    private final boolean hasEpochs;
    private final boolean hasWallTimes;

    /** Takes over the chunks without a copy: only {@link SeriesBuilder} calls this, and keeps no reference. */
    Series(MetricKey key, Chunk[] chunks, int size, boolean hasEpochs, boolean hasWallTimes) {
        this.key = Objects.requireNonNull(key, "key");
        this.chunks = chunks;
        this.size = size;
        this.hasEpochs = hasEpochs;
        this.hasWallTimes = hasWallTimes;
    }

    public MetricKey key() {
        return key;
    }

    /** Number of points. */
    public int size() {
        return size;
    }

    /** Optimizer step (or whatever counter the log has) of point {@code i}. */
    public long step(int i) {
        return chunk(i).step(i & Chunk.MASK);
    }

    /** Epoch of point {@code i}, possibly fractional; NaN if unknown. */
    public double epoch(int i) {
        return chunk(i).epoch(i & Chunk.MASK);
    }

    /** Seconds since 1970 (or since the start, where the log has only that) of point {@code i}; NaN if unknown. */
    public double wallTime(int i) {
        return chunk(i).wallTime(i & Chunk.MASK);
    }

    public double value(int i) {
        return chunk(i).value(i & Chunk.MASK);
    }

    /** Whether any point has an epoch. */
    public boolean hasEpochs() {
        return hasEpochs;
    }

    /** Whether any point has a wall time. */
    public boolean hasWallTimes() {
        return hasWallTimes;
    }

    public long firstStep() {
        return step(0);
    }

    public long lastStep() {
        return step(size - 1);
    }

    /** The last value. */
    public double last() {
        return value(size - 1);
    }

    /** A copy of the steps {@code [size]}. */
    public long[] steps() {
        long[] steps = new long[size];
        for (int k = 0; k < chunks.length; k++) {
            chunks[k].copySteps(steps, k << Chunk.SHIFT);
        }
        return steps;
    }

    /** A copy of the values {@code [size]}. */
    public double[] values() {
        double[] values = new double[size];
        for (int k = 0; k < chunks.length; k++) {
            chunks[k].copyValues(values, k << Chunk.SHIFT);
        }
        return values;
    }

    /** A copy of the values from point {@code from} (inclusive) to {@code to} (exclusive). */
    public double[] values(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        double[] values = new double[to - from];
        for (int i = from; i < to; i++) {
            values[i - from] = value(i);
        }
        return values;
    }

    @Override
    public String toString() {
        return key.label() + " (" + key.name() + ") [" + size + "]";
    }

    private Chunk chunk(int i) {
        return chunks[Objects.checkIndex(i, size) >> Chunk.SHIFT];
    }
}
