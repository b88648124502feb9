package dev.auscult.diagnose.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How much of a training loss is lost at the borders between epochs and how much within them. A network that memorises
 * sees an example again one epoch later and knows it: its loss falls at the border and is flat in between.
 *
 * <p>With m[e] the median and s[e] the Theil–Sen slope of epoch e (change per epoch), the fall from one epoch's middle to
 * the next is m[e] − m[e+1]; of it −(s[e] + s[e+1]) / 2 happened within the epochs, the rest at the border. On a convex
 * descent without stairs the rest is zero or less, since the trapezoid overestimates the fall.
 *
 * @param epochs number of epochs with enough points
 * @param borders number of borders judged
 * @param clearBorders borders whose drop is above zero beyond its standard error twice
 * @param drop mean drop at a border, unit of the loss
 * @param drift mean change within an epoch, unit of the loss; negative if the loss falls
 * @param relativeDrop all drops together as a share of the level of the first epoch
 * @param z all drops together over their standard error
 * @param firstStep step of the last point before the first border
 * @param lastStep step of the first point after the last border
 */
public record EpochStaircase(
        int epochs,
        int borders,
        int clearBorders,
        double drop,
        double drift,
        double relativeDrop,
        double z,
        long firstStep,
        long lastStep) {
    /** With fewer points than this an epoch has no slope to speak of. */
    public static final int POINTS_PER_EPOCH = 5;

    /** Two borders are the least that is a pattern. */
    public static final int FEWEST_EPOCHS = 3;

    /** A running mean that starts anew each epoch shows half of a straight descent as drops; stairs must be clearer. */
    public static final double SHARE_AT_BORDERS = 0.75;

    /** Drops of a tenth of the level, as for any rise that is called overfitting. */
    public static final double RELATIVE_DROP = 0.1;

    private static final double Z = 4;

    /** A learning rate that changes by more than this at a border explains a drop there. */
    private static final double LEARNING_RATE_STEP = 1.2;

    /** The stairs of a loss with several points per epoch; empty where there is no epoch axis or too few points. */
    public static Optional<EpochStaircase> of(Curve loss, Optional<Curve> learningRate) {
        if (!loss.hasEpochs()) {
            return Optional.empty();
        }
        List<Epoch> epochs = epochs(loss);
        if (epochs.size() < FEWEST_EPOCHS) {
            return Optional.empty();
        }
        double drops = 0;
        double drifts = 0;
        double variance = 0;
        int borders = 0;
        int clear = 0;
        for (int e = 0; e + 1 < epochs.size(); e++) {
            Epoch a = epochs.get(e);
            Epoch b = epochs.get(e + 1);
            if (b.number != a.number + 1
                    || learningRate.filter(lr -> steps(lr, a, b)).isPresent()) {
                continue;
            }
            double drift = (a.slope + b.slope) / 2;
            double drop = a.median - b.median + drift;
            double spread = a.medianVariance() + b.medianVariance() + (a.slopeVariance() + b.slopeVariance()) / 4;
            borders++;
            drops += drop;
            drifts += drift;
            variance += spread;
            clear += drop > 2 * Math.sqrt(spread) ? 1 : 0;
        }
        if (borders < FEWEST_EPOCHS - 1) {
            return Optional.empty();
        }
        double level = Math.abs(epochs.get(0).median);
        return Optional.of(new EpochStaircase(
                epochs.size(),
                borders,
                clear,
                drops / borders,
                drifts / borders,
                level > 0 ? drops / level : Double.NaN,
                variance > 0 ? drops / Math.sqrt(variance) : drops > 0 ? Double.POSITIVE_INFINITY : 0,
                /* firstStep= */ epochs.get(0).lastStep,
                /* lastStep= */ epochs.get(epochs.size() - 1).firstStep));
    }

    /** Share of the whole fall that happens at the borders; above 1 if the loss rises within epochs. */
    public double shareAtBorders() {
        return drop / (drop - drift);
    }

    /**
     * Whether the loss falls at the borders and is flat within: the drops are big, beyond chance, at most borders, and the
     * drift within an epoch (down, or up as with data in a fixed order) is at most a third of a drop.
     */
    public boolean isStaircase() {
        return drop > 0
                && relativeDrop >= RELATIVE_DROP
                && z >= Z
                && 2 * clearBorders > borders
                && Math.abs(drift) <= drop * (1 - SHARE_AT_BORDERS) / SHARE_AT_BORDERS;
    }

    private static boolean steps(Curve learningRate, Epoch a, Epoch b) {
        int before = Math.max(0, learningRate.indexAtOrBefore(a.middleStep));
        int border = Math.max(0, learningRate.indexAtOrBefore(a.lastStep));
        int after = Math.max(0, learningRate.indexAtOrBefore(b.middleStep));
        double within = ratio(learningRate.value(before), learningRate.value(border));
        double across = ratio(learningRate.value(border), learningRate.value(after));
        return across > LEARNING_RATE_STEP && across > within * within;
    }

    private static double ratio(double a, double b) {
        return a > 0 && b > 0 ? Math.max(a / b, b / a) : 1;
    }

    private static List<Epoch> epochs(Curve loss) {
        boolean whole = true;
        for (int i = 0; i < loss.size(); i++) {
            whole &= loss.epoch(i) == Math.rint(loss.epoch(i));
        }
        List<Epoch> epochs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= loss.size(); i++) {
            if (i == loss.size() || Math.floor(loss.epoch(i)) != Math.floor(loss.epoch(from))) {
                // A point exactly at a border belongs to the epoch before it or after it, by program: leave it out.
                int first = whole || loss.epoch(from) != Math.rint(loss.epoch(from)) ? from : from + 1;
                if (i - first >= POINTS_PER_EPOCH) {
                    epochs.add(Epoch.of(loss, first, i));
                }
                from = i;
            }
        }
        return epochs;
    }

    private record Epoch(
            long number,
            int n,
            double median,
            double slope,
            double residual,
            long firstStep,
            long middleStep,
            long lastStep) {

        static Epoch of(Curve loss, int from, int to) {
            double[] values = loss.values(from, to);
            int n = values.length;
            double perPoint = Trend.of(values).slope();
            double middle = (n - 1) / 2.0;
            double[] residuals = new double[n];
            Arrays.setAll(residuals, i -> values[i] - perPoint * (i - middle));
            return new Epoch(
                    (long) Math.floor(loss.epoch(from)),
                    n,
                    Robust.median(residuals),
                    perPoint * n,
                    Robust.scale(residuals),
                    loss.step(from),
                    loss.step((from + to) / 2),
                    loss.step(to - 1));
        }

        /** Variance of a median of normal values: π/2 σ²/n. */
        double medianVariance() {
            return Math.PI / 2 * residual * residual / n;
        }

        /** Variance of a fitted change over the whole epoch: σ² n² / Σ(i − mean)² = 12 σ²/n. */
        double slopeVariance() {
            return 12 * residual * residual / n;
        }
    }
}
