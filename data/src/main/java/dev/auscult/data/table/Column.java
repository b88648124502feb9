package dev.auscult.data.table;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table in memory: one double per cell, and for text the bytes.
 *
 * <p>A number is itself, a date is days since 1970-01-01, yes is 1 and no 0, a category is its place in {@link #words};
 * what is missing is NaN.
 */
public final class Column {
    private final String name;
    private final ColumnType type;
    private final List<String> words;
    /** For text: where each cell ends in {@link #bytes}. */
    private final Pieces cells;

    private final @Nullable Pieces bytes;

    Column(String name, ColumnType type, List<String> words, Pieces cells, @Nullable Pieces bytes) {
        this.name = name;
        this.type = type;
        this.words = List.copyOf(words);
        this.cells = cells;
        this.bytes = bytes;
    }

    public String name() {
        return name;
    }

    public ColumnType type() {
        return type;
    }

    /** Categories by number, in the order in which they first appear; for yes and no the words used: no, yes. */
    public List<String> words() {
        return words;
    }

    public int rows() {
        return (int) cells.size();
    }

    /** The cell as a number; NaN if it is missing. Not for text. */
    public double get(int row) {
        return cells.getDouble(row);
    }

    public boolean missing(int row) {
        return bytes == null && Double.isNaN(cells.getDouble(row));
    }

    /** The cell of a text column; empty if it is missing. */
    public String text(int row) {
        Pieces from = bytes;
        if (from == null) {
            throw new IllegalStateException("column " + name + " is " + type.label() + ", not text");
        }
        long start = row == 0 ? 0 : (long) cells.getDouble(row - 1);
        byte[] utf8 = new byte[(int) ((long) cells.getDouble(row) - start)];
        from.get(start, utf8, utf8.length);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** {@code column 64}, {@code column species}. */
    public String label() {
        return name.startsWith("column ") ? name : "column " + name;
    }
}
