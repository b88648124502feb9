package dev.auscult.diagnose.measure;

import java.util.Optional;

import dev.auscult.run.Direction;

/**
 * Whether a run is simply finished: the shared gate that keeps rules silent which would otherwise alarm on the flat end of
 * a good run.
 *
 * <p>A run has converged when it has learned (its loss fell far below its start, or its score reached its goal) and has
 * become flat (over the last third of the points the change expected from the trend is within the noise or below 2 % of
 * the level).
 *
 * @param learned share 0..1 of the start loss that is gone: 1 − end / start; NaN without a positive loss
 * @param flat whether the last third has no trend beyond noise and 2 %
 * @param scoreAtGoal whether a score that counts from 0 to 1 ends at 0.95 or better (0.05 for error rates)
 */
public record Convergence(double learned, boolean flat, boolean scoreAtGoal) {
    /** Fall of the loss, as a share of its start, that counts as having learned. */
    private static final double LEARNED = 0.5;

    private static final double GOAL = 0.95;

    /** Measures convergence on a loss and, if there is one, a score. */
    public static Convergence of(Optional<Curve> loss, Optional<Curve> score) {
        double learned = loss.filter(l -> l.startLevel() > 0)
                .map(l -> 1 - l.endLevel() / l.startLevel())
                .orElse(Double.NaN);
        boolean flat = loss.or(() -> score).map(Convergence::isFlat).orElse(false);
        boolean goal = score.map(Convergence::isAtGoal).orElse(false);
        return new Convergence(learned, flat, goal);
    }

    /** Whether the run has learned and become flat, so that flatness is no fault. */
    public boolean isConverged() {
        return flat && hasLearned();
    }

    /** Whether the loss fell far below its start, or the score reached its goal. */
    public boolean hasLearned() {
        return scoreAtGoal || learned >= LEARNED;
    }

    /** Whether the last third of a curve goes nowhere beyond noise and 2 % of its level. */
    public static boolean isFlat(Curve curve) {
        if (curve.size() < 6) {
            return false;
        }
        Curve tail = curve.tail(1 / 3.0).reduced(40);
        double change = Math.abs(tail.trend().slope()) * (tail.size() - 1);
        double level = Math.abs(Robust.median(tail.values()));
        double noise = tail.noise();
        double standardError = Double.isNaN(noise) ? 0 : noise / Math.sqrt(tail.size() / 4.0);
        return change <= Math.max(0.02 * level, 2 * standardError);
    }

    private static boolean isAtGoal(Curve score) {
        if (score.min() < 0 || score.max() > 1) {
            return false;
        }
        return score.key().direction() == Direction.LOWER_IS_BETTER
                ? score.endLevel() <= 1 - GOAL
                : score.endLevel() >= GOAL;
    }
}
