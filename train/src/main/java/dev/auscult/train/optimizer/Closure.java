package dev.auscult.train.optimizer;

/** Evaluates the loss anew at the present weights. */
@FunctionalInterface
public interface Closure {
    /** Clears the gradients, runs forward and backward, and gives the loss. */
    double loss();
}
