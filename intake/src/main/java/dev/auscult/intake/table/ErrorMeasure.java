package dev.auscult.intake.table;

import java.util.List;

import dev.auscult.run.Direction;
import dev.auscult.run.MetricKey;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Quantity;
import dev.auscult.run.Split;

/**
 * The error that stands for the loss in a table of a regression that logs neither a loss nor a score: what it logs, its
 * mean squared error above all, is what it is trained on or falls and rises with it.
 */
final class ErrorMeasure {
    /** The most usual losses first. */
    private static final List<String> MEASURES = List.of("mse", "rmse", "mae");

    private ErrorMeasure() {}

    /** The measure that stands for the loss in a table with these columns; empty if none needs to. */
    static String of(List<String> names) {
        List<MetricKey> keys = names.stream().map(MetricVocabulary::resolve).toList();
        boolean judged = keys.stream()
                .map(MetricKey::quantity)
                .anyMatch(q -> q == Quantity.LOSS || q == Quantity.PERPLEXITY || q.isScore());
        return judged
                ? ""
                : MEASURES.stream()
                        .filter(measure -> keys.stream().anyMatch(key -> is(measure, key)))
                        .findFirst()
                        .orElse("");
    }

    /** Whether a key is the whole of a measure, and not that of one output of several. */
    static boolean is(String measure, MetricKey key) {
        return key.quantity() == Quantity.OTHER
                && !measure.isEmpty()
                && key.part().equals(measure);
    }

    /** The key of an error as the loss; without a split it is the training loss, as a bare loss is. */
    static MetricKey asLoss(MetricKey key) {
        Split split = key.split() == Split.NONE ? Split.TRAIN : key.split();
        return new MetricKey(split, Quantity.LOSS, "", key.grain(), Direction.LOWER_IS_BETTER, key.name());
    }
}
