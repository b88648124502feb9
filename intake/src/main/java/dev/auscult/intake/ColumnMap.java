package dev.auscult.intake;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.auscult.run.MetricKey;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Quantity;

/** The columns that the user explains, and who reads a file for which that is done. */
final class ColumnMap {
    private static final Set<String> AXES = Set.of("step", "epoch", "time");
    private static final int MOST_NAMES = 12;

    private ColumnMap() {}

    /**
     * A reader, or why there is none.
     *
     * @param refusal empty if the reader can read the columns
     */
    record Choice(LogReader reader, String refusal) {}

    /** The reader that reads a file by the columns that the user named; empty if they say nothing about this file. */
    static Optional<Choice> choose(List<LogReader> readers, LogFile file, Map<String, String> columns)
            throws IOException {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        for (LogReader reader : readers) {
            Optional<List<String>> names = reader.columns(file, columns);
            if (names.isPresent()) {
                return Optional.of(new Choice(reader, refusal(columns, names.get())));
            }
        }
        return Optional.empty();
    }

    private static String refusal(Map<String, String> columns, List<String> names) {
        for (String meaning : columns.keySet().stream().sorted().toList()) {
            if (!isKnown(meaning)) {
                return "nothing is known to be called " + meaning + " (--map " + meaning + "=" + columns.get(meaning)
                        + "); wanted: step, epoch, time, or a measure such as loss, val_loss, accuracy, val_accuracy";
            }
        }
        for (String column : columns.values().stream().sorted().toList()) {
            if (!isColumn(column, names)) {
                List<String> some = names.stream()
                        .filter(name -> !name.isEmpty())
                        .limit(MOST_NAMES)
                        .toList();
                return "there is no column " + column + "; there are " + String.join(", ", some)
                        + (some.size() < names.size() ? " …" : "");
            }
        }
        return "";
    }

    private static boolean isKnown(String meaning) {
        MetricKey key = MetricVocabulary.resolve(meaning);
        return AXES.contains(meaning)
                || key.quantity() != Quantity.OTHER
                || !key.part().isEmpty();
    }

    private static boolean isColumn(String column, List<String> names) {
        return names.contains(column)
                || names.contains(column.replace('/', '.'))
                || (column.matches("\\d{1,6}") && Integer.parseInt(column) < names.size());
    }
}
