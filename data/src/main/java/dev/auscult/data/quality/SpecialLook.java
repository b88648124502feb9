package dev.auscult.data.quality;

import java.util.List;
import java.util.Set;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.Observation;

/**
 * Finds numbers that may stand for a missing value: at the end of their column, apart from all others, and more frequent than
 * their neighbours.
 *
 * <p>How frequent: c rows hold the value v. The c nearest other rows spread over W steps of the grid on which the column was
 * measured, so a step holds c/W of them; the p-value is the chance that a Poisson variable of mean c/W reaches c.
 */
final class SpecialLook {
    /** What people write for "not known": runs of nine, minus one, and the ends of number types. */
    private static final Set<Double> USUAL = Set.of(
            -1.0,
            -9.0,
            -99.0,
            -999.0,
            -9999.0,
            -99999.0,
            -999999.0,
            99.0,
            999.0,
            9999.0,
            99999.0,
            999999.0,
            9999999.0,
            99999999.0,
            -99.9,
            -999.9,
            -9999.9,
            99.9,
            999.9,
            9999.9,
            32767.0,
            -32768.0,
            65535.0,
            2147483647.0,
            -2147483648.0,
            4294967295.0,
            -200.0,
            -777.0,
            -888.0,
            777.0,
            888.0,
            7777.0,
            8888.0,
            -7777.0,
            -8888.0);

    /** No measurement is of this size beside a column of ordinary numbers. */
    private static final double IMMENSE = 1e15;

    /** Fewer different values are codes, and each may have a meaning. */
    private static final int FEWEST_DISTINCT = 10;

    private static final int MOST_PER_END = 3;
    private static final int FEWEST_ROWS = 20;
    private static final int MOST_EXAMPLES = 5;
    /** An isolated value is this many steps of the grid from its neighbour: 0, 1, 2 of a count are not apart. */
    private static final double STEPS_APART = 5;
    /** Of the middle of the positive values: a ratio scale that comes this near to zero, and no nearer, does not reach it. */
    private static final double NEAR_ZERO = 0.2;

    private SpecialLook() {}

    static List<Observation> observe(Frame frame) {
        return frame.columns().parallelStream()
                .filter(FrameColumn::isNumeric)
                .map(column -> observe(frame, column))
                .toList();
    }

    /** The numbers of a column without those at its ends that may stand for a missing value. */
    static Sorted ordinary(Sorted sorted) {
        int low = 0;
        int high = sorted.distinct();
        boolean more = sorted.size() >= FEWEST_ROWS;
        for (int i = 0; more && i < 2 * MOST_PER_END; i++) {
            more = false;
            if (high - low > FEWEST_DISTINCT
                    && Candidate.of(sorted.part(low, high), true).isSpecial()) {
                low++;
                more = true;
            }
            if (high - low > FEWEST_DISTINCT
                    && Candidate.of(sorted.part(low, high), false).isSpecial()) {
                high--;
                more = true;
            }
        }
        return sorted.part(low, high);
    }

    private static Observation observe(Frame frame, FrameColumn column) {
        Sorted sorted = Sorted.of(column);
        Sorted rest = ordinary(sorted);
        Look look = new Look(Observation.Kind.SPECIAL_VALUES, frame, column.name()).number("rows", sorted.size());
        int special = sorted.size() - rest.size();
        look.number("special", special).number("share", (double) special / Math.max(1, sorted.size()));
        if (special == 0) {
            return look.made();
        }
        StringBuilder named = new StringBuilder();
        double p = 0;
        for (int i = 0; i < sorted.distinct(); i++) {
            double value = sorted.value(i);
            if (value < rest.min() || value > rest.max()) {
                named.append(named.length() == 0 ? "" : ", ").append(Look.plain(value));
                look.number("value", value);
                boolean low = value < rest.min();
                Sorted with = low ? sorted.part(i, sorted.distinct()) : sorted.part(0, i + 1);
                p = Math.max(p, Candidate.of(with, low).pValue());
            }
        }
        look.note("values", named.toString())
                .number("p-value", p)
                .number("tests", 2.0 * frame.columns().size())
                .number("stretch", sorted.deviation() / rest.deviation())
                .number("nearest", rest.min() > sorted.min() ? rest.min() : rest.max());
        int shown = 0;
        for (int row = 0; row < frame.rows() && shown < MOST_EXAMPLES; row++) {
            double value = column.get(row);
            if (Double.isFinite(value) && (value < rest.min() || value > rest.max())) {
                look.example(row, Look.plain(value), 1);
                shown++;
            }
        }
        return look.made();
    }

    /** The value at one end of a column. */
    private record Candidate(
            double value,
            int count,
            double nearest,
            double steps,
            double pValue,
            double middle,
            double range,
            int size) {
        static Candidate of(Sorted sorted, boolean low) {
            int last = sorted.distinct() - 1;
            int at = low ? 0 : last;
            Sorted rest = low ? sorted.part(1, last + 1) : sorted.part(0, last);
            double value = sorted.value(at);
            double nearest = low ? rest.min() : rest.max();
            int count = sorted.count(at);
            double step = rest.step();
            int others = 0;
            int i = low ? 0 : rest.distinct() - 1;
            while (others < count && i >= 0 && i < rest.distinct()) {
                others += rest.count(i);
                i += low ? 1 : -1;
            }
            double farthest = rest.value(Math.max(0, Math.min(rest.distinct() - 1, low ? i - 1 : i + 1)));
            double width = Math.max(1, Math.abs(farthest - value) / step);
            return new Candidate(
                    value,
                    count,
                    nearest,
                    Math.abs(nearest - value) / step,
                    Tail.poisson(count, others / width),
                    rest.quantile(0.5),
                    rest.quantile(0.99) - rest.quantile(0.01),
                    sorted.size());
        }

        /** Two digits and noughts: 500, −1200; nobody writes 512.33 for "not known". */
        boolean isRound() {
            double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.abs(value))) - 1));
            return value / unit == Math.rint(value / unit);
        }

        boolean isSpecial() {
            if (Math.abs(value) >= IMMENSE && Math.abs(nearest) < Math.sqrt(IMMENSE)) {
                return true;
            }
            if (count < 2 || pValue > 1e-6) {
                return false;
            }
            if (value == -1) {
                return nearest >= 0;
            }
            if (steps < STEPS_APART) {
                return false;
            }
            if (value == 0) {
                return nearest > 0 && nearest >= NEAR_ZERO * middle && 2 * count < size;
            }
            double gap = Math.abs(nearest - value);
            return USUAL.contains(value) ? gap > 0.05 * range : gap > range && count > 2 && isRound();
        }
    }
}
