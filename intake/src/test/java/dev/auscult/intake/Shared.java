package dev.auscult.intake;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/** The collection of real runs beside the repository. */
public final class Shared {
    private Shared() {}

    /** The folder of real runs; the test is skipped where there is none. */
    public static Path realRuns() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path runs = at.resolve("shared").resolve("real-runs");
            if (Files.isDirectory(runs)) {
                return runs;
            }
        }
        Assumptions.abort("no folder shared/real-runs above the working directory: nothing real to read");
        throw new AssertionError();
    }
}
