package dev.auscult.train.record;

import java.util.EnumSet;
import java.util.Set;

import dev.auscult.run.TensorKind;
import dev.auscult.train.spec.RecordSettings;

/**
 * At which steps which tensors are recorded.
 *
 * @param every steps between records; 0 for none
 * @param logarithmic records at steps 0, 1, 2, 4, 8 … instead
 * @param kinds which tensors
 */
public record RecordPlan(int every, boolean logarithmic, Set<TensorKind> kinds) {
    /**
     * Steps up to and with a recorded one whose batches are looked at for units that are never active. A unit that is
     * active for one example in a hundred is missed in five batches of 64 with probability 0.99^320 = 4 %.
     */
    private static final int WINDOW = 5;

    public RecordPlan {
        kinds = Set.copyOf(kinds);
    }

    public static RecordPlan of(RecordSettings settings) {
        EnumSet<TensorKind> kinds = EnumSet.noneOf(TensorKind.class);
        for (String name : settings.tensors()) {
            kinds.add(kind(name));
        }
        return new RecordPlan(settings.every(), settings.logarithmic(), kinds);
    }

    private static TensorKind kind(String name) {
        return switch (name) {
            case "weights" -> TensorKind.WEIGHT;
            case "gradients" -> TensorKind.GRADIENT;
            case "updates" -> TensorKind.UPDATE;
            case "activations" -> TensorKind.ACTIVATION;
            case "activation-gradients" -> TensorKind.ACTIVATION_GRADIENT;
            default ->
                throw new IllegalArgumentException("cannot record " + name
                        + "; known are weights, gradients, updates, activations, activation-gradients");
        };
    }

    /** Whether tensors are recorded at a step. */
    public boolean wants(long step) {
        if (kinds.isEmpty() || step < 0) {
            return false;
        }
        if (logarithmic) {
            return (step & (step - 1)) == 0;
        }
        return every > 0 && step % every == 0;
    }

    /** Whether the outputs of the layers are of interest at a step: it is recorded, or one of the few before one that is. */
    public boolean listens(long step) {
        if (wants(step)) {
            return true;
        }
        if (!kinds.contains(TensorKind.ACTIVATION)) {
            return false;
        }
        for (long next = step + 1; next < step + WINDOW; next++) {
            if (wants(next)) {
                return true;
            }
        }
        return false;
    }
}
