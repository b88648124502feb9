package dev.auscult.intake.tensors;

import java.util.Arrays;

import dev.auscult.intake.protobuf.MalformedMessageException;
import dev.auscult.intake.protobuf.ProtoBytes;
import dev.auscult.intake.protobuf.ProtoCursor;
import dev.auscult.run.LogHistogram;
import dev.auscult.run.TensorSummary;
import org.jspecify.annotations.Nullable;

/**
 * What a recording of ours keeps in fields of its own inside TensorBoard's messages, so that it is read back bit by bit.
 *
 * <p>A {@code HistogramProto} has no place for most of a {@link TensorSummary}, and a {@code simple_value} is a float32. A
 * reader of protocol buffers steps over fields that it does not know, so TensorBoard shows what it always shows, and the
 * rest lies beside it in the same record: nothing can be torn apart.
 */
public final class ExactStatistics {
    /** Field of {@code HistogramProto}: the message that this class writes and reads. */
    public static final int HISTOGRAM_FIELD = 1000;

    /** Field of {@code Summary.Value}: the scalar as float64, where float32 does not hold it. */
    public static final int SCALAR_FIELD = 1000;

    /** Field of {@code Summary.Value}: the epoch of the point as float64. */
    public static final int EPOCH_FIELD = 1001;

    /** Field of {@code Summary.Value}: the detail of an event of the run, as text. */
    public static final int DETAIL_FIELD = 1002;

    private static final int NUMBERS = 1;
    private static final int LOWEST_EXPONENT = 2;
    private static final int NEGATIVE_BINS = 3;

    /** Keeps exponents of doubles positive as a varint. */
    private static final int BIAS = 2048;

    private static final int NUMBERS_KEY = NUMBERS << 3 | ProtoCursor.BYTES;
    private static final int LOWEST_EXPONENT_KEY = LOWEST_EXPONENT << 3 | ProtoCursor.VARINT;
    private static final int NEGATIVE_BINS_KEY = NEGATIVE_BINS << 3 | ProtoCursor.VARINT;

    private final double[] numbers = new double[10];
    private boolean hasHistogram;
    private int lowestExponent;
    private int negativeBins;

    /**
     * Writes what the buckets do not tell.
     *
     * @param negativeBins how many of the buckets, from the first, are negative octaves
     */
    public static void write(ProtoBytes out, TensorSummary summary, int negativeBins) {
        out.float64s(
                NUMBERS,
                summary.count(),
                summary.nonFinite(),
                summary.zeros(),
                summary.min(),
                summary.max(),
                summary.mean(),
                summary.standardDeviation(),
                summary.l2Norm(),
                summary.meanAbsolute(),
                summary.inactiveShare());
        LogHistogram histogram = summary.histogram();
        if (histogram != null) {
            out.varint(LOWEST_EXPONENT, histogram.lowestExponent() + BIAS).varint(NEGATIVE_BINS, negativeBins);
        }
    }

    /** Reads what {@link #write} wrote, up to {@code end}. */
    public void read(ProtoCursor in, int end) throws MalformedMessageException {
        Arrays.fill(numbers, Double.NaN);
        hasHistogram = false;
        negativeBins = 0;
        while (in.before(end)) {
            int key = in.key();
            switch (key) {
                case NUMBERS_KEY -> {
                    int until = in.inside();
                    for (int i = 0; in.before(until); i++) {
                        double number = in.float64();
                        if (i < numbers.length) {
                            numbers[i] = number;
                        }
                    }
                }
                case LOWEST_EXPONENT_KEY -> {
                    hasHistogram = true;
                    lowestExponent = (int) (in.varint() - BIAS);
                }
                case NEGATIVE_BINS_KEY -> negativeBins = (int) in.varint();
                default -> in.skip(key);
            }
        }
    }

    /**
     * The summary that was written.
     *
     * @param counts counts of the buckets: negative octaves from the largest magnitude, zeros, positive octaves from the
     *     smallest
     */
    public TensorSummary summary(double[] counts) {
        return new TensorSummary(
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6],
                numbers[7],
                numbers[8],
                numbers[9],
                histogram(counts));
    }

    private @Nullable LogHistogram histogram(double[] counts) {
        boolean fits = negativeBins >= 0 && negativeBins < counts.length && Math.abs(lowestExponent) <= BIAS;
        if (!hasHistogram || !fits) {
            return null;
        }
        double[] negative = new double[negativeBins];
        for (int i = 0; i < negativeBins; i++) {
            negative[i] = counts[negativeBins - 1 - i];
        }
        double[] positive = Arrays.copyOfRange(counts, negativeBins + 1, counts.length);
        return new LogHistogram(lowestExponent, negative, counts[negativeBins], positive);
    }
}
