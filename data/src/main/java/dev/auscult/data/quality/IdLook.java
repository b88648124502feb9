package dev.auscult.data.quality;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;

/** Asks whether a column names its row: whole numbers without a gap, or words that are all different. */
final class IdLook {
    /** One word, or words joined by signs: a name for a machine, not a sentence. */
    private static final Pattern KEY = Pattern.compile("\\S{1,80}");

    private IdLook() {}

    static List<Observation> observe(Frame frame) {
        List<Observation> found = new ArrayList<>();
        for (FrameColumn column : frame.columns()) {
            if (column.role() == Role.INPUT && frame.rows() > 1) {
                if (column.isNumeric()) {
                    found.add(numbers(frame, column));
                } else if (column.isText() || column.isCategorical()) {
                    found.add(words(frame, column));
                }
            }
        }
        return found;
    }

    private static Observation numbers(Frame frame, FrameColumn column) {
        Sorted sorted = Sorted.of(column);
        int n = sorted.size();
        boolean complete = n == frame.rows() && sorted.distinct() == n && sorted.isWhole();
        double span = n == 0 ? 0 : sorted.max() - sorted.min() + 1;
        Look look = new Look(Observation.Kind.ID_COLUMN, frame, column.name())
                .number("rows", frame.rows())
                .number("distinct", sorted.distinct())
                .number("filled", complete ? frame.total() / span : 0);
        if (complete) {
            look.note("what", "numbers").number("ordered", ordered(column) ? 1 : 0);
            // n whole numbers drawn from so narrow a span differ by chance with probability span!/(span-n)!/span^n.
            double log = Tail.logGamma(span + 1) - Tail.logGamma(span - n + 1) - n * Math.log(span);
            look.number("p-value", Math.exp(Math.min(0, log)))
                    .number("tests", frame.columns().size());
        }
        return look.made();
    }

    private static boolean ordered(FrameColumn column) {
        for (int row = 1; row < column.rows(); row++) {
            if (!(column.get(row) > column.get(row - 1))) {
                return false;
            }
        }
        return true;
    }

    private static Observation words(Frame frame, FrameColumn column) {
        Set<String> seen = new HashSet<>();
        int keys = 0;
        int withDigit = 0;
        for (int row = 0; row < frame.rows(); row++) {
            if (!column.isMissing(row)) {
                String word =
                        column.isText() ? column.text(row) : column.words().get((int) column.get(row));
                if (!seen.add(word)) {
                    break;
                }
                keys += KEY.matcher(word).matches() ? 1 : 0;
                withDigit += word.chars().anyMatch(Character::isDigit) ? 1 : 0;
            }
        }
        boolean unique = seen.size() == frame.rows();
        return new Look(Observation.Kind.ID_COLUMN, frame, column.name())
                .number("rows", frame.rows())
                .number("distinct", column.profile().distinct())
                .number("unique", unique ? 1 : 0)
                .number("keys", unique ? (double) keys / frame.rows() : 0)
                .number("with-digit", unique ? (double) withDigit / frame.rows() : 0)
                .note("what", unique ? "words" : "")
                .made();
    }
}
