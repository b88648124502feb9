package dev.auscult.bench.faults;

import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Tensor;

/**
 * Masks that undo the scaling of inverted dropout: a layer divides its mask by the share q that it keeps, so a mask of q
 * and 0 is one of dropout that never scales.
 */
final class UnscaledMasks implements RandomSource {
    private final RandomSource source;

    UnscaledMasks(RandomSource source) {
        this.source = source;
    }

    @Override
    public Tensor bernoulli(double probability, long... shape) {
        return source.bernoulli(probability, shape).mulInPlace(probability);
    }

    @Override
    public Tensor normal(double mean, double standardDeviation, long... shape) {
        return source.normal(mean, standardDeviation, shape);
    }

    @Override
    public Tensor uniform(double low, double high, long... shape) {
        return source.uniform(low, high, shape);
    }

    @Override
    public byte[] state() {
        return source.state();
    }

    @Override
    public void restore(byte[] state) {
        source.restore(state);
    }

    @Override
    public void close() {
        source.close();
    }
}
