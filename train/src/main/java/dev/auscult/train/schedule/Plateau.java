package dev.auscult.train.schedule;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Multiplies the learning rate by f when the validation loss has not gained for more than a number of epochs.
 *
 * <p>A loss below best·(1 − threshold) is a gain; the first is the baseline. When bad epochs &gt; patience, η ←
 * max(η_min, η·f), bad epochs count anew, and for {@code cooldown} epochs none is counted. A change of less than 10⁻⁸ is
 * not made.
 *
 * <p>Source: {@code torch.optim.lr_scheduler.ReduceLROnPlateau} (mode min, threshold mode rel). Unlike early stopping, it
 * acts when bad epochs exceed patience, not when they reach it.
 */
final class Plateau implements Schedule {
    private static final double LEAST_CHANGE = 1e-8;

    private final double floor;
    private final double factor;
    private final int patience;
    private final double threshold;
    private final int cooldown;

    private double rate;
    private double best = Double.POSITIVE_INFINITY;
    private int bad;
    private int rest;

    Plateau(double base, double floor, double factor, int patience, double threshold, int cooldown) {
        this.rate = base;
        this.floor = floor;
        this.factor = factor;
        this.patience = patience;
        this.threshold = threshold;
        this.cooldown = cooldown;
    }

    @Override
    public double at(long step) {
        return rate;
    }

    @Override
    public void observe(int epoch, double validationLoss) {
        if (validationLoss < best * (1 - threshold)) {
            best = validationLoss;
            bad = 0;
        } else {
            bad++;
        }
        if (rest > 0) {
            rest--;
            bad = 0;
        }
        if (bad > patience) {
            double lower = Math.max(floor, rate * factor);
            if (rate - lower > LEAST_CHANGE) {
                rate = lower;
            }
            rest = cooldown;
            bad = 0;
        }
    }

    @Override
    public Map<String, Double> state() {
        // In order, so that a checkpoint is the same whatever machine wrote it.
        Map<String, Double> state = new LinkedHashMap<>();
        state.put("rate", rate);
        state.put("best", best);
        state.put("bad", (double) bad);
        state.put("rest", (double) rest);
        return state;
    }

    @Override
    public void restore(Map<String, Double> state) {
        rate = StateReader.number(state, "rate");
        best = StateReader.number(state, "best");
        bad = (int) StateReader.number(state, "bad");
        rest = (int) StateReader.number(state, "rest");
    }
}
