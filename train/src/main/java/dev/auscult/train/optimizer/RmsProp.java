package dev.auscult.train.optimizer;

import java.util.List;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.OptimizerSettings;

/**
 * v ← αv + (1 − α)g²; w ← w − η·g/(√v + ε), with momentum b ← μb + g/(√v + ε); w ← w − ηb.
 *
 * <p>Source: Tieleman and Hinton, lecture 6.5 (2012); {@code torch.optim.RMSprop}, not centered. α is β₂.
 */
final class RmsProp extends SlotOptimizer {
    private final double momentum;
    private final double alpha;
    private final double epsilon;

    RmsProp(OptimizerSettings settings, List<Slot> slots, Engine engine) {
        super(
                engine,
                slots,
                settings.learningRate(),
                Optimizers.decay(settings),
                settings.momentum() == 0 ? List.of("square") : List.of("square", "momentum"));
        momentum = settings.momentum();
        alpha = settings.beta2();
        epsilon = settings.epsilon();
    }

    @Override
    void update(Slot slot, Tensor gradient, double rate) {
        Tensor square = slot.memory.get(0).mulInPlace(alpha).addProductInPlace(gradient, gradient, 1 - alpha);
        Tensor scale = square.sqrt().addInPlace(epsilon);
        if (momentum == 0) {
            slot.weights.addQuotientInPlace(gradient, scale, -rate);
        } else {
            Tensor velocity = slot.memory.get(1).mulInPlace(momentum).addQuotientInPlace(gradient, scale, 1);
            slot.weights.addInPlace(velocity, -rate);
        }
    }
}
