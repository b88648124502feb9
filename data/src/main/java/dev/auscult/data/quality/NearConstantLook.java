package dev.auscult.data.quality;

import java.util.List;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;

/** Finds columns of which one value has nearly all rows, and asks whether the few others say something of the target. */
final class NearConstantLook {
    /** From this share on it is worth a test. */
    private static final double LEAST_SHARE = 0.95;

    private static final int MOST_EXAMPLES = 5;

    private NearConstantLook() {}

    static List<Observation> observe(Frame frame) {
        return frame.columns().parallelStream()
                .filter(column -> column.role() == Role.INPUT && !column.isText())
                .map(column -> observe(frame, column))
                .toList();
    }

    private static Observation observe(Frame frame, FrameColumn column) {
        double[] sorted = column.sorted();
        int present = sorted.length;
        Look look = new Look(Observation.Kind.NEAR_CONSTANT, frame, column.name()).number("rows", present);
        if (present == 0) {
            return look.made();
        }
        int most = 0;
        double value = sorted[0];
        int from = 0;
        for (int i = 1; i <= present; i++) {
            if (i == present || sorted[i] != sorted[from]) {
                if (i - from > most) {
                    most = i - from;
                    value = sorted[from];
                }
                from = i;
            }
        }
        int rest = present - most;
        double share = (double) most / present;
        look.number("share", share)
                .number("rest", rest)
                .note("value", column.isCategorical() ? column.words().get((int) value) : Look.plain(value));
        if (share < LEAST_SHARE || rest == 0) {
            return look.made();
        }
        int shown = 0;
        for (int row = 0; row < frame.rows() && shown < MOST_EXAMPLES; row++) {
            if (!column.isMissing(row) && column.get(row) != value) {
                look.example(
                        row,
                        column.isCategorical()
                                ? column.words().get((int) column.get(row))
                                : Look.plain(column.get(row)),
                        1);
                shown++;
            }
        }
        double p = Double.NaN;
        if (frame.classes().isPresent()) {
            p = byClass(frame, column, value, frame.classes().get());
        } else if (frame.targets().size() == 1 && frame.targets().get(0).isNumeric()) {
            p = byNumber(frame, column, value, frame.targets().get(0));
        }
        return look.number("target-p-value", p).made();
    }

    /** Fisher's exact test, class by class, of the most frequent class among the few, times the number of classes. */
    private static double byClass(Frame frame, FrameColumn column, double value, FrameColumn classes) {
        int k = classes.words().size();
        long[] all = new long[k];
        long[] few = new long[k];
        long n = 0;
        long drawn = 0;
        for (int row = 0; row < frame.rows(); row++) {
            if (!column.isMissing(row) && !classes.isMissing(row)) {
                int label = (int) classes.get(row);
                all[label]++;
                n++;
                if (column.get(row) != value) {
                    few[label]++;
                    drawn++;
                }
            }
        }
        double p = 1;
        for (int label = 0; label < k; label++) {
            p = Math.min(p, k * Tail.hypergeometric(few[label], drawn, all[label], n));
        }
        return p;
    }

    /** Whether the ranks of the target are others among the few (Mann and Whitney 1947, normal approximation). */
    private static double byNumber(Frame frame, FrameColumn column, double value, FrameColumn target) {
        double[] ranks = Ranks.of(target.values());
        double sum = 0;
        long few = 0;
        long n = 0;
        for (int row = 0; row < frame.rows(); row++) {
            if (!column.isMissing(row) && !target.isMissing(row)) {
                n++;
                if (column.get(row) != value) {
                    few++;
                    sum += ranks[row];
                }
            }
        }
        double mean = few * (n + 1) / 2.0;
        double variance = (double) few * (n - few) * (n + 1) / 12;
        return variance > 0 ? Tail.normalTwoSided((sum - mean) / Math.sqrt(variance)) : 1;
    }
}
