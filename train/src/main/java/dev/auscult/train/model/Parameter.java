package dev.auscult.train.model;

import dev.auscult.train.engine.Tensor;

/**
 * Numbers of a layer that training changes.
 *
 * @param layer path of the layer: {@code 0-conv}, {@code 3-residual/0-conv}
 * @param name {@code weight}, {@code bias}
 * @param tensor the numbers, which outlive every scope
 * @param trainable false if frozen
 */
public record Parameter(String layer, String name, Tensor tensor, boolean trainable) {
    /** Layer and name as one path: {@code 0-conv.weight}. */
    public String path() {
        return layer + "." + name;
    }
}
