package dev.auscult.intake.clearml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.auscult.intake.FolderReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;

/** Reads the folder of an offline session of ClearML. */
public final class ClearMlFolderReader implements FolderReader {
    @Override
    public String format() {
        return "clearml";
    }

    @Override
    public boolean recognise(Path folder) {
        return Files.isRegularFile(folder.resolve("task.json")) && Files.isRegularFile(folder.resolve("metrics.jsonl"));
    }

    @Override
    public void read(Path folder, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        ClearMlEvents events = new ClearMlEvents(sink);
        try (InputStream task = Files.newInputStream(folder.resolve("task.json"))) {
            events.readTask(task);
        }
        try (InputStream metrics = Files.newInputStream(folder.resolve("metrics.jsonl"))) {
            events.readMetrics(metrics);
        }
        events.finish(true);
    }
}
