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
     * The row is complete.
     *
     * @param line line of the file where it began, from 1; for formats without lines the number of the row
     */
    void end(long line);
}
