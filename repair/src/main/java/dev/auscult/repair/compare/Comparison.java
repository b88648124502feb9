package dev.auscult.repair.compare;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A figure with and without a change, over the same seeds.
 *
 * @param metric the figure: {@code validation/accuracy}
 * @param higherIsBetter whether it is
 * @param before by seed [seeds]
 * @param after by seed [seeds]
 * @param p one-sided probability of a gain at least this large if the change did nothing (paired sign-flip, exact)
 * @param effect mean gain over the standard deviation of the gains (Cohen's d of pairs); positive where it is better,
 *     infinite where all gains are the same
 * @param gain mean gain in units of the figure; positive where it is better
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record Comparison(
        String metric, boolean higherIsBetter, double[] before, double[] after, double p, double effect, double gain) {
    public Comparison {
        Objects.requireNonNull(metric, "metric");
        before = before.clone();
        after = after.clone();
    }

    /** Compares where nothing is known of how bad the figure can get. */
    public static Comparison of(String metric, boolean higherIsBetter, double[] before, double[] after) {
        return of(metric, higherIsBetter, before, after, OptionalDouble.empty());
    }

    /**
     * Compares.
     *
     * <p>A figure that is not finite is that of a training that came to nothing: it counts as the worst, and the gain and
     * the effect are taken with that. Leaving such seeds out would favour whatever diverges more often. Where no bound is
     * given, the worst is one range of the finite figures below the least of them; that depends on all figures alike,
     * whichever side they are on, and so leaves the test exact.
     *
     * @param before by seed [seeds]
     * @param after by the same seeds [seeds]
     * @param worst where the figure counts as bad as can be; what is beyond it counts as this
     * @throws IllegalArgumentException if there are not as many figures before as after
     */
    public static Comparison of(
            String metric, boolean higherIsBetter, double[] before, double[] after, OptionalDouble worst) {
        if (before.length != after.length) {
            throw new IllegalArgumentException(
                    "pairs are compared, found " + before.length + " figures before and " + after.length + " after");
        }
        double sign = higherIsBetter ? 1 : -1;
        double floor = worst.isPresent() ? sign * worst.getAsDouble() : floor(sign, before, after);
        double[] gains = new double[before.length];
        for (int i = 0; i < gains.length; i++) {
            gains[i] = bounded(sign * after[i], floor) - bounded(sign * before[i], floor);
        }
        double mean = DoubleStream.of(gains).average().orElse(0);
        return new Comparison(metric, higherIsBetter, before, after, SignFlip.p(gains), effect(gains, mean), mean);
    }

    /** The same the other way round: whether it was better before. */
    public Comparison reversed(OptionalDouble worst) {
        return of(metric, higherIsBetter, after, before, worst);
    }

    private static double floor(double sign, double[] before, double[] after) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] side : new double[][] {before, after}) {
            for (double value : side) {
                if (Double.isFinite(value)) {
                    least = Math.min(least, sign * value);
                    most = Math.max(most, sign * value);
                }
            }
        }
        if (least > most) {
            return 0;
        }
        double range = most - least;
        double below = range > 0 ? range : Math.max(1, Math.abs(least));
        return Math.max(-Double.MAX_VALUE / 4, least - below);
    }

    private static double bounded(double value, double floor) {
        return Double.isFinite(value) ? Math.max(value, floor) : floor;
    }

    private static double effect(double[] gains, double mean) {
        double squares = 0;
        for (double gain : gains) {
            squares += (gain - mean) * (gain - mean);
        }
        double deviation = gains.length < 2 ? 0 : Math.sqrt(squares / (gains.length - 1));
        if (deviation <= 1e-12 * Math.abs(mean)) {
            return mean == 0 ? 0 : Math.signum(mean) * Double.POSITIVE_INFINITY;
        }
        return mean / deviation;
    }

    @Override
    public double[] before() {
        return before.clone();
    }

    @Override
    public double[] after() {
        return after.clone();
    }
}
