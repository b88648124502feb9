package dev.auscult.train.schedule;

/**
 * η(t) = η₀.
 *
 * @param base η₀
 */
record Constant(double base) implements Curve {
    @Override
    public double at(double t) {
        return base;
    }
}
