package dev.auscult.intake.table;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;

/** Reads any table with a column that is known as a loss, a score or a learning rate, or that the user names. */
public final class GenericTableReader implements LogReader {
    private static final int KNOWN = 40;
    private static final int LOSS_FILE = 35;
    /** This and less is read only if the user names the file. */
    private static final int WITHOUT_HEADER = 25;

    /** The order of the rows may be that of the epochs, or that of anything else. */
    private static final int WITHOUT_AXIS = 20;

    private static final int UNKNOWN = 10;
    private static final int TRACEBACK = 5;
    private static final int MOST_UNNAMED = 16;

    private final boolean tabbed;

    private GenericTableReader(boolean tabbed) {
        this.tabbed = tabbed;
    }

    /** Reads tables separated by anything but tabs. */
    public static GenericTableReader csv() {
        return new GenericTableReader(false);
    }

    /** Reads tables separated by tabs. */
    public static GenericTableReader tsv() {
        return new GenericTableReader(true);
    }

    @Override
    public String format() {
        return tabbed ? "tsv" : "csv";
    }

    @Override
    public int recognise(LogFile file) {
        TableHead head = TableHead.of(file);
        if (head == null || head.isTabbed() != tabbed) {
            return 0;
        }
        boolean log = Columns.suggestsLog(file.name());
        if (!head.isNamed()) {
            return log && isAllNumbers(head) ? (Unnamed.isLossFile(file.name()) ? LOSS_FILE : WITHOUT_HEADER) : 0;
        }
        if (head.names().get(0).startsWith("Traceback (most recent call last)")) {
            return file.name().toLowerCase(Locale.ROOT).endsWith("sv") ? TRACEBACK : 0;
        }
        if (Columns.isDataset(head)) {
            return 0;
        }
        Roles roles = Columns.axes(head.names(), head);
        boolean counts = roles.step() >= 0 || (roles.epoch() >= 0 && head.isNumeric(roles.epoch()));
        if (Columns.anyKnown(head)) {
            return counts || log ? KNOWN : WITHOUT_AXIS;
        }
        return roles.step() >= 0 && log && hasNumbers(head) ? UNKNOWN : 0;
    }

    /** A file that is called a table is one; any other text only if its first line names what the user names. */
    @Override
    public Optional<List<String>> columns(LogFile file, Map<String, String> wanted) throws IOException {
        TableHead head = TableHead.of(file) == null ? null : TableHead.forReading(file);
        if (head == null || head.isTabbed() != tabbed) {
            return Optional.empty();
        }
        List<String> names = head.names();
        boolean table = file.name().toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv|tab)");
        return table || (head.isNamed() && wanted.values().stream().anyMatch(names::contains))
                ? Optional.of(names)
                : Optional.empty();
    }

    private static boolean isAllNumbers(TableHead head) {
        return head.names().size() <= MOST_UNNAMED
                && head.sample().size() >= 3
                && head.sample().stream().allMatch(row -> row.numbers() == row.size());
    }

    private static boolean hasNumbers(TableHead head) {
        return head.sample().stream().anyMatch(row -> row.numbers() > 1);
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        TableHead head = TableHead.forReading(file);
        if (head == null) {
            throw new UnreadableLogException("no table of numbers: the file is empty or not text");
        }
        if (head.isNamed()) {
            advise(head, options, sink);
            TableReading.read(file, head, names -> Columns.axes(names, head), options, sink);
        } else {
            TableReading.read(file, head, new Unnamed(file.name(), head, options, sink), options, sink);
        }
    }

    private static void advise(TableHead head, ReadOptions options, RunSink sink) {
        if (options.columns().isEmpty()
                && !Columns.anyKnown(head)
                && !head.sample().isEmpty()) {
            List<String> names =
                    head.names().subList(0, Math.min(12, head.names().size()));
            sink.problem(
                    1,
                    "no column is known as a loss or a score; name one of " + String.join(", ", names)
                            + " with --map loss=NAME");
        }
    }
}
