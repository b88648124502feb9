package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.auscult.app.report.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private static final String WIPE = "\r\u001b[K";

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    private Progress progress(boolean seen, long patienceMs) {
        Terminal terminal = new Terminal(Writer.nullWriter(), err, false, seen, Style.PLAIN);
        return new Progress(terminal, List.of(folder), patienceMs);
    }

    @Test
    void aWaitingPersonSeesHowFarItIsAndThenNothing() throws IOException, InterruptedException {
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(name), "");
        }
        try (Progress progress = progress(true, 1)) {
            progress.reached(folder.resolve("b"), 2);
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (!err.toString().contains("2 runs read, about ") && System.nanoTime() < end) {
                Thread.sleep(5);
            }
        }
        assertThat(err.toString()).contains(WIPE + "2 runs read, about ").endsWith(" s left" + WIPE);
    }

    @Test
    void whoIsSoonDoneOrNotWatchedSeesNothing() throws InterruptedException {
        progress(true, 60_000).close();
        try (Progress progress = progress(false, 1)) {
            progress.reached(folder, 1);
            Thread.sleep(20);
        }
        assertThat(err.toString()).isEmpty();
    }
}
