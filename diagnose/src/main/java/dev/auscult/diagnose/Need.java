package dev.auscult.diagnose;

import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;

import dev.auscult.run.Quantity;
import dev.auscult.run.Split;
import dev.auscult.run.TensorKind;

/**
 * Data that a rule cannot do without.
 *
 * @param missing what to say when it is not there: {@code no validation loss in this log}
 * @param record what to record next time
 * @param isMet whether an examination has it
 */
public record Need(String missing, String record, Predicate<Examination> isMet) {
    /** Some loss on training data. */
    public static final Need TRAIN_LOSS = new Need(
            "no training loss in this log",
            "log the training loss every epoch or every few steps",
            e -> e.trainLoss().isPresent());

    /** Some loss on held-out data. */
    public static final Need VALIDATION_LOSS = new Need(
            "no validation loss in this log",
            "evaluate on held-out data every epoch and log its loss",
            e -> e.validationLoss().isPresent());

    /** Some loss, wherever it was measured. */
    public static final Need ANY_LOSS = new Need(
            "no loss in this log",
            "log the training loss every epoch or every few steps",
            e -> e.trainLoss().isPresent() || e.validationLoss().isPresent());

    /** A score (accuracy, F1, mAP …) on held-out data. */
    public static final Need VALIDATION_SCORE = new Need(
            "no score on held-out data in this log",
            "log a metric such as accuracy on held-out data every epoch",
            e -> e.validationScore().isPresent());

    /** The learning rate over time. */
    public static final Need LEARNING_RATE_CURVE = new Need(
            "no learning rate in this log",
            "log the learning rate beside the loss",
            e -> e.learningRate().isPresent());

    public Need {
        Objects.requireNonNull(missing, "missing");
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(isMet, "isMet");
    }

    /** A metric of this quantity on any split. */
    public static Need metric(Quantity quantity, String record) {
        return new Need(
                "no " + quantity.label().replace('_', ' ') + " in this log",
                record,
                e -> e.run().metrics().stream().anyMatch(s -> s.key().quantity() == quantity));
    }

    /** A metric of this quantity on this split. */
    public static Need metric(Split split, Quantity quantity, String record) {
        return new Need(
                "no " + split.label() + " " + quantity.label().replace('_', ' ') + " in this log",
                record,
                e -> e.run().metrics(split, quantity).findAny().isPresent());
    }

    /** Statistics of tensors of this kind. */
    public static Need tensors(TensorKind kind) {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Need(
                "no " + name + " statistics in this log",
                "log histograms of the " + name + "s (add_histogram, histogram_freq=1, wandb.watch)",
                e -> e.run().tensors(kind).findAny().isPresent());
    }
}
