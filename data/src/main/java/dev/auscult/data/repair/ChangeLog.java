package dev.auscult.data.repair;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What was changed on the way from a file to its cleaned copy.
 *
 * @param source the original as the user named it
 * @param target the copy
 * @param rowsBefore rows of the original
 * @param rowsAfter rows of the copy
 * @param changes what was done, in the order in which it was done
 */
public record ChangeLog(String source, String target, long rowsBefore, long rowsAfter, List<Change> changes) {
    public ChangeLog {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        changes = List.copyOf(changes);
    }

    /** The log as Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder("# Changes from " + cell(source) + " to " + cell(target) + "\n\n");
        text.append(String.format(
                Locale.ROOT, "%,d rows of the training set were read, %,d were written.", rowsBefore, rowsAfter));
        text.append(" Rows are numbered from 1, the first row of data; the test set is never changed.\n");
        if (changes.isEmpty()) {
            return text.append("\nNothing was changed.\n").toString();
        }
        text.append("\n| what | column | how | how many | rows |\n| --- | --- | --- | ---: | --- |\n");
        for (Change change : changes) {
            String rows = change.rows().stream().map(String::valueOf).collect(Collectors.joining(", "));
            text.append("| ")
                    .append(cell(change.what()))
                    .append(" | ")
                    .append(cell(change.column()))
                    .append(" | ")
                    .append(cell(change.how()))
                    .append(String.format(Locale.ROOT, " | %,d | ", change.count()))
                    .append(rows)
                    .append(
                            change.count() > change.rows().size()
                                            && !change.rows().isEmpty()
                                    ? ", …"
                                    : "")
                    .append(" |\n");
        }
        return text.toString();
    }

    /** Text from data, as text and nothing else. */
    private static String cell(String text) {
        StringBuilder cell = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<') {
                cell.append("&lt;");
            } else if (c == '&') {
                cell.append("&amp;");
            } else if (Character.isISOControl(c)) {
                cell.append(' ');
            } else {
                if ("\\`*_[]|~".indexOf(c) >= 0) {
                    cell.append('\\');
                }
                cell.append(c);
            }
        }
        return cell.toString();
    }
}
