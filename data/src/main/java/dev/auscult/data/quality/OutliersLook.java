package dev.auscult.data.quality;

import java.util.Arrays;
import java.util.List;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.Observation;

/**
 * Finds numbers that stand apart from the tail of their own column, above and below the median.
 *
 * <p>A fixed limit of so many deviations calls a hundredth of every lognormal or Student sample an outlier. What stands apart
 * is judged by {@link SpacingTest} against the tail that the column has. A second look counts numbers beyond
 * {@value #FAR} robust deviations (1.4826 · median absolute deviation), and for positive columns beyond
 * {@value #FAR_LOG} of the logarithms too: in a Student sample of 3 degrees of freedom these are 2 in 10,000.
 */
final class OutliersLook {
    private static final double FAR = 20;
    private static final double FAR_LOG = 4;
    private static final double TO_DEVIATION = 1.4826;
    private static final double TO_QUARTILES = 1.349;
    /** Share of a Student sample of 3 degrees of freedom beyond {@value #FAR} robust deviations. */
    private static final double USUAL_FAR = 2e-4;

    /** Exceptions are few: more than this share is a group of its own. */
    private static final double MOST_APART = 0.01;
    /** Twice as far from the median as the next. */
    private static final double LEAST_RATIO = 2;

    private static final int FEWEST_DISTINCT = 10;
    private static final int MOST_EXAMPLES = 10;
    private static final double DOUBT = 1e-4;

    private OutliersLook() {}

    static List<Observation> observe(Frame frame) {
        return frame.columns().parallelStream()
                .filter(FrameColumn::isNumeric)
                .map(column -> observe(frame, column))
                .toList();
    }

    private static Observation observe(Frame frame, FrameColumn column) {
        Sorted sorted = SpecialLook.ordinary(Sorted.of(column));
        Look look = new Look(Observation.Kind.OUTLIERS, frame, column.name()).number("rows", sorted.size());
        if (sorted.distinct() < FEWEST_DISTINCT) {
            return look.made();
        }
        double median = sorted.quantile(0.5);
        double step = sorted.step();
        SpacingTest above = SpacingTest.of(distances(sorted, median, true), step, most(sorted), LEAST_RATIO);
        SpacingTest below = SpacingTest.of(distances(sorted, median, false), step, most(sorted), LEAST_RATIO);
        double tests = 2.0 * frame.columns().size();
        int apartAbove = above.pValue() * tests < DOUBT ? above.apart() : 0;
        int apartBelow = below.pValue() * tests < DOUBT ? below.apart() : 0;
        double highest = bound(sorted, apartAbove, true);
        double lowest = bound(sorted, apartBelow, false);
        Sorted rest = between(sorted, lowest, highest);
        look.number("apart", apartAbove + (double) apartBelow)
                .number("p-value", Math.min(above.pValue(), below.pValue()))
                .number("tests", tests)
                .number("lowest", lowest)
                .number("highest", highest)
                .number("median", median)
                .number("stretch", rest.deviation() > 0 ? sorted.deviation() / rest.deviation() : 1);
        far(look, sorted, median);
        int shown = 0;
        for (int row = 0; row < frame.rows() && apartAbove + apartBelow > 0 && shown < MOST_EXAMPLES; row++) {
            double value = column.get(row);
            if (Double.isFinite(value)
                    && (value > highest || value < lowest)
                    && value >= sorted.min()
                    && value <= sorted.max()) {
                look.example(row, Look.plain(value), Math.abs(value - median) / Math.max(highest - lowest, step));
                shown++;
            }
        }
        return look.made();
    }

    private static int most(Sorted sorted) {
        return Math.max(2, (int) (MOST_APART * sorted.size()));
    }

    /** How far the rows on one side of the median are from it, farthest first. */
    private static double[] distances(Sorted sorted, double median, boolean above) {
        double[] distances = new double[sorted.size()];
        int size = 0;
        for (int i = 0; i < sorted.distinct(); i++) {
            int at = above ? sorted.distinct() - 1 - i : i;
            double distance = above ? sorted.value(at) - median : median - sorted.value(at);
            for (int c = 0; c < sorted.count(at) && distance > 0; c++) {
                distances[size++] = distance;
            }
        }
        return Arrays.copyOf(distances, size);
    }

    /** The farthest value that does not stand apart. */
    private static double bound(Sorted sorted, int apart, boolean above) {
        int left = apart;
        int i = above ? sorted.distinct() - 1 : 0;
        while (left > 0) {
            left -= sorted.count(i);
            i += above ? -1 : 1;
        }
        return sorted.value(i);
    }

    private static Sorted between(Sorted sorted, double low, double high) {
        int from = 0;
        int to = sorted.distinct();
        while (sorted.value(from) < low) {
            from++;
        }
        while (sorted.value(to - 1) > high) {
            to--;
        }
        return sorted.part(from, to);
    }

    private static void far(Look look, Sorted sorted, double median) {
        double spread = (sorted.quantile(0.75) - sorted.quantile(0.25)) / TO_QUARTILES;
        double distance = middleDistance(sorted, median, false);
        // Half of the rows hold one value: how far the others usually are from it is not known by the quartiles.
        double deviation = distance == 0 ? 0 : Math.max(spread, TO_DEVIATION * distance);
        boolean positive = sorted.min() >= 0 && median > 0;
        double logDeviation = positive ? TO_DEVIATION * middleDistance(sorted, median, true) : 0;
        if (!(deviation > 0)) {
            return;
        }
        long far = 0;
        for (int i = 0; i < sorted.distinct(); i++) {
            double value = sorted.value(i);
            boolean plain = Math.abs(value - median) > FAR * deviation;
            boolean log = !positive || Math.abs(Math.log(value / median)) > FAR_LOG * logDeviation;
            far += plain && log ? sorted.count(i) : 0;
        }
        look.number("far", far)
                .number("far-share", (double) far / sorted.size())
                .number("far-p-value", Tail.poisson(far, USUAL_FAR * sorted.size()));
    }

    /** Median distance from the median, of the numbers or of their logarithms. */
    private static double middleDistance(Sorted sorted, double median, boolean log) {
        double[] distances = new double[sorted.size()];
        int size = 0;
        for (int i = 0; i < sorted.distinct(); i++) {
            double value = sorted.value(i);
            // The logarithm of zero says nothing of how far the large ones are.
            double distance = log ? (value > 0 ? Math.abs(Math.log(value / median)) : 0) : Math.abs(value - median);
            for (int c = 0; c < sorted.count(i); c++) {
                distances[size++] = distance;
            }
        }
        Arrays.sort(distances);
        return distances[size / 2];
    }
}
