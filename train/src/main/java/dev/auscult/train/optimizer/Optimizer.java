package dev.auscult.train.optimizer;

/** Changes weights by their gradients. */
public interface Optimizer extends AutoCloseable {
    /** η of the next step. */
    double learningRate();

    /** Sets η of the next steps; factors of groups come on top. */
    void learningRate(double rate);

    /**
     * Changes the weights by the gradients they hold, which it may overwrite; parameters without a gradient stay.
     *
     * @throws IllegalStateException if it {@linkplain #needsClosure needs a closure}
     */
    void step();

    /**
     * A step for optimizers that evaluate the loss themselves; others evaluate it once.
     *
     * @return the loss before the step
     */
    double step(Closure closure);

    /** Whether it evaluates the loss itself, so that {@link #step(Closure)} must be used. */
    default boolean needsClosure() {
        return false;
    }

    /** Puts the weights in place that are to be evaluated and kept, where they are not those that are trained. */
    default void evaluationWeights() {}

    /** Puts the weights back that are trained, bit for bit. */
    default void trainingWeights() {}

    /** Everything it remembers; take it while the training weights are in place. */
    OptimizerState state();

    /** Goes on from a state that {@link #state} gave for the same network and settings. */
    void restore(OptimizerState state);

    /** Frees its tensors. */
    @Override
    void close();
}
