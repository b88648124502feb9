package dev.auscult.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The outcome of an active check: something that was tried on the network, rather than observed while it trained.
 *
 * <p>The names of the numbers are those of {@link Kind}; one that was not measured is absent.
 *
 * @param kind what was tried
 * @param numbers what was measured, by name
 * @param notes what was found out in words, by name
 * @param parts the same for each layer or parameter, in order; empty if the check has none
 */
public record Probe(Kind kind, Map<String, Double> numbers, Map<String, String> notes, List<Part> parts) {
    public Probe {
        Objects.requireNonNull(kind, "kind");
        numbers = Map.copyOf(numbers);
        notes = Map.copyOf(notes);
        parts = List.copyOf(parts);
    }

    /** One of the numbers, if it was measured. */
    public OptionalDouble number(String name) {
        Double value = numbers.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** One of the notes; empty if there is none. */
    public String note(String name) {
        return notes.getOrDefault(name, "");
    }

    /**
     * What was measured on one layer or parameter.
     *
     * @param name path of the layer or parameter
     * @param numbers what was measured, by name
     */
    public record Part(String name, Map<String, Double> numbers) {
        public Part {
            Objects.requireNonNull(name, "name");
            numbers = Map.copyOf(numbers);
        }

        /** One of the numbers, if it was measured. */
        public OptionalDouble number(String key) {
            Double value = numbers.get(key);
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }

    /** What was tried. */
    public enum Kind {
        /**
         * The loss of the untrained network. {@code loss} and {@code standard-error} over {@code examples}; {@code
         * expected}: the loss of the best constant prediction (for cross-entropy the entropy of the label prior);
         * {@code uniform}: of a prediction that knows nothing (log C). Note {@code loss}: its name.
         */
        LOSS_AT_START,
        /**
         * Training on one batch alone. {@code start-loss}, {@code end-loss}, {@code floor} (the least loss possible),
         * {@code start-accuracy}, {@code end-accuracy} (0..1, classification), {@code steps}, {@code examples}; {@code
         * steps-of-all-tries}: with those of other learning rates that did no better.
         */
        ONE_BATCH,
        /**
         * A short training on real, on shuffled and on zeroed inputs. {@code loss}, {@code shuffled-loss}, {@code
         * zeroed-loss}: means over the last steps; {@code standard-error} of their differences; {@code start-loss};
         * {@code steps}.
         */
        INPUT_INDEPENDENCE,
        /**
         * Gradients against central differences in float64. Per parameter: {@code relative-error} (largest over the
         * {@code checked} coordinates that are smooth), {@code kinks} (coordinates at a kink, left out), {@code
         * analytic} and {@code numeric} (at the worst coordinate), {@code coordinate} (its flat index).
         */
        GRADIENT_CHECK,
        /**
         * Whether an example's output depends on another example of the batch, in evaluation mode. {@code own}: largest
         * absolute gradient of output i by input i; {@code foreign}: by another input; {@code training-foreign}: the
         * same in training mode; {@code examples}.
         */
        BATCH_LEAKAGE,
        /**
         * The same batch in training and in evaluation mode. {@code train-mode-loss}, {@code evaluation-mode-loss},
         * {@code output-difference} (root mean square, relative to the spread of the outputs), {@code steps} of training
         * before. Notes {@code dropout} and {@code batch-norm}: {@code yes} where the network has them.
         */
        TRAIN_EVALUATION,
        /** A batch and the same batch twice: {@code loss-ratio} and {@code gradient-ratio} (1 for a mean, 2 for a sum). */
        REDUCTION,
        /**
         * Scale by depth in the untrained network. Per layer in order of execution: {@code activation-std}, {@code
         * gradient-rms} (of the loss by the layer's output).
         */
        DEPTH_SCALE,
        /**
         * One step in a dry run. Per parameter, in the order of the network: {@code gradient-norm}, {@code
         * update-norm}, {@code weight-norm} (before the step), {@code elements}, {@code trainable} (1 or 0 as declared).
         */
        WIRING,
        /**
         * Memory in bytes: {@code parameters}, {@code gradients}, {@code optimizer}, {@code activations}, {@code total},
         * {@code available}; {@code batch} and {@code largest-batch} that fits, in examples.
         */
        MEMORY,
        /**
         * Time: {@code step-seconds} (a whole step, waiting included), {@code loader-seconds} (waiting for data, per step),
         * {@code epoch-seconds}, {@code total-seconds}.
         */
        TIME,
        /**
         * Size of network and data: {@code parameters} (trainable), {@code examples}, {@code outputs}, {@code
         * input-elements}; for a convolutional network {@code receptive-field} and {@code input-extent} in pixels along
         * the longer side, where no later layer sees the whole input (note {@code sees-all}: {@code yes} if one does).
         */
        CAPACITY;

        /** The name in a recording: {@code loss-at-start}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
