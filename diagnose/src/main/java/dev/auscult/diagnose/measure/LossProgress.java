package dev.auscult.diagnose.measure;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Split;

/**
 * What became of the loss, as evidence for rules that judge something else: a strange gradient in a run that learns is a
 * remark, in a run that does not it is a cause.
 *
 * @param known whether there is a loss with enough points
 * @param fall share of the start level that is gone at the end: 1 − end / start
 * @param guesses whether it begins in the unit of a cross-entropy and ends no better than that of guessing by the class shares
 * @param falls whether it goes down over the whole run beyond chance (Mann–Kendall, 1 %)
 * @param rises whether it ends above its lowest level by a fifth of what it had gained, and beyond three standard
 *     deviations of its noise
 * @param endsFinite whether a training loss was logged and its last value is a number
 * @param endsNonFinite whether the last value of a training loss is NaN or infinite
 */
public record LossProgress(
        boolean known,
        double fall,
        boolean guesses,
        boolean falls,
        boolean rises,
        boolean endsFinite,
        boolean endsNonFinite) {
    private static final int FEWEST_POINTS = 6;
    private static final int BLOCKS = 10;
    private static final double STUCK = 0.1;
    private static final double RISE = 0.2;

    /** Share of the cost of guessing from which a loss says no more than the class shares. */
    private static final double GUESSING = 0.95;

    /** The progress of a loss of a run; unknown if it has no loss. */
    public static LossProgress of(Run run, Optional<Curve> loss) {
        List<Series> losses = run.metrics(Split.TRAIN, Quantity.LOSS)
                .filter(s -> s.key().isWhole())
                .toList();
        boolean nonFinite = losses.stream().anyMatch(s -> !Double.isFinite(s.last()));
        boolean finite = !losses.isEmpty() && !nonFinite;
        Curve curve = loss.filter(l -> l.size() >= FEWEST_POINTS).orElse(null);
        if (curve == null) {
            return new LossProgress(false, Double.NaN, false, false, false, finite, nonFinite);
        }
        double[] levels = curve.blockMedians(BLOCKS);
        double lowest = levels[0];
        for (double level : levels) {
            lowest = Math.min(lowest, level);
        }
        double rise = curve.endLevel() - lowest;
        double gained = Math.max(levels[0] - lowest, 0.1 * Math.abs(lowest));
        boolean beyondNoise = curve.size() < BLOCKS || rise > 3 * curve.noise();
        return new LossProgress(
                true,
                1 - curve.endLevel() / curve.startLevel(),
                isGuessing(run, curve),
                curve.trend().falls() && curve.endLevel() < curve.startLevel(),
                rise > RISE * gained && beyondNoise,
                finite,
                nonFinite);
    }

    /**
     * Whether a loss ends at the cost of guessing or above. A network whose outputs are too large at first comes down to it,
     * and one whose first step was too large comes back to it; neither has learned anything of its input. One that begins at
     * twice the cost or more may be measured in another unit, such as a sum.
     */
    private static boolean isGuessing(Run run, Curve curve) {
        OptionalDouble cost = Task.costOfGuessing(run);
        return cost.isPresent()
                && curve.first() < 2 * cost.getAsDouble()
                && curve.endLevel() >= GUESSING * cost.getAsDouble();
    }

    /** Whether the loss is known and never went down, or no further than to the cost of guessing. */
    public boolean isStuck() {
        return known && (guesses || (!falls && !(fall >= STUCK)));
    }

    /** Whether the loss got worse. */
    public boolean suffers() {
        return rises || endsNonFinite;
    }

    /** Whether something is wrong with the training itself: it never learned, or it got worse. */
    public boolean isBad() {
        return isStuck() || suffers();
    }
}
