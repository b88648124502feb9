package dev.auscult.train.schedule;

/**
 * Up along half a cosine from η₀ to η_max over the first share p of T, then down along another to η_min at the last step.
 *
 * <p>η(t) = a + (b − a)(1 − cos(πu))/2, with u = t/(pT − 1) from a = η₀ to b = η_max, then u = (t − pT + 1)/(T − pT) from
 * a = η_max to b = η_min; after T − 1 it stays at η_min.
 *
 * <p>Source: Smith and Topin, Super-Convergence (2018), with the cosine of fastai; {@code
 * torch.optim.lr_scheduler.OneCycleLR}, where η₀ = η_max/25 and η_min = η₀/10⁴ unless said otherwise.
 *
 * @param base η₀
 * @param peak η_max
 * @param floor η_min
 * @param length T
 * @param share p
 */
record OneCycle(double base, double peak, double floor, double length, double share) implements Curve {
    @Override
    public double at(double t) {
        double top = share * length - 1;
        if (t < top) {
            return along(base, peak, t / top);
        }
        double rest = length - 1 - top;
        return rest <= 0 ? floor : along(peak, floor, Math.min(1, (t - Math.max(0, top)) / rest));
    }

    private static double along(double from, double to, double u) {
        return to + (from - to) * (1 + Math.cos(Math.PI * u)) / 2;
    }
}
