package dev.auscult.data.generate;

/** A way to make rows that are like others. */
public interface RowMaker {
    /**
     * Learns what rows are like.
     *
     * @param rows at least two of each class that rows are drawn of later
     * @param seed the same rows and seed make the same rows
     */
    RowSource learn(PreparedRows rows, long seed);

    /** What it is, for people: {@code Gaussian copula}. */
    String name();
}
