package dev.auscult.data.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;

/** Counts cells of another type than most of their column. */
final class MixedLook {
    private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*");
    private static final int MOST_WORDS = 5;
    private static final int MOST_EXAMPLES = 5;

    private MixedLook() {}

    static List<Observation> observe(Frame frame) {
        List<Observation> found = new ArrayList<>();
        for (FrameColumn column : frame.columns()) {
            if (column.role() != Role.DROPPED) {
                found.add(column.isCategorical() || column.isText() ? words(frame, column) : strays(frame, column));
            }
        }
        return found;
    }

    private static Observation strays(Frame frame, FrameColumn column) {
        long strays =
                column.strays().values().stream().mapToLong(Long::longValue).sum();
        long marked =
                column.markers().values().stream().mapToLong(Long::longValue).sum();
        long written = Math.max(1, frame.rows() - marked);
        return new Look(Observation.Kind.MIXED_TYPES, frame, column.name())
                .number("rows", frame.rows())
                .number("strays", strays)
                .number("share", (double) strays / written)
                .note("type", column.type().label())
                .note("strays", listed(column.strays()))
                .made();
    }

    /** In a column of words, cells that are numbers; where most are numbers, the words are the strays. */
    private static Observation words(Frame frame, FrameColumn column) {
        boolean[] isNumber = new boolean[column.words().size()];
        for (int i = 0; i < isNumber.length; i++) {
            isNumber[i] = NUMBER.matcher(column.words().get(i)).matches();
        }
        long numbers = 0;
        long written = 0;
        for (int row = 0; row < frame.rows(); row++) {
            if (!column.isMissing(row)) {
                written++;
                numbers += isNumber(column, row, isNumber) ? 1 : 0;
            }
        }
        boolean wordsAreFew = 2 * numbers > written;
        long strays = wordsAreFew ? written - numbers : numbers;
        Look look = new Look(Observation.Kind.MIXED_TYPES, frame, column.name())
                .number("rows", frame.rows())
                .number("strays", strays)
                .number("share", (double) strays / Math.max(1, written))
                .note("type", wordsAreFew ? "numbers" : column.type().label());
        int shown = 0;
        for (int row = 0; row < frame.rows() && strays > 0 && shown < MOST_EXAMPLES; row++) {
            if (!column.isMissing(row) && isNumber(column, row, isNumber) != wordsAreFew) {
                look.example(
                        row, column.isText() ? column.text(row) : column.words().get((int) column.get(row)), 1);
                shown++;
            }
        }
        return look.made();
    }

    private static boolean isNumber(FrameColumn column, int row, boolean[] isNumber) {
        return column.isText() ? NUMBER.matcher(column.text(row)).matches() : isNumber[(int) column.get(row)];
    }

    private static String listed(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_WORDS)
                .map(e -> "'" + Look.shortened(e.getKey()) + "' (" + e.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
