package dev.auscult.train.optimizer;

import java.util.List;

import dev.auscult.train.engine.Tensor;

/** A parameter that is trained, with its settings and what the optimizer remembers of it. */
final class Slot {
    final String path;
    final Tensor weights;
    /** Factor of its group on the learning rate. */
    final double factor;
    /** λ. */
    final double decay;

    /** What the optimizer remembers, in the order of its names. */
    List<Tensor> memory = List.of();
    /** Steps taken. */
    long steps;

    Slot(String path, Tensor weights, double factor, double decay) {
        this.path = path;
        this.weights = weights;
        this.factor = factor;
        this.decay = decay;
    }
}
