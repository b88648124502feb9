package dev.auscult.train.schedule;

/**
 * η(t) = η₀ + (η_max − η₀)·max(0, 1 − |t/s − 2c + 1|)·scale, with the cycle c = ⌊1 + t/(2s)⌋; scale is 1 (triangular),
 * 2^−(c−1) (triangular2) or γ^t (exp-range).
 *
 * <p>Source: Smith, Cyclical Learning Rates (2017), section 3.2; {@code torch.optim.lr_scheduler.CyclicLR}.
 *
 * @param base η₀, the lowest learning rate
 * @param peak η_max
 * @param half s, half of a cycle
 * @param shrink how the height changes
 * @param gamma γ of exp-range
 */
record Cyclic(double base, double peak, double half, Shrink shrink, double gamma) implements Curve {
    /** How the height of a cycle changes. */
    enum Shrink {
        NONE,
        HALVES,
        EXPONENTIAL
    }

    @Override
    public double at(double t) {
        double cycle = Math.floor(1 + t / (2 * half));
        double height = Math.max(0, 1 - Math.abs(t / half - 2 * cycle + 1));
        double scale = switch (shrink) {
            case NONE -> 1;
            case HALVES -> Math.pow(2, 1 - cycle);
            case EXPONENTIAL -> Math.pow(gamma, t);
        };
        return base + (peak - base) * height * scale;
    }
}
