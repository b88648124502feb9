package dev.auscult.train.schedule;

/**
 * η(t) = η_min + ½(η₀ − η_min)(1 + cos(πt/T)) up to T, then η_min.
 *
 * <p>Source: Loshchilov and Hutter, SGDR (2017), equation 5; {@code torch.optim.lr_scheduler.CosineAnnealingLR}, which
 * rises again after T where this one stays down.
 *
 * @param base η₀
 * @param floor η_min
 * @param length T
 */
record Cosine(double base, double floor, double length) implements Curve {
    @Override
    public double at(double t) {
        return t >= length ? floor : floor + (base - floor) * (1 + Math.cos(Math.PI * t / length)) / 2;
    }
}
