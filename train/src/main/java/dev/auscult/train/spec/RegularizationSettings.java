package dev.auscult.train.spec;

/**
 * What keeps the network from learning by heart; 0 switches each off.
 *
 * @param l1 λ₁ of λ₁·Σ|w| added to the loss
 * @param l2 λ₂ of ½λ₂·Σw² added to the loss; both together are the elastic net
 * @param labelSmoothing ε: y(1 − ε) + ε/K
 * @param maxNorm largest L2 norm of the weights into one unit
 * @param swaStart share 0..1 of the epochs after which weights are averaged for evaluation
 * @param ema decay of an exponential moving average of the weights for evaluation
 */
public record RegularizationSettings(
        double l1, double l2, double labelSmoothing, double maxNorm, double swaStart, double ema) {}
