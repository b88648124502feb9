package dev.auscult.intake.tensorboard;

import dev.auscult.intake.protobuf.MalformedMessageException;
import dev.auscult.intake.protobuf.ProtoCursor;
import dev.auscult.intake.tensors.Buckets;
import dev.auscult.intake.tensors.ExactStatistics;
import dev.auscult.run.TensorSummary;
import org.jspecify.annotations.Nullable;

/** Turns histograms as TensorBoard keeps them into tensor statistics. */
final class HistogramDecoder {
    private static final int MIN = 1 << 3 | ProtoCursor.FIXED64;
    private static final int MAX = 2 << 3 | ProtoCursor.FIXED64;
    private static final int NUM = 3 << 3 | ProtoCursor.FIXED64;
    private static final int SUM = 4 << 3 | ProtoCursor.FIXED64;
    private static final int SUM_SQUARES = 5 << 3 | ProtoCursor.FIXED64;
    private static final int LIMIT = 6 << 3 | ProtoCursor.FIXED64;
    private static final int LIMITS = 6 << 3 | ProtoCursor.BYTES;
    private static final int COUNT = 7 << 3 | ProtoCursor.FIXED64;
    private static final int COUNTS = 7 << 3 | ProtoCursor.BYTES;
    private static final int EXACT = ExactStatistics.HISTOGRAM_FIELD << 3 | ProtoCursor.BYTES;

    private final Buckets buckets = new Buckets();
    private final DoubleColumn limits = new DoubleColumn();
    private final DoubleColumn counts = new DoubleColumn();
    private final ExactStatistics exact = new ExactStatistics();

    /** Reads a HistogramProto that ends at {@code end}; null if it counts nothing. */
    @Nullable
    TensorSummary proto(ProtoCursor in, int end) throws MalformedMessageException {
        // A field that is zero is not written.
        double min = 0;
        double max = 0;
        double num = 0;
        double protoSum = 0;
        double protoSumSquares = 0;
        boolean isExact = false;
        limits.clear();
        counts.clear();
        while (in.before(end)) {
            int key = in.key();
            switch (key) {
                case MIN -> min = in.float64();
                case MAX -> max = in.float64();
                case NUM -> num = in.float64();
                case SUM -> protoSum = in.float64();
                case SUM_SQUARES -> protoSumSquares = in.float64();
                case LIMIT -> limits.add(in.float64());
                case LIMITS -> limits.addFloat64s(in);
                case COUNT -> counts.add(in.float64());
                case COUNTS -> counts.addFloat64s(in);
                case EXACT -> {
                    exact.read(in, in.inside());
                    isExact = true;
                }
                default -> in.skip(key);
            }
        }
        if (isExact) {
            return exact.summary(counts.toArray());
        }
        boolean bounded = min <= max && (num > 0 || min != 0 || max != 0);
        int size = Math.min(limits.size(), counts.size());
        double left = bounded ? min : Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            double limit = limits.get(i);
            double count = counts.get(i);
            if (count > 0) {
                buckets.add(left, bounded ? Math.min(limit, max) : limit, count);
            }
            left = bounded ? Math.max(limit, min) : limit;
        }
        if (!(num > 0)) {
            return buckets.takeSummary();
        }
        boolean squaresMissing = protoSumSquares == 0 && (min != 0 || max != 0) && buckets.total() > 0;
        double sumSquares = squaresMissing ? buckets.sumSquares() : protoSumSquares;
        return TensorSummary.ofMoments(num, min, max, protoSum, sumSquares, buckets.takeHistogram())
                .withCounts(Double.NaN, min == 0 && max == 0 ? num : Double.NaN);
    }

    /** From rows of left edge, right edge and count (TensorFlow 2); null if they count nothing. */
    @Nullable
    TensorSummary rows(DoubleColumn rows) {
        for (int i = 0; i + 2 < rows.size(); i += 3) {
            buckets.add(rows.get(i), rows.get(i + 1), rows.get(i + 2));
        }
        return buckets.takeSummary();
    }
}
