package dev.auscult.train.schedule;

/**
 * η(t) = max(η_min, η₀(1 − t/T)^β·cos(2πt/T)) up to T, then η_min.
 *
 * <p>Between T/4 and 3T/4 the cosine is negative, and a negative learning rate would climb the loss: there it stays at the
 * floor.
 *
 * @param base η₀
 * @param floor η_min ≥ 0
 * @param length T
 * @param power β
 */
record DampedCosine(double base, double floor, double length, double power) implements Curve {
    @Override
    public double at(double t) {
        if (t >= length) {
            return floor;
        }
        return Math.max(floor, base * Math.pow(1 - t / length, power) * Math.cos(2 * Math.PI * t / length));
    }
}
