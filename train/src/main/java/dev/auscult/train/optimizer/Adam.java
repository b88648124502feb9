package dev.auscult.train.optimizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.train.engine.AdamKernel;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.OptimizerSettings;

/**
 * m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − η·(m/(1 − β₁ᵗ))/(√(v/(1 − β₂ᵗ)) + ε); with decoupled decay, AdamW.
 *
 * <p>Both corrections are drawn together, so that six operations do: w ← w − (η·c/(1 − β₁ᵗ))·m/(√v + εc), c = √(1 − β₂ᵗ).
 *
 * <p>Parameters with the same settings are updated by one call of the engine, unless some of them have no gradient: then
 * the operations are done one by one, since the number of steps differs from there on.
 *
 * <p>Source: Kingma and Ba, Adam (2015), algorithm 1; Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019),
 * algorithm 2; {@code torch.optim.Adam}, {@code torch.optim.AdamW}.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
final class Adam extends SlotOptimizer {
    /** Parameters with the same settings, and the kernel that updates them. */
    private record Alike(List<Slot> slots, AdamKernel kernel) {
        /** Whether each has a gradient and all have made as many steps. */
        boolean canGoTogether() {
            long steps = slots.get(0).steps;
            for (Slot slot : slots) {
                if (slot.steps != steps || slot.weights.gradient().isEmpty()) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Settings of a parameter. */
    private record Pace(double factor, double decay) {}

    private final List<Alike> groups = new ArrayList<>();
    private final double beta1;
    private final double beta2;
    private final double epsilon;

    Adam(OptimizerSettings settings, List<Slot> slots, Engine engine) {
        super(engine, slots, settings.learningRate(), Optimizers.decay(settings), List.of("mean", "square"));
        beta1 = settings.beta1();
        beta2 = settings.beta2();
        epsilon = settings.epsilon();
        Map<Pace, List<Slot>> alike = new LinkedHashMap<>();
        for (Slot slot : slots) {
            alike.computeIfAbsent(new Pace(slot.factor, slot.decay), pace -> new ArrayList<>())
                    .add(slot);
        }
        boolean decoupled = Optimizers.isDecoupled(settings);
        for (List<Slot> members : alike.values()) {
            groups.add(new Alike(
                    List.copyOf(members),
                    engine.adam(
                            members.stream().map(slot -> slot.weights).toList(),
                            members.stream().map(slot -> slot.memory.get(0)).toList(),
                            members.stream().map(slot -> slot.memory.get(1)).toList(),
                            decoupled)));
        }
    }

    @Override
    public void step() {
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            for (Alike group : groups) {
                if (group.canGoTogether()) {
                    group.slots().forEach(slot -> slot.steps++);
                    Slot first = group.slots().get(0);
                    group.kernel().step(first.steps, learningRate() * first.factor, beta1, beta2, epsilon, first.decay);
                } else {
                    step(group.slots());
                }
            }
        }
    }

    @Override
    public void close() {
        groups.forEach(group -> group.kernel().close());
        groups.clear();
        super.close();
    }

    @Override
    void update(Slot slot, Tensor gradient, double rate) {
        Tensor mean = slot.memory.get(0).lerpInPlace(gradient, 1 - beta1);
        Tensor square = slot.memory.get(1).mulInPlace(beta2).addProductInPlace(gradient, gradient, 1 - beta2);
        double correction = Math.sqrt(1 - Math.pow(beta2, (double) slot.steps));
        double size = rate * correction / (1 - Math.pow(beta1, (double) slot.steps));
        slot.weights.addQuotientInPlace(mean, square.sqrt().addInPlace(epsilon * correction), -size);
    }
}
