package dev.auscult.train.engine;

/** A stream of random numbers with a seed and a state of its own, for one purpose (weights, dropout). */
public interface RandomSource extends AutoCloseable {
    /** A new float32 tensor of normally distributed numbers. */
    Tensor normal(double mean, double standardDeviation, long... shape);

    /** A new float32 tensor of numbers in [low, high). */
    Tensor uniform(double low, double high, long... shape);

    /** A new float32 tensor of ones with the given probability, else zeros. */
    Tensor bernoulli(double probability, long... shape);

    /** The whole state, to be kept in a checkpoint. */
    byte[] state();

    /** Goes on from a state that {@link #state} gave. */
    void restore(byte[] state);

    @Override
    void close();
}
