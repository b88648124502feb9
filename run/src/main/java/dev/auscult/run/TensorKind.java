package dev.auscult.run;

/** What kind of tensor a statistic was taken from. */
public enum TensorKind {
    WEIGHT,
    GRADIENT,
    /** The change of a parameter in one optimizer step. */
    UPDATE,
    ACTIVATION,
    ACTIVATION_GRADIENT
}
