package dev.auscult.train.check;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Tensor;

/**
 * Gives the mean of each distribution instead of a draw, so that dropout lets everything pass while batch normalisation
 * still works on the batch.
 */
final class MeanSource implements RandomSource {
    private final Engine engine;

    MeanSource(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Tensor normal(double mean, double standardDeviation, long... shape) {
        return engine.full(mean, shape);
    }

    @Override
    public Tensor uniform(double low, double high, long... shape) {
        return engine.full((low + high) / 2, shape);
    }

    @Override
    public Tensor bernoulli(double probability, long... shape) {
        return engine.full(probability, shape);
    }

    @Override
    public byte[] state() {
        return new byte[0];
    }

    @Override
    public void restore(byte[] state) {
        // It has no state: it always gives the same.
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
