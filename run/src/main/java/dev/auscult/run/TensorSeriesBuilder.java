package dev.auscult.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Collects the statistics of one tensor. */
public final class TensorSeriesBuilder {
    private final TensorKey key;
    private long[] steps = new long[8];
    private double[] wallTimes = new double[8];
    private final List<TensorSummary> summaries = new ArrayList<>();
    private boolean ordered = true;

    TensorSeriesBuilder(TensorKey key) {
        this.key = key;
    }

    public TensorKey key() {
        return key;
    }

    /** Number of records so far. */
    public int size() {
        return summaries.size();
    }

    /** The step of the record added last; {@link Long#MIN_VALUE} if there is none. */
    public long lastStep() {
        return summaries.isEmpty() ? Long.MIN_VALUE : steps[size() - 1];
    }

    /**
     * Adds a record.
     *
     * @param wallTime seconds; NaN if unknown
     */
    public void add(long step, double wallTime, TensorSummary summary) {
        int n = size();
        if (n == steps.length) {
            steps = Arrays.copyOf(steps, n * 2);
            wallTimes = Arrays.copyOf(wallTimes, n * 2);
        }
        if (n > 0 && step <= steps[n - 1]) {
            ordered = false;
        }
        steps[n] = step;
        wallTimes[n] = wallTime;
        summaries.add(summary);
    }

    /** The wall time [s] of the record added last; NaN if it is unknown or there is none. */
    public double lastWallTime() {
        return summaries.isEmpty() ? Double.NaN : wallTimes[size() - 1];
    }

    /** Forgets the records at or after {@code step}, as when a program went on from a checkpoint; returns how many. */
    public int dropFrom(long step) {
        int before = size();
        long[] oldSteps = Arrays.copyOf(steps, before);
        double[] oldWallTimes = Arrays.copyOf(wallTimes, before);
        List<TensorSummary> old = List.copyOf(summaries);
        summaries.clear();
        ordered = true;
        for (int i = 0; i < before; i++) {
            if (oldSteps[i] < step) {
                add(oldSteps[i], oldWallTimes[i], old.get(i));
            }
        }
        return before - size();
    }

    /** Changes the record of a step, if there is one among the last; returns whether there was. */
    public boolean amend(long step, UnaryOperator<TensorSummary> change) {
        for (int i = size() - 1; i >= 0 && steps[i] >= step; i--) {
            if (steps[i] == step) {
                summaries.set(i, change.apply(summaries.get(i)));
                return true;
            }
        }
        return false;
    }

    TensorSeries build() {
        long[] builtSteps = Arrays.copyOf(steps, size());
        double[] builtWallTimes = Arrays.copyOf(wallTimes, size());
        if (ordered) {
            return new TensorSeries(key, builtSteps, builtWallTimes, summaries);
        }
        if (Arrays.stream(builtSteps).allMatch(step -> step == builtSteps[0])) {
            // A program that never counted its steps, as in SeriesBuilder.
            Arrays.setAll(builtSteps, i -> i);
            return new TensorSeries(key, builtSteps, builtWallTimes, summaries);
        }
        int[] order = StepOrder.latestOfEachStep(builtSteps);
        List<TensorSummary> kept = new ArrayList<>(order.length);
        for (int i : order) {
            kept.add(summaries.get(i));
        }
        return new TensorSeries(key, StepOrder.pick(builtSteps, order), StepOrder.pick(builtWallTimes, order), kept);
    }
}
