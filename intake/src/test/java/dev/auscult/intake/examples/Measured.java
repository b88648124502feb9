package dev.auscult.intake.examples;

/**
 * What a batch or a data set gave.
 *
 * @param loss mean cross-entropy [nats]
 * @param accuracy share 0..1
 * @param gradientNorm L2 norm of the whole gradient, before clipping; NaN where there is none
 */
record Measured(double loss, double accuracy, double gradientNorm) {}
