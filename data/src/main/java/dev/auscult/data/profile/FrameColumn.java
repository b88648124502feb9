package dev.auscult.data.profile;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.auscult.data.table.ColumnType;
import dev.auscult.run.ColumnProfile;
import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link Frame}: one double per row, and for text the strings.
 *
 * <p>A number is itself, a date is days since 1970-01-01, yes is 1 and no 0, a category is its place in {@link #words}; what is
 * missing, or of another type than the column, is NaN.
 */
public final class FrameColumn {
    private final ColumnProfile profile;
    private final ColumnType type;
    private final double[] values;
    private final List<String> words;
    private final @Nullable String @Nullable [] texts;
    private final Map<String, Long> strays;
    private final Map<String, Long> markers;

    /**
     * A column of any type but text.
     *
     * @param profile of all rows of the file
     * @param type what the cells are
     * @param values the cells [rows]
     * @param words categories by number; for yes and no the words used: no, yes; else empty
     * @param strays cells of another type, as written, with how many rows of the frame hold them
     * @param markers words that stand for a missing value ({@code NA}; an empty cell is the empty word), with how many rows
     */
    public FrameColumn(
            ColumnProfile profile,
            ColumnType type,
            double[] values,
            List<String> words,
            Map<String, Long> strays,
            Map<String, Long> markers) {
        this(profile, type, values, words, null, strays, markers);
    }

    private FrameColumn(
            ColumnProfile profile,
            ColumnType type,
            double[] values,
            List<String> words,
            @Nullable String @Nullable [] texts,
            Map<String, Long> strays,
            Map<String, Long> markers) {
        this.profile = Objects.requireNonNull(profile, "profile");
        this.type = type;
        this.values = values;
        this.words = List.copyOf(words);
        this.texts = texts;
        this.strays = new LinkedHashMap<>(strays);
        this.markers = new LinkedHashMap<>(markers);
    }

    /** A column of text; null where a cell is missing. */
    public static FrameColumn text(ColumnProfile profile, @Nullable String[] texts, Map<String, Long> markers) {
        return new FrameColumn(profile, ColumnType.TEXT, new double[0], List.of(), texts.clone(), Map.of(), markers);
    }

    public String name() {
        return profile.name();
    }

    public ColumnProfile.Role role() {
        return profile.role();
    }

    public ColumnType type() {
        return type;
    }

    /** What the column holds over all rows of the file, not only those of the frame. */
    public ColumnProfile profile() {
        return profile;
    }

    public int rows() {
        return texts == null ? values.length : texts.length;
    }

    /** Categories by number, in the order in which they first appear. */
    public List<String> words() {
        return words;
    }

    /** Cells of another type than the column, as written, with how many rows of the frame hold them. */
    public Map<String, Long> strays() {
        return strays;
    }

    /** Words that stand for a missing value, with how many rows of the frame hold them. */
    public Map<String, Long> markers() {
        return markers;
    }

    public boolean isNumeric() {
        return type == ColumnType.NUMERIC;
    }

    /** Whether its values are one of a few words: a category, or yes and no. */
    public boolean isCategorical() {
        return type == ColumnType.CATEGORICAL || type == ColumnType.BOOLEAN;
    }

    public boolean isText() {
        return texts != null;
    }

    /** Whether the cell holds no value of the type of the column. */
    public boolean isMissing(int row) {
        return texts == null ? Double.isNaN(values[row]) : texts[row] == null;
    }

    /** The cell as a number; NaN if it is missing. Not for text. */
    public double get(int row) {
        return values[row];
    }

    /** All cells as numbers [rows]; NaN where missing; empty for text. */
    public double[] values() {
        return values.clone();
    }

    /** The cells that are not missing, sorted. */
    public double[] sorted() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    }

    /** The cell of a column of text; empty if it is missing. */
    public String text(int row) {
        if (texts == null) {
            throw new IllegalStateException("column " + name() + " is not text");
        }
        String text = texts[row];
        return text == null ? "" : text;
    }
}
