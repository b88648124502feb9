package dev.auscult.diagnose.measure;

import java.util.Optional;

import dev.auscult.run.Direction;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;

/**
 * Whether a network cannot even fit its training data: the effect without which a small network is only small.
 *
 * @param known whether there is a training loss long enough to tell
 * @param left training loss at the end over that of the best constant prediction, else over that at the start
 * @param score training score at the end; NaN without one that counts from 0 to 1
 * @param underfits whether the loss is flat and the score, or without one the loss, is far from its goal
 */
public record Shortfall(boolean known, double left, double score, boolean underfits) {
    private static final int FEWEST_POINTS = 12;
    private static final double POOR_SCORE = 0.7;
    private static final double MUCH_LEFT = 0.5;
    private static final Shortfall UNKNOWN = new Shortfall(false, Double.NaN, Double.NaN, false);

    /** The shortfall of a run on its training data. */
    public static Shortfall of(Run run, Optional<Curve> trainLoss, Optional<Curve> trainScore) {
        Curve loss = trainLoss.filter(l -> l.size() >= FEWEST_POINTS).orElse(null);
        if (loss == null) {
            return UNKNOWN;
        }
        double reference = run.probe(Probe.Kind.LOSS_AT_START)
                .map(p -> p.number("expected").orElse(Double.NaN))
                .filter(e -> e > 0)
                .orElse(loss.startLevel());
        double left = loss.endLevel() / reference;
        double score = trainScore
                .filter(s -> s.min() >= 0 && s.max() <= 1 && s.key().direction() == Direction.HIGHER_IS_BETTER)
                .map(Curve::endLevel)
                .orElse(Double.NaN);
        boolean poor = Double.isNaN(score) ? left >= MUCH_LEFT : score <= POOR_SCORE;
        return new Shortfall(true, left, score, poor && Convergence.isFlat(loss));
    }
}
