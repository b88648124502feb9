package dev.auscult.intake.json;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.run.Split;

/** Reads JSON lines that no framework claims, one record of numbers in each. */
public final class JsonLinesReader implements LogReader {
    private static final int SURE = 35;

    /** A file that the user asks for by name may have columns that only {@code --map} explains. */
    private static final int IF_ASKED_FOR = 10;

    @Override
    public String format() {
        return "jsonl";
    }

    @Override
    public int recognise(LogFile file) {
        JsonHead head = JsonHead.of(file);
        if (!head.isLines()) {
            return 0;
        }
        return TableMeaning.isHistory(head.lineTable(), Map.of()) ? SURE : IF_ASKED_FOR;
    }

    @Override
    public Optional<List<String>> columns(LogFile file, Map<String, String> wanted) throws IOException {
        JsonHead head = JsonHead.of(file);
        return head.isLines() ? Optional.of(JsonTables.columns(file)) : Optional.empty();
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        JsonTable table = new JsonTable("", true);
        try (JsonLines lines = new JsonLines(Files.newInputStream(file.path()), sink)) {
            while (lines.next()) {
                table.addRow(lines.row());
            }
        }
        if (!TableMeaning.isHistory(table, options.columns())) {
            throw new UnreadableLogException("JSON lines without a history: " + table.rows()
                    + " records, but no loss or score that forms a series;"
                    + " name the columns with --map loss=NAME if there is one");
        }
        new TableRuns(sink, options.columns())
                .write(new TableGroups.Group("", List.of(new TableGroups.Part(table, Split.NONE, ""))));
    }
}
