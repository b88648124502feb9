package dev.auscult.diagnose.measure;

import java.util.Arrays;

/**
 * How the size of a signal changes from layer to layer.
 *
 * @param layers number of layers
 * @param factor median ratio of neighbours
 * @param product size at the last over size at the first layer
 * @param agreeing share of the steps that go the same way as the median
 */
public record DepthTrend(int layers, double factor, double product, double agreeing) {
    private static final double AGREEING = 0.75;

    /** The trend of positive sizes in order of execution; at least two. */
    public static DepthTrend of(double[] sizes) {
        double[] logs = Arrays.stream(sizes).map(Math::log).toArray();
        double[] steps = new double[logs.length - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = logs[i + 1] - logs[i];
        }
        double median = Robust.median(steps);
        long same = Arrays.stream(steps).filter(s -> s * median > 0).count();
        return new DepthTrend(
                sizes.length,
                Math.exp(median),
                Math.exp(logs[logs.length - 1] - logs[0]),
                (double) same / steps.length);
    }

    /** Whether it changes by the same factor from layer to layer, above a factor per layer and over the depth. */
    public boolean isGeometric(double leastFactor, double leastProduct) {
        return Math.abs(Math.log(factor)) > Math.log(leastFactor)
                && Math.abs(Math.log(product)) > Math.log(leastProduct)
                && (factor > 1) == (product > 1)
                && agreeing >= AGREEING;
    }
}
