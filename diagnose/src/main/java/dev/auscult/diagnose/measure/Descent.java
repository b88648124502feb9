package dev.auscult.diagnose.measure;

/**
 * How a loss comes down, from the means of the three thirds of its points.
 *
 * @param start level of the first third
 * @param end level of the last third
 * @param linearity fall from the second to the last third over the fall from the first to the second: 1 for a straight
 *     line, 0 for a curve that has become flat
 * @param z Mann–Kendall statistic; below −2.58 the loss falls beyond chance
 * @param signalToNoise fall per point over the standard deviation of the noise
 */
public record Descent(double start, double end, double linearity, double z, double signalToNoise) {

    /** Measures a loss with at least six points. */
    public static Descent of(Curve loss) {
        double[] thirds = loss.blockMeans(3);
        Trend trend = loss.trend();
        double linearity = (thirds[1] - thirds[2]) / (thirds[0] - thirds[1]);
        return new Descent(thirds[0], thirds[2], linearity, trend.z(), -trend.slope() / loss.noise());
    }

    /** Fall from the first to the last third as a share of the level. */
    public double relativeFall() {
        return (start - end) / Math.abs(start);
    }

    /** Whether the loss falls beyond chance, and late about as fast as early (0.7 to 1.4 times). */
    public boolean isStraight() {
        return z < -2.58 && linearity >= 0.7 && linearity <= 1 / 0.7;
    }
}
