package dev.auscult.train.schedule;

/**
 * η(t) = η₀ up to (1 − p)T, then linear down to η_min at T: warm-up–stable–decay behind a warm-up.
 *
 * <p>Source: Hu et al., MiniCPM (2024), section 4: a decay of a tenth of the training is enough, a fortieth is not.
 *
 * @param base η₀
 * @param floor η_min
 * @param length T
 * @param share p, the part of T that decays
 */
record StableDecay(double base, double floor, double length, double share) implements Curve {
    @Override
    public double at(double t) {
        double decay = share * length;
        double left = length - t;
        if (left >= decay) {
            return base;
        }
        return left <= 0 ? floor : floor + (base - floor) * left / decay;
    }
}
