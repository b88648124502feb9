package dev.auscult.intake.examples;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Trains small networks, well and badly, and writes the logs that {@code examples/} holds. The numbers are computed, not
 * drawn; everything is seeded. Run by {@code mvn test -pl intake -am -Dtest=ExampleRunsTest -Dexamples=write}.
 */
final class ExampleRuns {
    private final Path folder;

    ExampleRuns(Path folder) {
        this.folder = folder;
    }

    void write() throws IOException {
        new CurveRuns(folder).write();
        new TensorRuns(folder).write();
    }
}
