package dev.auscult.train.optimizer;

import java.util.List;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.spec.OptimizerSettings;
import dev.auscult.train.spec.SpecException;

/** Makes the optimizer that a spec asks for. */
public final class Optimizers {
    /** The types that a spec may name. */
    public static final List<String> TYPES =
            List.of("sgd", "adam", "adamw", "rmsprop", "adagrad", "lbfgs", "prodigy", "schedule-free-adamw");

    private Optimizers() {}

    /**
     * The optimizer that a spec asks for. Parameters that a group freezes no longer ask for a gradient.
     *
     * @throws SpecException if the settings do not fit the optimizer or the parameters; the message is one line
     */
    public static Optimizer of(OptimizerSettings settings, List<Parameter> parameters, Engine engine) {
        List<Slot> slots = Slots.of(settings, parameters);
        return switch (settings.type()) {
            case "sgd" -> new Sgd(settings, slots, engine);
            case "adam", "adamw" -> new Adam(settings, slots, engine);
            case "rmsprop" -> new RmsProp(settings, slots, engine);
            case "adagrad" -> new Adagrad(settings, slots, engine);
            case "lbfgs" -> new Lbfgs(settings, slots, engine);
            case "prodigy" -> new Prodigy(settings, slots, engine);
            case "schedule-free-adamw" -> new ScheduleFreeAdamW(settings, slots, engine);
            default ->
                throw new SpecException(
                        "optimizer.type is " + settings.type() + ", wanted one of " + String.join(", ", TYPES));
        };
    }

    static boolean isDecoupled(OptimizerSettings settings) {
        return decay(settings) == SlotOptimizer.Decay.DECOUPLED;
    }

    /** How weights decay; AdamW is decoupled by its name, whatever the settings say. */
    static SlotOptimizer.Decay decay(OptimizerSettings settings) {
        return switch (settings.decay()) {
            case "decoupled" -> SlotOptimizer.Decay.DECOUPLED;
            case "coupled" ->
                settings.type().equals("adamw") ? SlotOptimizer.Decay.DECOUPLED : SlotOptimizer.Decay.COUPLED;
            default ->
                throw new SpecException("optimizer.decay is " + settings.decay() + ", wanted coupled or decoupled");
        };
    }
}
