package dev.auscult.train.schedule;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lowers the learning rate while validation worsens: η·min(1, 1/min(t_p, t_d)).
 *
 * <p>Validation worsens from the first epoch t_p (from 1) whose loss is above the least so far until one that is not; t_d
 * is how many epochs that has lasted, and η the learning rate when it began. The lowered learning rate stays: η is never
 * raised again. Since min(t_p, t_d) ≤ t_p, noise in the first epochs costs little.
 */
final class ValidationDecay implements Schedule {
    private final double floor;

    private double rate;
    /** The learning rate before validation began to worsen. */
    private double before;

    private double best = Double.POSITIVE_INFINITY;
    /** t_p; 0 while validation does not worsen. */
    private int began;

    ValidationDecay(double base, double floor) {
        this.rate = base;
        this.before = base;
        this.floor = floor;
    }

    @Override
    public double at(long step) {
        return rate;
    }

    @Override
    public void observe(int epoch, double validationLoss) {
        if (validationLoss <= best) {
            best = validationLoss;
            began = 0;
            return;
        }
        if (began == 0) {
            began = Math.max(1, epoch);
            before = rate;
        }
        int lasted = Math.max(1, epoch - began + 1);
        double lower = before * Math.min(1, 1.0 / Math.min(began, lasted));
        rate = Math.min(rate, Math.max(floor, lower));
    }

    @Override
    public Map<String, Double> state() {
        // In order, so that a checkpoint is the same whatever machine wrote it.
        Map<String, Double> state = new LinkedHashMap<>();
        state.put("rate", rate);
        state.put("before", before);
        state.put("best", best);
        state.put("began", (double) began);
        return state;
    }

    @Override
    public void restore(Map<String, Double> state) {
        rate = StateReader.number(state, "rate");
        before = StateReader.number(state, "before");
        best = StateReader.number(state, "best");
        began = (int) StateReader.number(state, "began");
    }
}
