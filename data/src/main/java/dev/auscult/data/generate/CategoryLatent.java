package dev.auscult.data.generate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import dev.auscult.data.learn.Normal;

/** What stands behind a column of categories, or behind the gaps of a column: intervals as wide as they are frequent. */
final class CategoryLatent implements Latent {
    private final Feature feature;
    /** What a row holds where the number is missing; NaN for categories. */
    private final float fill;

    private final int[] order;
    private final int[] placeOf;
    /** The normal number at the end of each interval but the last. */
    private final double[] limits;

    private final double[] scores;

    private CategoryLatent(Feature feature, float fill, int[] counts, int[] order) {
        this.feature = feature;
        this.fill = fill;
        this.order = order;
        this.placeOf = new int[order.length];
        this.limits = new double[order.length - 1];
        this.scores = new double[order.length];
        long all = IntStream.of(counts).asLongStream().sum();
        long below = 0;
        for (int place = 0; place < order.length; place++) {
            placeOf[order[place]] = place;
            long upTo = below + counts[order[place]];
            scores[place] = upTo == below ? 0 : Latent.mean((double) below / all, (double) upTo / all);
            if (place < limits.length) {
                limits[place] = upTo == 0
                        ? Double.NEGATIVE_INFINITY
                        : upTo == all ? Double.POSITIVE_INFINITY : Normal.quantile((double) upTo / all);
            }
            below = upTo;
        }
    }

    /** Whether a number is missing. */
    static CategoryLatent ofGaps(Feature feature, PreparedRows rows, int[] own) {
        int[] counts = new int[2];
        float fill = 0;
        for (int row : own) {
            boolean missing = feature.isMissing(rows.values(), row * rows.width());
            counts[missing ? 1 : 0]++;
            fill = missing ? rows.values()[row * rows.width() + feature.offset()] : fill;
        }
        return new CategoryLatent(feature, fill, counts, new int[] {0, 1});
    }

    /**
     * A column of categories.
     *
     * @param numbers scores of the number columns [columns][own rows]
     */
    static CategoryLatent of(Feature feature, PreparedRows rows, int[] own, List<double[]> numbers) {
        int[] category = new int[own.length];
        int[] counts = new int[feature.width()];
        for (int i = 0; i < own.length; i++) {
            category[i] = feature.category(rows.values(), own[i] * rows.width());
            counts[category[i]]++;
        }
        double[] best = new double[counts.length];
        double most = 0;
        for (double[] scores : numbers) {
            double[] means = new double[counts.length];
            for (int i = 0; i < own.length; i++) {
                means[category[i]] += scores[i];
            }
            double between = 0;
            for (int k = 0; k < means.length; k++) {
                means[k] = counts[k] == 0 ? 0 : means[k] / counts[k];
                between += counts[k] * means[k] * means[k];
            }
            if (between > most) {
                most = between;
                best = means;
            }
        }
        double[] means = best;
        int[] order = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(k -> means[k]).thenComparing(k -> -counts[k]))
                .mapToInt(k -> k)
                .toArray();
        return new CategoryLatent(feature, Float.NaN, counts, order);
    }

    @Override
    public double score(float[] values, int row) {
        return scores[
                Float.isNaN(fill) ? placeOf[feature.category(values, row)] : feature.isMissing(values, row) ? 1 : 0];
    }

    @Override
    public void write(double normal, float[] into, int row) {
        int place = 0;
        while (place < limits.length && normal > limits[place]) {
            place++;
        }
        if (!Float.isNaN(fill)) {
            into[row + feature.offset() + 1] = place;
            if (place == 1) {
                into[row + feature.offset()] = fill;
            }
            return;
        }
        for (int k = 0; k < feature.width(); k++) {
            into[row + feature.offset() + k] = k == order[place] ? 1 : 0;
        }
    }
}
