package dev.auscult.data.table;

import java.util.Arrays;
import java.util.Locale;

import dev.auscult.data.error.DataException;

/** What the cells of a column are. */
public enum ColumnType {
    NUMERIC,
    /** {@code true} or {@code false}, {@code yes} or {@code no}. */
    BOOLEAN,
    CATEGORICAL,
    DATE,
    TEXT;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of this name in a training spec. */
    public static ColumnType of(String label, String column) {
        for (ColumnType type : values()) {
            if (type.label().equals(label)) {
                return type;
            }
        }
        throw new DataException("data.types: column " + column + ": found '" + label + "', wanted one of "
                + Arrays.stream(values()).map(ColumnType::label).toList());
    }
}
