package dev.auscult.train.optimizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.OptimizerSettings;
import dev.auscult.train.spec.SpecException;

/**
 * AdamW without a schedule: gradients are taken at y, steps made at z, and x, an average of z, is evaluated.
 *
 * <p>y = (1 − β₁)z + β₁x; d = g/(√(v/(1 − β₂ᵗ)) + ε) + λy; z ← z − ηd; x ← (1 − c)x + cz, c = w_t/Σw, w_t = max(η so
 * far)². The weights of the network are y while training, x while {@linkplain #evaluationWeights evaluating}.
 *
 * <p>Source: Defazio et al., The Road Less Scheduled (2024), algorithm 1; {@code schedulefree.AdamWScheduleFree} with r = 0
 * and its power 2 of the learning rate. Statistics of batch normalisation were gathered at y and should be gathered anew
 * at x.
 */
@SuppressWarnings("try") // scopes are opened for what their end does
final class ScheduleFreeAdamW extends SlotOptimizer {
    private final double beta1;
    private final double beta2;
    private final double epsilon;

    private double highestRate;
    private double weightSum;
    /** c of this step. */
    private double share;
    /** y while x is in place; empty while training. */
    private final List<Tensor> aside = new ArrayList<>();

    ScheduleFreeAdamW(OptimizerSettings settings, List<Slot> slots, Engine engine) {
        super(engine, slots, settings.learningRate(), Decay.OWN, List.of("square", "z"));
        beta1 = settings.beta1();
        beta2 = settings.beta2();
        epsilon = settings.epsilon();
        if (settings.weightDecay() != 0 && !Optimizers.isDecoupled(settings)) {
            throw new SpecException(
                    "optimizer.decay is coupled, wanted decoupled for schedule-free-adamw: that is what its W stands for");
        }
        if (beta1 == 0) {
            throw new SpecException(
                    "optimizer.beta1 is 0, wanted above 0 for schedule-free-adamw, which averages by it");
        }
    }

    @Override
    public void step() {
        if (!aside.isEmpty()) {
            throw new IllegalStateException(
                    "the evaluation weights are in place: call trainingWeights() before a step");
        }
        highestRate = Math.max(highestRate, learningRate());
        double weight = highestRate * highestRate;
        weightSum += weight;
        share = weightSum == 0 ? 0 : weight / weightSum;
        super.step();
    }

    @Override
    void update(Slot slot, Tensor gradient, double rate) {
        Tensor y = slot.weights;
        Tensor z = slot.memory.get(1);
        if (slot.steps == 1) {
            z.copyFrom(y);
        }
        Tensor square = slot.memory.get(0).mulInPlace(beta2).addProductInPlace(gradient, gradient, 1 - beta2);
        double correction = Math.sqrt(1 - Math.pow(beta2, (double) slot.steps));
        gradient.divInPlace(square.sqrt().addInPlace(epsilon * correction)).mulInPlace(correction);
        if (slot.decay != 0) {
            gradient.addInPlace(y, slot.decay);
        }
        // Moves y as the moves of z and x ask for, without x.
        y.lerpInPlace(z, share).addInPlace(gradient, rate * (beta1 * (1 - share) - 1));
        z.addInPlace(gradient, -rate);
    }

    @Override
    public void evaluationWeights() {
        if (!aside.isEmpty()) {
            return;
        }
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            for (Slot slot : slots) {
                aside.add(slot.weights.copy().keep());
                if (slot.steps > 0) {
                    slot.weights.lerpInPlace(slot.memory.get(1), 1 - 1 / beta1);
                }
            }
        }
    }

    @Override
    public void trainingWeights() {
        try (Scope still = engine.withoutGradients()) {
            for (int i = 0; i < aside.size(); i++) {
                slots.get(i).weights.copyFrom(aside.get(i));
                aside.get(i).close();
            }
            aside.clear();
        }
    }

    @Override
    public OptimizerState state() {
        OptimizerState state = super.state();
        Map<String, Double> numbers = new LinkedHashMap<>(state.numbers());
        numbers.put("highest-rate", highestRate);
        numbers.put("weight-sum", weightSum);
        return new OptimizerState(state.tensors(), numbers);
    }

    @Override
    public void restore(OptimizerState state) {
        super.restore(state);
        highestRate = state.number("highest-rate");
        weightSum = state.number("weight-sum");
    }

    @Override
    public void close() {
        aside.forEach(Tensor::close);
        aside.clear();
        super.close();
    }
}
