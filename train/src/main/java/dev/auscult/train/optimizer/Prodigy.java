package dev.auscult.train.optimizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.OptimizerSettings;

/**
 * Adam that finds its own step size d, an estimate of the distance from the start to the solution; η is a factor on it, 1
 * by custom.
 *
 * <p>r ← √β₂·r + (d/d₀)·dη·⟨g, w₀ − w⟩; s ← √β₂·s + (d/d₀)·dη·g; d ← max(d, r/‖s‖₁); m ← β₁m + (1 − β₁)dg; v ← β₂v + (1 −
 * β₂)d²g²; w ← w − ηd·m/(√v + dε), with the d of before in all but the last step.
 *
 * <p>Source: Mishchenko and Defazio, Prodigy (2024), algorithm 4; {@code prodigyopt} with its defaults (d₀ = 10⁻⁶, no bias
 * correction). A parameter starts to count with its first gradient. Coupled decay adds λw to the gradient; decoupled is
 * w ← w(1 − ηdλ).
 */
@SuppressWarnings("try") // scopes are opened for what their end does
final class Prodigy extends SlotOptimizer {
    private static final double FIRST_DISTANCE = 1e-6;
    private static final List<String> NAMES = List.of("mean", "square", "direction", "start");

    private final boolean decoupled;
    private final double beta1;
    private final double beta2;
    private final double beta3;
    private final double epsilon;

    private double distance = FIRST_DISTANCE;
    private double numerator;

    Prodigy(OptimizerSettings settings, List<Slot> slots, Engine engine) {
        super(engine, slots, settings.learningRate(), Decay.OWN, NAMES);
        this.decoupled = Optimizers.isDecoupled(settings);
        this.beta1 = settings.beta1();
        this.beta2 = settings.beta2();
        this.beta3 = Math.sqrt(beta2);
        this.epsilon = settings.epsilon();
    }

    @Override
    public void step() {
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            double rate = learningRate();
            if (rate == 0) {
                return;
            }
            double size = distance * rate;
            double norm = gather(size);
            if (norm == 0) {
                return;
            }
            double estimate = numerator / norm;
            if (estimate > distance) {
                distance = estimate;
            }
            for (Slot slot : slots) {
                if (slot.weights.gradient().isPresent()) {
                    move(slot, size * slot.factor);
                }
            }
        }
    }

    /** Adds the gradients to what is remembered and gives ‖s‖₁. */
    private double gather(double size) {
        double gain = distance / FIRST_DISTANCE * size;
        double norm = 0;
        numerator *= beta3;
        for (Slot slot : slots) {
            Optional<Tensor> held = slot.weights.gradient();
            if (held.isEmpty()) {
                continue;
            }
            Tensor gradient = held.get();
            if (slot.decay != 0 && !decoupled) {
                gradient.addInPlace(slot.weights, slot.decay);
            }
            if (slot.steps++ == 0) {
                slot.memory.get(3).copyFrom(slot.weights);
            }
            Tensor direction = slot.memory.get(2);
            Tensor way = slot.memory.get(3).sub(slot.weights);
            numerator += gain * way.mulInPlace(gradient).sum().item();
            slot.memory.get(0).mulInPlace(beta1).addInPlace(gradient, distance * (1 - beta1));
            slot.memory
                    .get(1)
                    .mulInPlace(beta2)
                    .addProductInPlace(gradient, gradient, distance * distance * (1 - beta2));
            norm += direction
                    .mulInPlace(beta3)
                    .addInPlace(gradient, gain)
                    .abs()
                    .sum()
                    .item();
        }
        return norm;
    }

    private void move(Slot slot, double size) {
        Tensor scale = slot.memory.get(1).sqrt().addInPlace(distance * epsilon);
        if (slot.decay != 0 && decoupled) {
            slot.weights.mulInPlace(1 - size * slot.decay);
        }
        slot.weights.addQuotientInPlace(slot.memory.get(0), scale, -size);
    }

    @Override
    void update(Slot slot, Tensor gradient, double rate) {
        throw new IllegalStateException("the step size of prodigy follows from all parameters together");
    }

    @Override
    public OptimizerState state() {
        OptimizerState of = super.state();
        Map<String, Double> numbers = new LinkedHashMap<>(of.numbers());
        numbers.put("distance", distance);
        numbers.put("numerator", numerator);
        return new OptimizerState(of.tensors(), numbers);
    }

    @Override
    public void restore(OptimizerState state) {
        super.restore(state);
        distance = state.number("distance");
        numerator = state.number("numerator");
    }
}
