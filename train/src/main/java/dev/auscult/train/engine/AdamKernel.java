package dev.auscult.train.engine;

/** The update of Adam (Kingma and Ba 2015) or AdamW (Loshchilov and Hutter 2019) for many parameters in one call. */
public interface AdamKernel extends AutoCloseable {
    /**
     * Updates the parameters that have a gradient, and their moments, in place.
     *
     * @param step number of this update, from 1, for the correction of the bias
     */
    void step(long step, double learningRate, double beta1, double beta2, double epsilon, double weightDecay);

    @Override
    void close();
}
