package dev.auscult.app.live;

import org.jspecify.annotations.Nullable;

/** How large the terminal is at present. */
@FunctionalInterface
public interface Window {
    /** A window that keeps its size. */
    static Window fixed(int columns, int rows) {
        return () -> new Size(columns, rows);
    }

    /** The size; null while it is changing and not yet known. */
    @Nullable
    Size size();

    /**
     * A size.
     *
     * @param columns characters in a line
     * @param rows lines
     */
    record Size(int columns, int rows) {}
}
