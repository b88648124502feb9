package dev.auscult.train.schedule;

/**
 * η(t) = η_min + ½(η₀ − η_min)(1 + cos(π·t_i/T_i)), with t_i the time since restart i and T_i = T₀·m^i.
 *
 * <p>Source: Loshchilov and Hutter, SGDR (2017), equation 5; {@code
 * torch.optim.lr_scheduler.CosineAnnealingWarmRestarts}.
 *
 * @param base η₀
 * @param floor η_min
 * @param first T₀, the length of the first period
 * @param growth m ≥ 1, how much longer each period is than the one before
 */
record CosineRestarts(double base, double floor, double first, double growth) implements Curve {
    @Override
    public double at(double t) {
        double since;
        double period;
        if (growth == 1) {
            period = first;
            since = t % first;
        } else {
            // The periods before restart i take T₀(m^i − 1)/(m − 1).
            double restarts = Math.floor(Math.log1p(t / first * (growth - 1)) / Math.log(growth));
            period = first * Math.pow(growth, restarts);
            since = t - first * (Math.pow(growth, restarts) - 1) / (growth - 1);
            // The logarithm may fall on the wrong side of a restart by a rounding error.
            if (since >= period) {
                since -= period;
                period *= growth;
            } else if (since < 0) {
                period /= growth;
                since += period;
            }
        }
        return floor + (base - floor) * (1 + Math.cos(Math.PI * since / period)) / 2;
    }
}
