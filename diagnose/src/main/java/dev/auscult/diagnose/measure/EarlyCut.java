package dev.auscult.diagnose.measure;

import java.util.Optional;

/**
 * A learning rate that was cut while the loss still fell, and a loss that stood still from then on.
 *
 * @param step first step from which on the rate stays low
 * @param share share 0..1 of the run at which that is
 * @param cut peak of the rate over the rate at that step
 * @param fallBefore fall of the loss over the later half of the time before the cut, as a share of the level at the cut
 * @param gainAfter fall of the loss from the cut to the end, as a share of the level at the cut
 * @param lateGain fall of the loss from the first quarter after the cut to the end, as a share of the level at the cut
 */
public record EarlyCut(long step, double share, double cut, double fallBefore, double gainAfter, double lateGain) {
    /** Points on either side of the cut without which no course can be told. */
    private static final int POINTS = 8;

    /** One-sided 5 %: four points in a row downwards reach it. */
    private static final double FALLING = -1.64;

    /** Finds the cut to at most a share of the peak; empty if the rate never stays there or there are too few points. */
    public static Optional<EarlyCut> of(Curve loss, Curve learningRate, double shareOfPeak) {
        Schedule schedule = new Schedule(learningRate);
        Optional<Long> step = schedule.staysBelow(shareOfPeak);
        if (step.isEmpty() || schedule.peak() <= 0) {
            return Optional.empty();
        }
        int at = loss.indexAtOrBefore(step.get() - 1) + 1;
        if (at < POINTS || loss.size() - at < POINTS) {
            return Optional.empty();
        }
        Curve before = loss.slice(at / 2, at);
        double[] falling = before.blockMedians(2);
        Trend trend = before.trend();
        double fall = trend.z() < FALLING ? 2 * (falling[0] - falling[1]) : 0;
        double level = Math.abs(levelAtEnd(before.values(), trend.slope()));
        Curve after = loss.slice(at, loss.size());
        int cutAt = Math.max(0, learningRate.indexAtOrBefore(step.get()));
        return Optional.of(new EarlyCut(
                step.get(),
                (step.get() - loss.firstStep()) / (double) Math.max(1, loss.lastStep() - loss.firstStep()),
                schedule.peak() / learningRate.value(cutAt),
                fall / level,
                (level - loss.endLevel()) / level,
                (Robust.median(after.head(0.25).values()) - loss.endLevel()) / level));
    }

    /** The Theil–Sen line at its last point: a falling loss is lower there than over the points before. */
    private static double levelAtEnd(double[] values, double slope) {
        double[] moved = new double[values.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = values[i] + slope * (values.length - 1 - i);
        }
        return Robust.median(moved);
    }

    /**
     * Whether the loss fell before the cut by at least this share, fell by at most a third of that from the cut on (a step
     * schedule brings a drop instead), and stood still but for less than this share.
     */
    public boolean stoppedProgress(double least) {
        return fallBefore >= least && 3 * gainAfter <= fallBefore && lateGain < least;
    }
}
