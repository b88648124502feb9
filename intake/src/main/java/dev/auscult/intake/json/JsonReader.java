package dev.auscult.intake.json;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;

/** Reads JSON documents that hold a history and that no framework claims. */
public final class JsonReader implements LogReader {
    private static final int SURE = 30;

    /** A file that the user asks for by name may have columns that only {@code --map} explains. */
    private static final int IF_ASKED_FOR = 10;

    @Override
    public String format() {
        return "json";
    }

    @Override
    public int recognise(LogFile file) {
        JsonHead head = JsonHead.of(file);
        if (!head.isJson() || head.isLines()) {
            return 0;
        }
        return JsonHistory.isHistory(head) ? SURE : IF_ASKED_FOR;
    }

    @Override
    public Optional<List<String>> columns(LogFile file, Map<String, String> wanted) throws IOException {
        JsonHead head = JsonHead.of(file);
        return head.isJson() && !head.isLines() ? Optional.of(JsonTables.columns(file)) : Optional.empty();
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        JsonHistory.read(file, options, sink);
    }
}
