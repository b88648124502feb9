package dev.auscult.train.schedule;

/**
 * η(t) = max(η_min, η₀·f^⌊t/s⌋).
 *
 * <p>Source: {@code torch.optim.lr_scheduler.StepLR}.
 *
 * @param base η₀
 * @param floor η_min
 * @param factor f
 * @param every s, steps or epochs between two drops
 */
record StepDecay(double base, double floor, double factor, double every) implements Curve {
    @Override
    public double at(double t) {
        return Math.max(floor, base * Math.pow(factor, Math.floor(t / every)));
    }
}
