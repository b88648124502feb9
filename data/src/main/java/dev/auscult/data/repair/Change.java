package dev.auscult.data.repair;

import java.util.List;
import java.util.Objects;

/**
 * One kind of change that was made in a table.
 *
 * @param what what was changed: {@code imputed}, {@code duplicate dropped}
 * @param column in which column; empty for whole rows
 * @param how from what to what
 * @param count cells or rows
 * @param rows numbers of the first of them in the original file, from 1
 */
public record Change(String what, String column, String how, long count, List<Long> rows) {
    /** So many rows are named. */
    static final int MOST_ROWS = 20;

    public Change {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(how, "how");
        rows = List.copyOf(rows);
    }
}
