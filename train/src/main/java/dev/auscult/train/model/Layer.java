package dev.auscult.train.model;

import dev.auscult.train.engine.Tensor;

/** What a layer computes, with the parameters it was built with. */
@FunctionalInterface
interface Layer {
    /**
     * Runs forward.
     *
     * @param input [batch, shape…]
     */
    Tensor forward(Tensor input, Flow flow);
}
