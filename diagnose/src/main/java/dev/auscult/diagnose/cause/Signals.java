package dev.auscult.diagnose.cause;

/** How much of a run is known, which decides how far causes can be told apart. */
public enum Signals {
    /** Losses, metrics, learning rate. */
    CURVES,
    /** Statistics of weights, gradients or activations besides. */
    TENSORS,
    /** Settings, network, checks and data besides: a recording with its spec. */
    FULL
}
