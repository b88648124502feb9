package dev.auscult.train.check;

import dev.auscult.train.engine.Tensor;

/**
 * A batch that is used more than once.
 *
 * @param input [size, shape…]
 * @param target as the loss wants it
 * @param size number of examples
 */
record Sample(Tensor input, Tensor target, int size) implements AutoCloseable {
    @Override
    public void close() {
        input.close();
        target.close();
    }
}
