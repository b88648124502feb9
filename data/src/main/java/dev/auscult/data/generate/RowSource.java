package dev.auscult.data.generate;

/** Makes rows, one after the other. */
public interface RowSource extends AutoCloseable {
    /**
     * Makes a row.
     *
     * @param label its class
     * @param into receives its numbers from {@code offset} on
     */
    void draw(int label, float[] into, int offset);

    @Override
    default void close() {}
}
