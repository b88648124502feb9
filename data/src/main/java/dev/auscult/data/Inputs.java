package dev.auscult.data;

/**
 * The inputs of a set of examples, all of one shape, read one by one in any order.
 *
 * <p>Implementations may be read by several threads at once.
 */
public interface Inputs {
    /** Number of examples. */
    int size();

    /** Shape of one example without the batch axis: {@code [features]}, {@code [channels, height, width]}, {@code [tokens]}. */
    long[] shape();

    /** Whether an example is a sequence of token ids, read by {@link #readTokens}; else numbers, read by {@link #read}. */
    default boolean tokens() {
        return false;
    }

    /** Number of elements of one example. */
    default int elements() {
        long product = 1;
        for (long extent : shape()) {
            product *= extent;
        }
        return Math.toIntExact(product);
    }

    /**
     * Reads the numbers of one example.
     *
     * @param index 0 ≤ index &lt; size
     * @param into receives the elements in row-major order from {@code offset} on
     */
    void read(int index, float[] into, int offset);

    /** The token that fills up short examples; only where {@link #tokens()}. */
    default long padding() {
        return 0;
    }

    /** Number of tokens of an example before its padding; only where {@link #tokens()}. */
    default int used(int index) {
        return elements();
    }

    /** Reads the token ids of one example; only where {@link #tokens()}. */
    default void readTokens(int index, long[] into, int offset) {
        throw new UnsupportedOperationException("these inputs are numbers, not tokens");
    }
}
