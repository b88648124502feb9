package dev.auscult.data.table;

import java.nio.file.Path;
import java.util.List;

/** A table in a file, which can be read from its first row to its last as often as is needed. */
public interface Rows {
    /** The file. */
    Path file();

    /** Names of the columns; where the file has none, {@code column 0}, {@code column 1}, …. */
    List<String> names();

    /** Whether the file itself names the columns. */
    boolean named();

    /** Names of the classes by number, if the file gives them; else empty. */
    default List<String> classNames() {
        return List.of();
    }

    /** What people should know of how the file was read; else empty. */
    default List<String> remarks() {
        return List.of();
    }

    /** Whether words such as {@code NA} stand for a missing value; else only what holds nothing is missing. */
    default boolean hasMarkers() {
        return false;
    }

    /** What a place in the file is called: {@code line} or {@code row}. */
    default String place() {
        return "line";
    }

    /** Hands every row to the sink. */
    void read(RowSink sink);
}
