package dev.auscult.train.optimizer;

import java.util.List;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.OptimizerSettings;

/**
 * s ← s + g²; w ← w − η·g/(√s + ε).
 *
 * <p>Source: Duchi, Hazan and Singer, Adaptive Subgradient Methods (2011); {@code torch.optim.Adagrad} without a decay of
 * its own.
 */
final class Adagrad extends SlotOptimizer {
    private final double epsilon;

    Adagrad(OptimizerSettings settings, List<Slot> slots, Engine engine) {
        super(engine, slots, settings.learningRate(), Optimizers.decay(settings), List.of("squares"));
        epsilon = settings.epsilon();
    }

    @Override
    void update(Slot slot, Tensor gradient, double rate) {
        Tensor squares = slot.memory.get(0).addProductInPlace(gradient, gradient, 1);
        slot.weights.addQuotientInPlace(gradient, squares.sqrt().addInPlace(epsilon), -rate);
    }
}
