package dev.auscult.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * Collects the points of one metric in chunks of primitive columns, so that growing copies nothing and 10⁷ points need
 * little more memory than their columns; what is built shares them.
 */
public final class SeriesBuilder {
    private final MetricKey key;
    private final List<Chunk> chunks = new ArrayList<>();
    private Chunk tail = new Chunk(16);
    private int size;
    private boolean anyEpoch;
    private boolean anyWallTime;
    private boolean ordered = true;
    private long lastStep = Long.MIN_VALUE;
    private int duplicates;

    SeriesBuilder(MetricKey key) {
        this.key = key;
        chunks.add(tail);
    }

    public MetricKey key() {
        return key;
    }

    /** Number of points so far. */
    public int size() {
        return size;
    }

    /** Adds a point whose epoch and wall time are unknown. */
    public void add(long step, double value) {
        add(step, Double.NaN, Double.NaN, value);
    }

    /**
     * Adds a point.
     *
     * @param step optimizer step or the log's own counter
     * @param epoch epoch, possibly fractional; NaN if unknown
     * @param wallTime seconds; NaN if unknown
     * @param value the value, NaN and infinite included
     */
    public void add(long step, double epoch, double wallTime, double value) {
        if (tail.isFull() && !tail.grow()) {
            tail = new Chunk(Chunk.POINTS);
            chunks.add(tail);
        }
        if (step <= lastStep && size > 0) {
            ordered = false;
        }
        tail.add(step, epoch, wallTime, value);
        anyEpoch |= !Double.isNaN(epoch);
        anyWallTime |= !Double.isNaN(wallTime);
        lastStep = step;
        size++;
    }

    /** The step of the point added last; {@link Long#MIN_VALUE} if there is none. */
    public long lastStep() {
        return lastStep;
    }

    /** Forgets the points at or after {@code step}, as when a program went on from a checkpoint; returns how many. */
    public int dropFrom(long step) {
        if (size == 0) {
            return 0;
        }
        int before = size;
        List<Chunk> old = new ArrayList<>(chunks);
        chunks.clear();
        tail = new Chunk(16);
        chunks.add(tail);
        size = 0;
        ordered = true;
        anyEpoch = false;
        anyWallTime = false;
        lastStep = Long.MIN_VALUE;
        for (Chunk chunk : old) {
            for (int i = 0; i < chunk.size(); i++) {
                if (chunk.step(i) < step) {
                    add(chunk.step(i), chunk.epoch(i), chunk.wallTime(i), chunk.value(i));
                }
            }
        }
        return before - size;
    }

    /**
     * How many points {@link #build} left out because a later one had the same step; none if only a few at either end
     * did: programs start twice, and evaluate once more after the last step, which says nothing of the run.
     */
    int duplicates() {
        return duplicates;
    }

    /** The wall time [s] of the point added last; NaN if it is unknown or there is none. */
    public double lastWallTime() {
        return tail.size() == 0 ? Double.NaN : tail.wallTime(tail.size() - 1);
    }

    /**
     * Gives every point that has no epoch the epoch of its step, as when a log keeps the epoch as a series of its own.
     *
     * @param epochOfStep the epoch of a step, NaN if unknown; asked in the order of the points
     */
    public void fillEpochs(LongToDoubleFunction epochOfStep) {
        for (Chunk chunk : chunks) {
            double[] column = new double[chunk.size()];
            boolean filled = false;
            for (int i = 0; i < column.length; i++) {
                column[i] = chunk.epoch(i);
                if (Double.isNaN(column[i])) {
                    column[i] = epochOfStep.applyAsDouble(chunk.step(i));
                    filled |= !Double.isNaN(column[i]);
                }
            }
            if (filled) {
                chunk.epochs(column);
                anyEpoch = true;
            }
        }
    }

    Series build() {
        duplicates = 0;
        if (ordered) {
            return series(chunks);
        }
        long[] steps = new long[size];
        int at = 0;
        for (Chunk chunk : chunks) {
            chunk.copySteps(steps, at);
            at += chunk.size();
        }
        // A program that never counted its steps: the order of writing is the only axis there is.
        boolean uncounted = allEqual(steps);
        int[] order = uncounted ? null : StepOrder.latestOfEachStep(steps);
        int kept = order == null ? size : order.length;
        SeriesBuilder sorted = new SeriesBuilder(key);
        for (int i = 0; i < kept; i++) {
            int from = order == null ? i : order[i];
            Chunk chunk = chunks.get(from >> Chunk.SHIFT);
            int in = from & Chunk.MASK;
            sorted.add(uncounted ? i : chunk.step(in), chunk.epoch(in), chunk.wallTime(in), chunk.value(in));
        }
        duplicates = uncounted ? 0 : StepOrder.repeatsWithin(steps);
        return sorted.series(sorted.chunks);
    }

    private Series series(List<Chunk> columns) {
        Chunk[] views = columns.stream().map(Chunk::view).toArray(Chunk[]::new);
        return new Series(key, views, size, anyEpoch, anyWallTime);
    }

    private static boolean allEqual(long[] steps) {
        for (long step : steps) {
            if (step != steps[0]) {
                return false;
            }
        }
        return true;
    }
}
