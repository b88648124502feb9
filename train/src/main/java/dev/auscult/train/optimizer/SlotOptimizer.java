package dev.auscult.train.optimizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;

/** An optimizer that treats each parameter by itself. */
@SuppressWarnings("try") // scopes are opened for what their end does
abstract class SlotOptimizer implements Optimizer {
    /** How weights decay. */
    enum Decay {
        /** λw is added to the gradient. */
        COUPLED,
        /** Weights shrink by ηλ. */
        DECOUPLED,
        /** The update sees to it. */
        OWN
    }

    final Engine engine;
    final List<Slot> slots;

    private final Decay decay;
    private final List<String> names;
    private double rate;

    /**
     * Makes room for what is remembered.
     *
     * @param decay how weights decay
     * @param names names of the tensors that are remembered of each parameter, which start as zeros
     */
    SlotOptimizer(Engine engine, List<Slot> slots, double rate, Decay decay, List<String> names) {
        this.engine = engine;
        this.slots = List.copyOf(slots);
        this.rate = rate;
        this.decay = decay;
        this.names = List.copyOf(names);
        try (Scope scope = engine.scope()) {
            for (Slot slot : slots) {
                slot.memory = names.stream()
                        .map(name -> engine.zeros(slot.weights.type(), slot.weights.shape())
                                .keep())
                        .toList();
            }
        }
    }

    /** Changes one parameter; decay was seen to, and the steps of the slot count this one. */
    abstract void update(Slot slot, Tensor gradient, double rate);

    @Override
    public final double learningRate() {
        return rate;
    }

    @Override
    public final void learningRate(double rate) {
        this.rate = rate;
    }

    @Override
    public void step() {
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            step(slots);
        }
    }

    /** Changes these parameters one by one. */
    final void step(List<Slot> some) {
        for (Slot slot : some) {
            Optional<Tensor> gradient = slot.weights.gradient();
            if (gradient.isPresent()) {
                slot.steps++;
                decay(slot, gradient.get());
                update(slot, gradient.get(), rate * slot.factor);
            }
        }
    }

    private void decay(Slot slot, Tensor gradient) {
        if (slot.decay == 0) {
            return;
        }
        switch (decay) {
            case COUPLED -> gradient.addInPlace(slot.weights, slot.decay);
            case DECOUPLED -> slot.weights.mulInPlace(1 - rate * slot.factor * slot.decay);
            case OWN -> {}
        }
    }

    @Override
    public final double step(Closure closure) {
        double loss = closure.loss();
        step();
        return loss;
    }

    @Override
    public OptimizerState state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Slot slot : slots) {
            for (int i = 0; i < names.size(); i++) {
                tensors.put(slot.path + "/" + names.get(i), slot.memory.get(i));
            }
            numbers.put(slot.path + "/step", (double) slot.steps);
        }
        return new OptimizerState(tensors, numbers);
    }

    @Override
    public void restore(OptimizerState state) {
        for (Slot slot : slots) {
            for (int i = 0; i < names.size(); i++) {
                slot.memory.get(i).copyFrom(state.tensor(slot.path + "/" + names.get(i)));
            }
            slot.steps = (long) state.number(slot.path + "/step");
        }
    }

    @Override
    public void close() {
        for (Slot slot : slots) {
            slot.memory.forEach(Tensor::close);
            slot.memory = List.of();
        }
    }
}
