package dev.auscult.train.schedule;

/**
 * η(t) = max(η_min, η₀(1 − γ)^t).
 *
 * <p>Source: {@code torch.optim.lr_scheduler.ExponentialLR}, whose gamma is 1 − γ.
 *
 * @param base η₀
 * @param floor η_min
 * @param gamma γ, the share lost per step or epoch
 */
record Exponential(double base, double floor, double gamma) implements Curve {
    @Override
    public double at(double t) {
        return Math.max(floor, base * Math.pow(1 - gamma, t));
    }
}
