package dev.auscult.data.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Products of two inputs that a linear model may lack: those that go along most with what it leaves open. They are picked on
 * other rows than those that they are tested on, else the test would find what it was picked for.
 */
public final class Interactions {
    private Interactions() {}

    /**
     * Two columns of the inputs.
     *
     * @param first the place of one
     * @param second the place of the other
     */
    public record Pair(int first, int second) {}

    /** The most promising pairs, the first the most. */
    public static List<Pair> promising(FeatureMatrix inputs, Outcome outcome, int most, long seed) {
        double[][] residuals = new LinearTrial(outcome, seed).residuals(inputs);
        LinearInputs scaled = scaled(inputs);
        record Scored(Pair pair, double score) {}
        List<Scored> scored = new ArrayList<>();
        for (int a = 0; a < inputs.width(); a++) {
            for (int b = a + 1; b < inputs.width(); b++) {
                double[] product = product(scaled, a, b);
                double best = 0;
                for (double[] residual : residuals) {
                    best = Math.max(best, Math.abs(correlation(product, residual)));
                }
                scored.add(new Scored(new Pair(a, b), best));
            }
        }
        return scored.stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .limit(most)
                .map(Scored::pair)
                .toList();
    }

    /** The inputs with the product of two of them, each less its mean, as one more. */
    public static FeatureMatrix with(FeatureMatrix inputs, Pair pair) {
        return inputs.with(
                inputs.names().get(pair.first) + " × " + inputs.names().get(pair.second),
                product(scaled(inputs), pair.first, pair.second));
    }

    private static LinearInputs scaled(FeatureMatrix inputs) {
        return LinearInputs.withoutGaps(
                inputs, IntStream.range(0, inputs.rows()).toArray());
    }

    private static double[] product(LinearInputs scaled, int a, int b) {
        double[] product = new double[scaled.rows()];
        for (int i = 0; i < product.length; i++) {
            product[i] = scaled.row(i)[a] * scaled.row(i)[b];
        }
        return product;
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < x.length; i++) {
            meanX += x[i] / x.length;
            meanY += y[i] / x.length;
        }
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
    }
}
