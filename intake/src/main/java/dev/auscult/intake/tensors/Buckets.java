package dev.auscult.intake.tensors;

import dev.auscult.run.LogHistogram;
import dev.auscult.run.TensorSummary;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the buckets of a histogram, and estimates the moments that it does not carry from an even spread of the values
 * over each bucket; used again for the next histogram.
 */
public final class Buckets {
    private final OctaveBins bins = new OctaveBins();
    private double total;
    private double sum;
    private double sumSquares;
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;

    /** Adds {@code count} values between two edges; an open outer edge is infinite or the largest double. */
    public void add(double left, double right, double count) {
        double high = isOpen(right) ? left : right;
        double low = isOpen(left) ? high : Math.min(left, high);
        boolean unknown = Double.isNaN(left) || Double.isNaN(right) || !(count > 0) || Double.isInfinite(count);
        if (unknown || isOpen(low) || isOpen(high)) {
            return;
        }
        bins.add(low, high, count);
        total += count;
        sum += count * (low / 2 + high / 2);
        // Mean of x² over an even spread: (l² + l·r + r²) / 3.
        sumSquares += count * ((low * low + low * high + high * high) / 3);
        lowest = Math.min(lowest, low);
        highest = Math.max(highest, high);
    }

    /** Count of all values so far. */
    public double total() {
        return total;
    }

    /** Estimate of the sum of squares so far. */
    public double sumSquares() {
        return sumSquares;
    }

    /** The histogram alone; forgets what was added. */
    public LogHistogram takeHistogram() {
        total = 0;
        sum = 0;
        sumSquares = 0;
        lowest = Double.POSITIVE_INFINITY;
        highest = Double.NEGATIVE_INFINITY;
        return bins.take();
    }

    /** Everything that the buckets tell; null if they count nothing. Forgets what was added. */
    public @Nullable TensorSummary takeSummary() {
        double count = total;
        double min = lowest;
        double max = highest;
        double s = sum;
        double s2 = sumSquares;
        LogHistogram histogram = takeHistogram();
        return count > 0 ? TensorSummary.ofMoments(count, min, max, s, s2, histogram) : null;
    }

    private static boolean isOpen(double edge) {
        return !(Math.abs(edge) < Double.MAX_VALUE);
    }
}
