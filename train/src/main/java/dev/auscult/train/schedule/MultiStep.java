package dev.auscult.train.schedule;

import java.util.List;

/**
 * η(t) = max(η_min, η₀·f^n), with n the number of milestones ≤ t.
 *
 * <p>Source: {@code torch.optim.lr_scheduler.MultiStepLR}.
 *
 * @param base η₀
 * @param floor η_min
 * @param factor f
 * @param milestones steps or epochs at which the learning rate drops, in any order
 */
record MultiStep(double base, double floor, double factor, List<Double> milestones) implements Curve {
    MultiStep {
        milestones = List.copyOf(milestones);
    }

    @Override
    public double at(double t) {
        long passed = milestones.stream().filter(m -> m <= t).count();
        return Math.max(floor, base * Math.pow(factor, (double) passed));
    }
}
