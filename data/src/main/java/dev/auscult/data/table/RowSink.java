package dev.auscult.data.table;

/**
 * Takes a table cell by cell, row after row.
 *
 * <p>The characters of a cell lie in a buffer that is used again for the next one.
 */
public interface RowSink {
    /** A cell as characters {@code chars[offset … offset + length)}. */
    void text(int column, char[] chars, int offset, int length);

    /** A cell of a typed format that holds a number. */
    void number(int column, double value);

    /** A cell of a typed format that holds nothing. */
    void missing(int column);

    /**
     * A row has more or fewer cells than there are columns. Where it is taken nonetheless, those too many were left out and
     * those too few are missing.
     *
     * @param line line of the file where it began, from 1
     * @param cells how many it has
     * @return whether it is taken; if not, reading stops with an error
     */
    default boolean ragged(long line, int cells) {
        return false;
    }

    /**
     * The row is complete.
     *
     * @param line line of the file where it began, from 1; for formats without lines the number of the row
     */
    void end(long line);
}
