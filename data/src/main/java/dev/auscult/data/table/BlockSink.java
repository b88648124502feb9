package dev.auscult.data.table;

/** Takes a table in blocks of whole rows, of which several are read at the same time, each by a sink of its own. */
public interface BlockSink extends RowSink {
    /**
     * The rows that follow are of another block.
     *
     * @param number which of the file, from 0
     */
    void begin(long number);

    /**
     * The block is complete.
     *
     * @param number which of the file
     * @param lines how many lines it has
     */
    void end(long number, long lines);
}
