package dev.auscult.train.regularize;

import java.util.List;
import java.util.Optional;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.spec.RegularizationSettings;

/**
 * L1, L2 and elastic net: λ₁Σ|w| + ½λ₂Σw² as part of the loss, with the gradient λ₁·sign(w) + λ₂w, sign(0) = 0.
 *
 * <p>Parameters of one axis (biases, and the scales of normalisation) are spared. The gradient does not pass through the
 * graph: it is added after the backward pass, and after gradients of a scaled loss were scaled back.
 *
 * <p>Source: Zou and Hastie, Regularization and variable selection via the elastic net (2005).
 */
@SuppressWarnings("try") // scopes are opened for what their end does
public final class Penalties {
    private final Engine engine;
    private final double l1;
    private final double l2;
    private final List<Tensor> weights;

    /** Penalties on the parameters that are trained. */
    public Penalties(RegularizationSettings settings, List<Parameter> parameters, Engine engine) {
        this.engine = engine;
        this.l1 = settings.l1();
        this.l2 = settings.l2();
        this.weights = parameters.stream()
                .filter(Parameter::trainable)
                .map(Parameter::tensor)
                .filter(tensor -> tensor.shape().length > 1)
                .toList();
    }

    /** Whether there is anything to add. */
    public boolean isActive() {
        return l1 != 0 || l2 != 0;
    }

    /** Adds the gradient of the penalties to the gradients of the weights that have one. */
    public void addGradients() {
        if (!isActive()) {
            return;
        }
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            for (Tensor weight : weights) {
                Optional<Tensor> gradient = weight.gradient();
                if (gradient.isPresent() && l1 != 0) {
                    gradient.get().addInPlace(weight.sign(), l1);
                }
                if (gradient.isPresent() && l2 != 0) {
                    gradient.get().addInPlace(weight, l2);
                }
            }
        }
    }

    /** What the penalties add to the loss at the present weights. */
    public double value() {
        if (!isActive()) {
            return 0;
        }
        double value = 0;
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            for (Tensor weight : weights) {
                if (!weight.requiresGradient()) {
                    continue;
                }
                if (l1 != 0) {
                    value += l1 * weight.abs().sum().item();
                }
                if (l2 != 0) {
                    value += l2 / 2 * weight.mul(weight).sum().item();
                }
            }
        }
        return value;
    }
}
