package dev.auscult.train.model;

import dev.auscult.train.engine.Tensor;

/** Hears what each layer gives while a network runs forward. */
@FunctionalInterface
public interface LayerListener {
    /** Hears nothing. */
    LayerListener NONE = (layer, output) -> {};

    /**
     * Called after each layer, children first.
     *
     * @param layer path of the layer
     * @param output what it gave, alive until the scope of the step ends
     */
    void output(String layer, Tensor output);

    /**
     * Whether to hear the attention map of a layer as well: how much each place attends to each other [batch, heads, length,
     * length], without gradient, under {@code <layer>/attention}. It is computed only then.
     */
    default boolean wantsAttention(String layer) {
        return false;
    }
}
