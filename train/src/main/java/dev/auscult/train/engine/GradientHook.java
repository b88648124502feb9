package dev.auscult.train.engine;

/** Hears the gradient of a tensor while it flows back. */
@FunctionalInterface
public interface GradientHook {
    /** The tensor is only valid during the call. */
    void gradient(Tensor gradient);
}
