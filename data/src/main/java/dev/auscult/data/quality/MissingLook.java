package dev.auscult.data.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;

/** Counts missing cells, and asks whether they have to do with the class of the row. */
final class MissingLook {
    private static final int MOST_EXAMPLES = 5;
    /** Below it the chi-square distribution does not describe the statistic (Cochran 1954). */
    private static final double LEAST_EXPECTED = 5;

    private MissingLook() {}

    static List<Observation> observe(Frame frame) {
        List<FrameColumn> columns =
                frame.columns().stream().filter(c -> c.role() != Role.DROPPED).toList();
        Optional<FrameColumn> classes = frame.classes();
        long tests = columns.stream()
                .filter(c -> c.profile().missing() > 0 && c.role() != Role.TARGET)
                .count();
        List<Observation> found = new ArrayList<>();
        for (FrameColumn column : columns) {
            found.add(observe(frame, column, classes, Math.max(1, tests)));
        }
        return found;
    }

    private static Observation observe(Frame frame, FrameColumn column, Optional<FrameColumn> classes, long tests) {
        Look look = new Look(Observation.Kind.MISSING_VALUES, frame, column.name())
                .number("rows", column.profile().rows())
                .number("missing", column.profile().missing())
                .number("share", column.profile().missingShare())
                .number("spellings", column.markers().size());
        if (column.markers().size() > 1) {
            look.note(
                    "spellings",
                    column.markers().entrySet().stream()
                            .sorted(Map.Entry.<String, Long>comparingByValue()
                                    .reversed()
                                    .thenComparing(Map.Entry.comparingByKey()))
                            .limit(MOST_EXAMPLES)
                            .map(e -> (e.getKey().isEmpty() ? "empty" : "'" + Look.shortened(e.getKey()) + "'") + " ("
                                    + e.getValue() + ")")
                            .collect(Collectors.joining(", ")));
        }
        int shown = 0;
        for (int row = 0; row < frame.rows() && shown < MOST_EXAMPLES; row++) {
            if (column.isMissing(row)) {
                look.example(row, "", 1);
                shown++;
            }
        }
        if (classes.isPresent() && column.role() != Role.TARGET && shown > 0) {
            byClass(look, frame, column, classes.get(), tests);
        }
        return look.made();
    }

    private static void byClass(Look look, Frame frame, FrameColumn column, FrameColumn classes, long tests) {
        long[][] counts = new long[2][Math.max(1, classes.words().size())];
        for (int row = 0; row < frame.rows(); row++) {
            if (!classes.isMissing(row)) {
                counts[column.isMissing(row) ? 1 : 0][(int) classes.get(row)]++;
            }
        }
        Contingency table = Contingency.of(counts);
        if (table.leastExpected() < LEAST_EXPECTED) {
            return;
        }
        int lowest = -1;
        int highest = -1;
        double[] shares = new double[counts[0].length];
        for (int k = 0; k < shares.length; k++) {
            long n = counts[0][k] + counts[1][k];
            if (n > 0) {
                shares[k] = (double) counts[1][k] / n;
                lowest = lowest < 0 || shares[k] < shares[lowest] ? k : lowest;
                highest = highest < 0 || shares[k] > shares[highest] ? k : highest;
            }
        }
        look.number("cramers-v", table.cramersV())
                .number("p-value", table.pValue())
                .number("tests", tests)
                .number("lowest-share", shares[lowest])
                .number("highest-share", shares[highest])
                .note("lowest-class", classes.words().get(lowest))
                .note("highest-class", classes.words().get(highest));
    }
}
