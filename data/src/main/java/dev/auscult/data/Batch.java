package dev.auscult.data;

/**
 * The examples of one training step, in arrays that are used again for later batches.
 *
 * <p>Of {@link #inputs} and {@link #tokens} one is filled, of {@link #classes} and {@link #values} one (for soft labels,
 * as mixup makes them, {@code values} holds a probability per class); the others are empty.
 */
public final class Batch {
    /** Number of examples in this batch; the arrays may be longer. */
    public final int size;
    /** Shape of one input without the batch axis. */
    public final long[] shape;
    /** Numbers [size, shape…]. */
    public final float[] inputs;
    /** Token ids [size, length]. */
    public final long[] tokens;
    /** Classes [size], or the next token of each place [size, length]; −1 where there is none. */
    public final long[] classes;
    /** Numbers, labels or class probabilities [size, outputs]. */
    public final float[] values;
    /** Which examples these are, by their index in the split [size]. */
    public final int[] indices;

    public Batch(int size, long[] shape, float[] inputs, long[] tokens, long[] classes, float[] values, int[] indices) {
        this.size = size;
        this.shape = shape;
        this.inputs = inputs;
        this.tokens = tokens;
        this.classes = classes;
        this.values = values;
        this.indices = indices;
    }
}
