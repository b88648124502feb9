package dev.auscult.data.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.auscult.data.DataSettings;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import org.jspecify.annotations.Nullable;

/** Looks at the texts of a table: empty, long, damaged, foreign, there twice or in two parts. */
public final class Texts {
    private static final int STEP = 1024;

    private Texts() {}

    /**
     * Looks at a column of text of the training part, at that of another part where there is one, and for texts that both
     * hold.
     *
     * @param settings say how text becomes tokens
     * @param text a column of the training part that {@link FrameColumn#isText is text}
     * @param other another part; null for none
     */
    public static List<Observation> observe(
            DataSettings settings, Frame train, FrameColumn text, @Nullable Frame other, Progress progress) {
        TextPart part = read(settings, train, text, progress);
        List<Observation> made = new ArrayList<>(part.observe());
        if (other != null) {
            Optional<FrameColumn> column = other.column(text.name()).filter(FrameColumn::isText);
            if (column.isPresent()) {
                FrameColumn found = column.get();
                TextPart held = read(settings, other, found, progress);
                made.addAll(held.observe());
                int[] rows = present(found);
                progress.at("looking for the texts of " + other.source() + " in " + train.source(), Double.NaN);
                made.addAll(part.leaked(held, i -> found.text(rows[i])));
            }
        }
        return made;
    }

    /** Rows that hold a text. */
    private static int[] present(FrameColumn text) {
        int[] rows = new int[text.rows()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (!text.isMissing(row)) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    /** How text becomes tokens; null where several columns are joined, of which one alone tells nothing of their length. */
    private static DataSettings.@Nullable Text tokens(DataSettings settings, Frame frame) {
        DataSettings.Text given = settings.text();
        long joined = frame.inputs().stream()
                .filter(FrameColumn::isText)
                .filter(c -> given == null
                        || given.columns().isEmpty()
                        || given.columns().contains(c.name()))
                .count();
        boolean read = given != null || frame.inputs().stream().allMatch(FrameColumn::isText);
        return !read || joined > 1 ? null : given == null ? DataSettings.Text.USUAL : given;
    }

    private static TextPart read(DataSettings settings, Frame frame, FrameColumn text, Progress progress) {
        Optional<FrameColumn> classes = frame.classes();
        Items items = new Items(classes.map(FrameColumn::words).orElse(List.of()));
        TextPart part = new TextPart(
                frame.split(), List.of(text.name()), items, tokens(settings, frame), settings.text() != null);
        int[] rows = present(text);
        for (int row = 0; row < text.rows(); row++) {
            if (text.isMissing(row)) {
                part.lack(frame.rowNumber(row));
            }
        }
        for (int i = 0; i < rows.length; i++) {
            if (i % STEP == 0) {
                progress.at("reading the texts of " + text.name(), (double) i / rows.length);
            }
            int row = rows[i];
            int label = classes.isEmpty() || classes.get().isMissing(row)
                    ? -1
                    : (int) classes.get().get(row);
            items.row(frame.rowNumber(row), label);
            part.add(text.text(row));
        }
        progress.at("reading the texts of " + text.name(), 1);
        return part;
    }
}
