package dev.auscult.intake.kerasjson;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.json.JsonHead;
import dev.auscult.intake.json.JsonHistory;

/** Reads a training history saved as one JSON document: {@code json.dump(model.fit(…).history)} and its relatives. */
public final class KerasHistoryReader implements LogReader {
    private static final int SURE_BY_PAIR = 70;
    private static final int SURE_BY_NAME = 60;

    /** A metric of the held-out data is named after that of the training data. */
    private static final Pattern VALIDATION_NAME = Pattern.compile("\"(?:val|valid|validation)_(\\w+)\"\\s*:");

    @Override
    public String format() {
        return "keras-history";
    }

    @Override
    public int recognise(LogFile file) {
        JsonHead head = JsonHead.of(file);
        if (!head.isJson() || head.isLines()) {
            return 0;
        }
        boolean named = file.name().toLowerCase(Locale.ROOT).contains("hist");
        boolean paired = hasPair(file.text());
        if (!(named || paired) || !JsonHistory.isHistory(head)) {
            return 0;
        }
        return paired ? SURE_BY_PAIR : SURE_BY_NAME;
    }

    private static boolean hasPair(String text) {
        return VALIDATION_NAME
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .limit(16)
                .anyMatch(name -> text.contains("\"" + name + "\"") || text.contains("\"train_" + name + "\""));
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        JsonHistory.read(file, options, sink);
    }
}
