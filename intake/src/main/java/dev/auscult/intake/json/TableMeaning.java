package dev.auscult.intake.json;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.auscult.run.MetricKey;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Quantity;
import dev.auscult.run.Split;

/** Tells the history of a training from any other table of numbers. */
final class TableMeaning {
    /** A record with longer texts is a sample of a data set or an answer of a model. */
    private static final int MAX_TEXT_PER_ROW = 200;

    private TableMeaning() {}

    /** Whether the columns are what a training program logs: a loss, or scores along an axis or side by side. */
    static boolean isHistory(JsonTable table, Map<String, String> meanings) {
        if (table.textPerRow() > MAX_TEXT_PER_ROW) {
            return false;
        }
        Axes axes = Axes.among(table.columns().keySet(), meanings);
        boolean loss = false;
        int scores = 0;
        boolean train = false;
        boolean heldOut = false;
        for (Map.Entry<String, JsonColumn> column : table.columns().entrySet()) {
            String name = column.getKey();
            if (axes.contains(name) || column.getValue().size() == 0) {
                continue;
            }
            if (meanings.containsValue(name) || meanings.containsValue(name.replace('/', '.'))) {
                return true;
            }
            MetricKey key = MetricVocabulary.resolve(name);
            boolean known = key.quantity() != Quantity.OTHER;
            loss |= key.quantity() == Quantity.LOSS || key.quantity() == Quantity.PERPLEXITY;
            scores += key.quantity().isScore() ? 1 : 0;
            train |= key.split() == Split.TRAIN && (known || startsWithSplit(name));
            heldOut |= key.split().isHeldOut();
        }
        boolean axis = axes.step() != null || axes.epoch() != null;
        boolean splits = train && heldOut;
        if (table.rows() < 2) {
            return axis ? loss || scores > 0 || splits : loss && splits;
        }
        return loss || splits || (axis ? scores > 0 : scores > 1);
    }

    private static boolean startsWithSplit(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("tr");
    }

    /** The split that a section is named after; empty if it is named after something else. */
    static Optional<Split> splitOfSection(String path) {
        return switch (path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT)) {
            case "train", "training", "tr" -> Optional.of(Split.TRAIN);
            case "val", "valid", "validation", "eval", "evaluation", "dev" -> Optional.of(Split.VALIDATION);
            case "test", "testing" -> Optional.of(Split.TEST);
            default -> Optional.empty();
        };
    }
}
