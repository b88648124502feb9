package dev.auscult.train.regularize;

import dev.auscult.train.spec.TrainingSettings;

/**
 * What share of the weights is pruned at which step: s = s₁ + (s₀ − s₁)·(1 − (t − t₀)/(t₁ − t₀))³ from step t₀ to step t₁.
 *
 * <p>Source: Zhu and Gupta, To prune, or not to prune (2017), equation 1.
 */
final class SparsitySchedule {
    /** Prunings where the spec does not say how many steps lie between them. */
    private static final int PRUNINGS = 50;

    private final double first;
    private final double last;
    private final long begin;
    private final long end;
    private final long every;

    /**
     * A schedule.
     *
     * @param steps steps of the whole training
     */
    SparsitySchedule(TrainingSettings.Pruning settings, long steps) {
        this.first = settings.from();
        this.last = settings.share();
        // At the latest before the last step, or there would be nothing to learn without what is out.
        this.begin = Math.min(Math.max(0, steps - 1), (long) (settings.begin() * steps));
        this.end = Math.max(begin, Math.min(Math.max(0, steps - 1), (long) (settings.end() * steps)));
        this.every = settings.every() > 0 ? settings.every() : Math.max(1, (end - begin + PRUNINGS - 1) / PRUNINGS);
    }

    /** The step before which the first weights are pruned. */
    long begin() {
        return begin;
    }

    /** The step before which the last weights are pruned. */
    long end() {
        return end;
    }

    /** Whether weights are pruned before a step. */
    boolean isDue(long step) {
        return step == end || (step >= begin && step < end && (step - begin) % every == 0);
    }

    /** The share that is to be out from a step on. */
    double at(long step) {
        if (step < begin) {
            return 0;
        }
        if (step >= end) {
            return last;
        }
        double left = 1 - (double) (step - begin) / (end - begin);
        return last + (first - last) * left * left * left;
    }
}
