package dev.auscult.intake.tensorboard;

import java.io.IOException;
import java.nio.file.Path;

import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;

/** Reads the event files of a recording, whose tags need no guessing. */
public final class RecordedEvents {
    private RecordedEvents() {}

    /**
     * Reads one file into the run of the sink; what is torn at its end is a problem, not a failure.
     *
     * @param file the event file
     * @param name its name in what is said of it
     * @throws UnreadableLogException if the file is damaged from the start
     */
    public static void read(Path file, String name, ReadOptions options, RunSink sink, TagNames names)
            throws IOException, UnreadableLogException {
        EventFileCursor cursor = new EventFileCursor(file, name, options, sink, names);
        cursor.advance();
        if (cursor.isTorn()) {
            sink.problem(
                    0,
                    name + " ends inside a record after " + cursor.records()
                            + " records (still being written, or killed)");
        }
    }
}
