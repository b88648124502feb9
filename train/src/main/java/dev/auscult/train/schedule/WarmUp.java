package dev.auscult.train.schedule;

import java.util.List;
import java.util.Map;

/**
 * Raises the learning rate to where another schedule starts, then lets that one begin at its time 0.
 *
 * <p>Step n of W: η = η_s·(a + (1 − a)·n/W) (linear) or η_s·a^(1 − n/W) (exponential), with η_s what the other schedule
 * gives at its start. It rises at every step, whether the other counts steps or epochs.
 *
 * <p>Source: {@code torch.optim.lr_scheduler.LinearLR} within a {@code SequentialLR}; Goyal et al., Accurate, Large
 * Minibatch SGD (2017), section 2.2.
 *
 * @param next what comes after
 * @param steps W
 * @param exponential whether it rises exponentially
 * @param from a
 */
record WarmUp(Schedule next, long steps, boolean exponential, double from) implements Schedule {
    @Override
    public double at(long step) {
        if (step >= steps) {
            return next.at(step - steps);
        }
        double done = (double) step / steps;
        double share = exponential ? Math.pow(from, 1 - done) : from + (1 - from) * done;
        return next.at(0) * share;
    }

    @Override
    public void observe(int epoch, double validationLoss) {
        next.observe(epoch, validationLoss);
    }

    @Override
    public Map<String, Double> state() {
        return next.state();
    }

    @Override
    public void restore(Map<String, Double> state) {
        next.restore(state);
    }

    @Override
    public List<String> warnings() {
        return next.warnings();
    }
}
