package dev.auscult.run;

import java.util.Locale;
import java.util.Objects;

/**
 * What a series measures: {@code val_loss}, {@code eval/loss} and {@code Loss/val} all have the same key but for their
 * original name.
 *
 * @param split the data it was measured on
 * @param quantity what was measured
 * @param part which part of the quantity ({@code box} of a detector's {@code box_loss}, {@code macro} of a macro F1);
 *     empty for the whole
 * @param grain over how much data each point was averaged, as far as the name tells
 * @param direction which way is better
 * @param name the name in the log
 */
public record MetricKey(Split split, Quantity quantity, String part, Grain grain, Direction direction, String name) {

    public MetricKey {
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(quantity, "quantity");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(grain, "grain");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(name, "name");
    }

    /** A whole quantity of unknown grain with the quantity's own direction. */
    public static MetricKey of(Split split, Quantity quantity, String name) {
        return new MetricKey(split, quantity, "", Grain.UNKNOWN, quantity.direction(), name);
    }

    /** Whether this is the whole quantity and not one part of it. */
    public boolean isWhole() {
        return part.isEmpty();
    }

    /**
     * The name that is the same for every program: {@code validation/loss}, {@code train/box_loss},
     * {@code learning_rate}; a quantity outside the vocabulary keeps the name in the log.
     */
    public String label() {
        String noun;
        if (quantity == Quantity.OTHER) {
            noun = name;
            if (split == Split.NONE || noun.toLowerCase(Locale.ROOT).startsWith(split.label())) {
                return noun;
            }
        } else {
            noun = part.isEmpty() ? quantity.label() : part + "_" + quantity.label();
        }
        return split == Split.NONE ? noun : split.label() + "/" + noun;
    }

    /** Whether two keys measure the same thing, whatever they were called. */
    public boolean sameMeasure(MetricKey other) {
        return split == other.split
                && quantity == other.quantity
                && grain == other.grain
                && part.equals(other.part)
                && (quantity != Quantity.OTHER || name.equals(other.name));
    }
}
