package dev.auscult.intake.json;

import java.util.LinkedHashMap;
import java.util.Map;

/** A list of records, or lists side by side: columns of numbers by name. */
final class JsonTable {
    /** A log has fewer columns; what a hostile file has beyond is left out. */
    private static final int MAX_COLUMNS = 4096;

    private final String path;
    private final boolean records;
    private final Map<String, JsonColumn> columns = new LinkedHashMap<>();
    private int rows;
    private long textChars;

    /**
     * An empty table.
     *
     * @param path the names that lead to it, joined by {@code /}; empty for the document itself
     * @param records whether it was a list of records, so that the columns share their rows
     */
    JsonTable(String path, boolean records) {
        this.path = path;
        this.records = records;
    }

    String path() {
        return path;
    }

    boolean isRecords() {
        return records;
    }

    Map<String, JsonColumn> columns() {
        return columns;
    }

    /** Number of records, or the length of the longest list. */
    int rows() {
        return rows;
    }

    /** Mean number of characters of text in a record. */
    long textPerRow() {
        return textChars / Math.max(1, rows);
    }

    void addRow(JsonRow row) {
        for (int i = 0; i < row.size(); i++) {
            if (row.isNumber(i)) {
                add(row.name(i), rows, row.number(i));
            }
        }
        textChars += row.textChars();
        rows++;
    }

    JsonColumn add(String name, int row, double value) {
        JsonColumn column = columns.get(name);
        if (column == null) {
            column = new JsonColumn();
            if (columns.size() < MAX_COLUMNS) {
                columns.put(name, column);
            }
        }
        column.add(row, value);
        if (!records) {
            rows = Math.max(rows, row + 1);
        }
        return column;
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }
}
