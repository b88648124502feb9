package dev.auscult.train.schedule;

/**
 * η(t) = max(η_min, η₀·√(s/(s + t))).
 *
 * <p>With s = W after a linear warm-up over W steps this is the schedule of Vaswani et al., Attention Is All You Need
 * (2017), section 5.3, scaled so that its peak is η₀; as {@code get_inverse_sqrt_schedule} of Hugging Face Transformers.
 *
 * @param base η₀
 * @param floor η_min
 * @param scale s: after 3·s the learning rate is halved
 */
record InverseSquareRoot(double base, double floor, double scale) implements Curve {
    @Override
    public double at(double t) {
        return Math.max(floor, base * Math.sqrt(scale / (scale + t)));
    }
}
