package dev.auscult.train.record;

import dev.auscult.run.LogHistogram;
import dev.auscult.run.TensorSummary;

/** Turns the statistics of a tensor into those of the same tensor times a positive number. */
final class Scaling {
    private Scaling() {}

    /** Exact where the factor is a power of two, as loss scales are; else the octaves move by its nearest power. */
    static TensorSummary times(TensorSummary summary, double factor) {
        if (factor == 1) {
            return summary;
        }
        LogHistogram histogram = summary.histogram();
        return new TensorSummary(
                summary.count(),
                summary.nonFinite(),
                summary.zeros(),
                summary.min() * factor,
                summary.max() * factor,
                summary.mean() * factor,
                summary.standardDeviation() * factor,
                summary.l2Norm() * factor,
                summary.meanAbsolute() * factor,
                summary.inactiveShare(),
                histogram == null ? null : shifted(histogram, (int) Math.rint(Math.log(factor) / Math.log(2))));
    }

    private static LogHistogram shifted(LogHistogram histogram, int octaves) {
        int lowest = histogram.lowestExponent();
        int bins = histogram.endExponent() - lowest;
        double[] negative = new double[bins];
        double[] positive = new double[bins];
        for (int i = 0; i < bins; i++) {
            negative[i] = histogram.negative(lowest + i);
            positive[i] = histogram.positive(lowest + i);
        }
        return new LogHistogram(lowest + octaves, negative, histogram.zero(), positive);
    }
}
