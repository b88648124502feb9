package dev.auscult.train.schedule;

/**
 * η(t) = η_min + (η₀ − η_min)·(1 − t/T)^β up to T, then η_min; with η_min = 0 it is η₀(1 − t/T)^β, and with β = 1 the
 * linear (time) decay η₀(1 − t/T).
 *
 * <p>Source: {@code torch.optim.lr_scheduler.PolynomialLR}; as the "poly" policy in Liu, Rabinovich and Berg, ParseNet
 * (2015).
 *
 * @param base η₀
 * @param floor η_min
 * @param length T
 * @param power β
 */
record Polynomial(double base, double floor, double length, double power) implements Curve {
    @Override
    public double at(double t) {
        return t >= length ? floor : floor + (base - floor) * Math.pow(1 - t / length, power);
    }
}
