package dev.auscult.diagnose.measure;

import java.util.Optional;

import dev.auscult.run.Direction;
import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;

/** Scores of any scale and direction as points missing from a perfect 100, so that lower is better for all of them. */
public final class ErrorPoints {
    /** No score that counts from 0 to 1 exceeds this, so larger ones count from 0 to 100. */
    private static final double LARGEST_SHARE = 1.5;

    private ErrorPoints() {}

    /** The score as missing points [0..100]; absent if it has no perfect value (a reward) or leaves its range. */
    public static Optional<Curve> of(Curve score) {
        Quantity quantity = score.key().quantity();
        if (score.isEmpty() || !quantity.isScore() || quantity == Quantity.REWARD) {
            return Optional.empty();
        }
        boolean lower = score.key().direction() == Direction.LOWER_IS_BETTER;
        double full = score.max() > LARGEST_SHARE ? 100 : 1;
        if (score.min() < 0 || (!lower && score.max() > full * (1 + 1e-6))) {
            return Optional.empty();
        }
        double[] missing = score.values();
        for (int i = 0; i < missing.length; i++) {
            double share = missing[i] / full;
            missing[i] = 100 * (lower ? share : 1 - share);
        }
        MetricKey key = score.key();
        return Optional.of(score.withValues(
                new MetricKey(
                        key.split(), key.quantity(), key.part(), key.grain(), Direction.LOWER_IS_BETTER, key.name()),
                missing));
    }
}
