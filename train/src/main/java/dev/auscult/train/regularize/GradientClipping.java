package dev.auscult.train.regularize;

import java.util.List;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.SpecException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps gradients from growing too large: by value g ← clamp(g, −v, v), then by global norm g ← g·min(1, c/(‖g‖ + 10⁻⁶)),
 * where ‖g‖ is the L2 norm over all parameters.
 *
 * <p>Source: Pascanu et al., On the difficulty of training recurrent neural networks (2013); {@code
 * torch.nn.utils.clip_grad_norm_}, {@code clip_grad_value_}. As there, a norm that is not finite is not caught: it makes all
 * gradients NaN, or 0 where they were finite.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
public final class GradientClipping {
    private static final double SMALL = 1e-6;

    private final Engine engine;
    private final @Nullable Double largestNorm;
    private final @Nullable Double largestValue;

    /**
     * What to clip.
     *
     * @param largestNorm c; null for none
     * @param largestValue v; null for none
     */
    public GradientClipping(Engine engine, @Nullable Double largestNorm, @Nullable Double largestValue) {
        this.engine = engine;
        this.largestNorm = positive(largestNorm, "training.clip-norm");
        this.largestValue = positive(largestValue, "training.clip-value");
    }

    private static @Nullable Double positive(@Nullable Double value, String key) {
        if (value != null && !(value > 0)) {
            throw new SpecException(key + " is " + value + ", wanted above 0");
        }
        return value;
    }

    /**
     * What clipping met.
     *
     * @param norm global norm of the gradients before clipping; NaN where it was not measured
     * @param byNorm whether they were scaled down
     */
    public record Outcome(double norm, boolean byNorm) {
        /** Whether the norm was measured and a finite number; if not finite, the step will ruin the weights. */
        public boolean isFinite() {
            return Double.isFinite(norm);
        }
    }

    /** Clips the gradients in place and measures their norm; does nothing at all without a limit. */
    public Outcome clip(List<Tensor> gradients) {
        return clip(gradients, true);
    }

    /**
     * Clips the gradients in place; does nothing at all without a limit.
     *
     * @param measure whether the norm is wanted where it is not needed, as in clipping by value alone
     */
    public Outcome clip(List<Tensor> gradients, boolean measure) {
        if (largestNorm == null && largestValue == null) {
            return new Outcome(Double.NaN, false);
        }
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            double norm = measure || largestNorm != null ? engine.globalNorm(gradients) : Double.NaN;
            double present = norm;
            if (largestValue != null) {
                for (Tensor gradient : gradients) {
                    gradient.clampInPlace(-largestValue, largestValue);
                }
                present = largestNorm == null ? norm : engine.globalNorm(gradients);
            }
            if (largestNorm == null) {
                return new Outcome(norm, false);
            }
            double factor = largestNorm / (present + SMALL);
            // Written so that a NaN is passed on.
            boolean scale = !(factor >= 1);
            if (scale) {
                for (Tensor gradient : gradients) {
                    gradient.mulInPlace(factor);
                }
            }
            return new Outcome(norm, scale);
        }
    }
}
