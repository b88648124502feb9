package dev.auscult.diagnose.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The course of a learning rate: its peak, where it jumps up, and from where on it stays low. */
public final class Schedule {
    /** A rise between neighbouring points that no smooth schedule makes after its warm-up. */
    public static final double JUMP = 3;

    private static final int RANGE_TEST_POINTS = 10;
    private static final double RANGE_TEST_GROWTH = 1000;

    private final Curve learningRate;
    private final int peakAt;

    public Schedule(Curve learningRate) {
        this.learningRate = learningRate;
        this.peakAt = learningRate.argMax();
    }

    public double peak() {
        return learningRate.value(peakAt);
    }

    /** Index of the first point at the peak. */
    public int peakAt() {
        return peakAt;
    }

    public Curve curve() {
        return learningRate;
    }

    /** Whether the rate grows by one factor per point, over three decades or more, to its end (Smith, 2017). */
    public boolean isRangeTest() {
        int n = learningRate.size();
        if (n < RANGE_TEST_POINTS
                || learningRate.first() <= 0
                || learningRate.last() < RANGE_TEST_GROWTH * learningRate.first()) {
            return false;
        }
        double decades = Math.log10(learningRate.last() / learningRate.first());
        for (int i = 1; i < n; i++) {
            double straight = Math.log10(learningRate.first()) + decades * i / (n - 1);
            if (learningRate.value(i) < learningRate.value(i - 1)
                    || Math.abs(Math.log10(learningRate.value(i)) - straight) > 0.05 * decades) {
                return false;
            }
        }
        return true;
    }

    /** Whether the rate still rises at the end: the last point is the peak and far above the median. */
    public boolean stillWarmingUp() {
        return learningRate.size() > 2
                && peakAt == learningRate.size() - 1
                && peak() > 1.5 * Robust.median(learningRate.values());
    }

    /**
     * The first step from which on the rate stays at or below this share of its peak until the end of the run; empty if
     * it never does. The point lies after the peak.
     */
    public Optional<Long> staysBelow(double shareOfPeak) {
        double limit = shareOfPeak * peak() * (1 + 1e-9);
        int at = learningRate.size();
        while (at > peakAt + 1 && learningRate.value(at - 1) <= limit) {
            at--;
        }
        return at == learningRate.size() ? Optional.empty() : Optional.of(learningRate.step(at));
    }

    /** Indices where the rate jumps up by more than {@link #JUMP} times, once it has fallen for the first time. */
    public List<Integer> jumps() {
        List<Integer> found = new ArrayList<>();
        boolean fallen = false;
        for (int i = 1; i < learningRate.size(); i++) {
            double before = learningRate.value(i - 1);
            double now = learningRate.value(i);
            if (fallen && now > JUMP * Math.max(0, before) && now > 0.01 * peak()) {
                found.add(i);
            }
            fallen |= now < 0.99 * before;
        }
        return found;
    }

    /** Whether a jump up lies after {@code fromStep} and at or before {@code toStep}. */
    public boolean jumpsBetween(long fromStep, long toStep) {
        return jumps().stream().map(learningRate::step).anyMatch(s -> s > fromStep && s <= toStep);
    }

    /** Whether jumps come at equal distances, or at distances that grow by one factor (SGDR), within a tenth. */
    public static boolean isPeriodic(Curve learningRate, List<Integer> jumps) {
        if (jumps.size() < 2) {
            return false;
        }
        List<Double> gaps = new ArrayList<>();
        long previous = learningRate.firstStep();
        for (int jump : jumps) {
            gaps.add((double) (learningRate.step(jump) - previous));
            previous = learningRate.step(jump);
        }
        double factor = gaps.get(gaps.size() - 1) / gaps.get(gaps.size() - 2);
        for (int i = 1; i + 1 < gaps.size(); i++) {
            double ratio = gaps.get(i) / gaps.get(i - 1);
            // The first gap may be longer or shorter by a warm-up.
            if (i > 1 && Math.abs(ratio / factor - 1) > 0.1) {
                return false;
            }
        }
        return factor > 0.9;
    }
}
