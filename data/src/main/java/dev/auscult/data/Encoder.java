package dev.auscult.data;

import java.util.List;

import dev.auscult.data.generate.Feature;
import dev.auscult.data.table.Column;

/** Turns the cells of one column into numbers, by figures taken from the training part. */
interface Encoder {
    /** The column. */
    String column();

    /** What each number is called: {@code age}, {@code age missing}, {@code sex=male}. */
    List<String> names();

    /** What the numbers mean. */
    Feature.Kind kind();

    /** A writer for this column of a table, which may know other categories, or the same by other numbers. */
    CellWriter bind(Column column);

    /** How many cells of some rows hold a category that the training part lacks, or nothing where it has gaps nowhere. */
    int unseen(Column column, int[] rows);

    /** Writes the numbers of a cell. */
    interface CellWriter {
        void write(int row, float[] into, int offset);
    }
}
