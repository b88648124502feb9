package dev.auscult.train.engine;

/** How the losses of the examples become one number. */
public enum Reduction {
    MEAN,
    SUM,
    NONE
}
