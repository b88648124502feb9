package dev.auscult.run;

import java.util.List;
import java.util.Objects;

/** Statistics of one tensor over time, ordered by step. */
public final class TensorSeries {
    private final TensorKey key;
    private final long[] steps;
    private final double[] wallTimes;
    private final List<TensorSummary> summaries;

    TensorSeries(TensorKey key, long[] steps, double[] wallTimes, List<TensorSummary> summaries) {
        this.key = Objects.requireNonNull(key, "key");
        this.steps = steps;
        this.wallTimes = wallTimes;
        this.summaries = List.copyOf(summaries);
    }

    public TensorKey key() {
        return key;
    }

    /** Number of recorded steps. */
    public int size() {
        return steps.length;
    }

    public long step(int i) {
        return steps[i];
    }

    /** Seconds since 1970; NaN if unknown. */
    public double wallTime(int i) {
        return wallTimes[i];
    }

    public TensorSummary summary(int i) {
        return summaries.get(i);
    }

    public TensorSummary last() {
        return summaries.get(summaries.size() - 1);
    }

    @Override
    public String toString() {
        return key.label() + " [" + steps.length + "]";
    }
}
