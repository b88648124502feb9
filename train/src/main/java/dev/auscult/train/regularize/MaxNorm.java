package dev.auscult.train.regularize;

import java.util.List;
import java.util.stream.IntStream;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Parameter;

/**
 * Scales the weights into each unit down to a largest L2 norm after a step: w ← w·c/max(c, ‖w‖).
 *
 * <p>A unit is one index of the first axis of a weight (an output of a dense layer, a filter of a convolution, a row of an
 * embedding). Parameters of one axis are spared.
 *
 * <p>Source: Srivastava et al., Dropout (2014), section 5.1; {@code torch.renorm}.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
public final class MaxNorm {
    private final Engine engine;
    private final double largest;
    private final List<Tensor> weights;

    /**
     * A bound on the parameters that are trained.
     *
     * @param largest c; 0 for none
     */
    public MaxNorm(double largest, List<Parameter> parameters, Engine engine) {
        this.engine = engine;
        this.largest = largest;
        this.weights = parameters.stream()
                .filter(Parameter::trainable)
                .map(Parameter::tensor)
                .filter(tensor -> tensor.shape().length > 1)
                .toList();
    }

    /** Brings the weights back into bounds. */
    public void project() {
        if (largest <= 0) {
            return;
        }
        for (Tensor weight : weights) {
            if (!weight.requiresGradient()) {
                continue;
            }
            try (Scope scope = engine.scope();
                    Scope still = engine.withoutGradients()) {
                int[] rest = IntStream.range(1, weight.shape().length).toArray();
                Tensor norms = weight.mul(weight).sum(true, rest).sqrt();
                Tensor bound = norms.copy().fillInPlace(largest);
                weight.mulInPlace(bound.div(norms.maximumInPlace(bound)));
            }
        }
    }
}
