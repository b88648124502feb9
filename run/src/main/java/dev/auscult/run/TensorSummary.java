package dev.auscult.run;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Statistics of one tensor at one step; NaN where the source did not record one.
 *
 * @param count number of elements
 * @param nonFinite number of NaN or infinite elements
 * @param zeros number of elements that are exactly zero
 * @param min smallest element
 * @param max largest element
 * @param mean mean of the elements
 * @param standardDeviation standard deviation of the elements
 * @param l2Norm square root of the sum of squares
 * @param meanAbsolute mean of the magnitudes
 * @param inactiveShare share 0..1 of units that were never active since the last record
 * @param histogram counts by sign and magnitude; null if none was recorded
 */
public record TensorSummary(
        double count,
        double nonFinite,
        double zeros,
        double min,
        double max,
        double mean,
        double standardDeviation,
        double l2Norm,
        double meanAbsolute,
        double inactiveShare,
        @Nullable LogHistogram histogram) {

    /** A summary in which nothing is known; change what is with the {@code with} methods. */
    public static final TensorSummary UNKNOWN = new TensorSummary(
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            null);

    /** Root mean square of the elements: l2Norm / sqrt(count). */
    public double rootMeanSquare() {
        return l2Norm / Math.sqrt(count);
    }

    /** Share 0..1 of elements that are exactly zero. */
    public double zeroShare() {
        return zeros / count;
    }

    /**
     * From the moments that a TensorBoard {@code HistogramProto} carries.
     *
     * @param count number of elements
     * @param sum sum of the elements
     * @param sumSquares sum of the squared elements
     */
    public static TensorSummary ofMoments(
            double count, double min, double max, double sum, double sumSquares, @Nullable LogHistogram histogram) {
        double mean = sum / count;
        double variance = Math.max(0, sumSquares / count - mean * mean);
        return new TensorSummary(
                count,
                Double.NaN,
                Double.NaN,
                min,
                max,
                mean,
                Math.sqrt(variance),
                Math.sqrt(sumSquares),
                Double.NaN,
                Double.NaN,
                histogram);
    }

    /** This summary with the counts of non-finite and of zero elements. */
    public TensorSummary withCounts(double nonFiniteCount, double zeroCount) {
        return new TensorSummary(
                count,
                nonFiniteCount,
                zeroCount,
                min,
                max,
                mean,
                standardDeviation,
                l2Norm,
                meanAbsolute,
                inactiveShare,
                histogram);
    }

    /** This summary with the share 0..1 of units that were never active. */
    public TensorSummary withInactiveShare(double share) {
        return new TensorSummary(
                count, nonFinite, zeros, min, max, mean, standardDeviation, l2Norm, meanAbsolute, share, histogram);
    }

    /** The histogram; call only where {@link #hasHistogram()}. */
    public LogHistogram requireHistogram() {
        return Objects.requireNonNull(histogram, "no histogram was recorded");
    }

    public boolean hasHistogram() {
        return histogram != null;
    }
}
