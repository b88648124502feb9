package dev.auscult.train.optimizer;

import java.util.List;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.OptimizerSettings;

/**
 * Stochastic gradient descent: v ← μv + g; w ← w − ηv, with Nesterov w ← w − η(g + μv).
 *
 * <p>Source: {@code torch.optim.SGD} without dampening; Sutskever et al., On the importance of initialization and momentum
 * (2013).
 */
final class Sgd extends SlotOptimizer {
    private final double momentum;
    private final boolean nesterov;

    Sgd(OptimizerSettings settings, List<Slot> slots, Engine engine) {
        super(
                engine,
                slots,
                settings.learningRate(),
                Optimizers.decay(settings),
                settings.momentum() == 0 ? List.of() : List.of("momentum"));
        momentum = settings.momentum();
        nesterov = settings.nesterov();
    }

    @Override
    void update(Slot slot, Tensor gradient, double rate) {
        if (momentum == 0) {
            slot.weights.addInPlace(gradient, -rate);
            return;
        }
        Tensor velocity = slot.memory.get(0);
        velocity.mulInPlace(momentum).addInPlace(gradient);
        if (nesterov) {
            slot.weights.addInPlace(gradient, -rate).addInPlace(velocity, -rate * momentum);
        } else {
            slot.weights.addInPlace(velocity, -rate);
        }
    }
}
