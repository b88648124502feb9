package dev.auscult.intake.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The logs in {@code examples/} are what the trainings give; {@code -Dexamples=write} writes them anew. */
class ExampleRunsTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @TempDir
    Path fresh;

    @Test
    void theExamplesAreWhatTheTrainingsGive() throws IOException {
        if ("write".equals(System.getProperty("examples"))) {
            new ExampleRuns(EXAMPLES).write();
        }
        new ExampleRuns(fresh).write();
        try (Stream<Path> walk = Files.walk(fresh)) {
            List<Path> files = walk.filter(Files::isRegularFile).toList();
            assertThat(files).hasSizeGreaterThan(20);
            long total = 0;
            for (Path file : files) {
                Path kept = EXAMPLES.resolve(fresh.relativize(file).toString());
                assertThat(kept).exists();
                assertThat(Files.size(kept)).as("%s is small", kept).isLessThan(100_000);
                total += Files.size(kept);
                assertThat(isSame(file, kept))
                        .as("%s is what the training gives", kept)
                        .isTrue();
            }
            assertThat(total).as("the examples are small").isLessThan(700_000);
        }
    }

    private static boolean isSame(Path a, Path b) throws IOException {
        return a.toString().contains("tfevents")
                ? Files.mismatch(a, b) < 0
                : NearText.near(Files.readString(a), Files.readString(b));
    }
}
