package dev.auscult.repair.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.fix.FixStep.Decision;
import dev.auscult.repair.trial.Examiner;
import dev.auscult.repair.trial.InProcessTrials;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples under {@code examples/sick}: each has a mended spec beside it, and two are mended anew. */
class SickExamplesTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples", "sick").toAbsolutePath().normalize();
    private static final int SEEDS = 5;

    @ParameterizedTest
    @CsvSource({"schedule-fault, SCHEDULE_FAULT", "too-much-regularization, TOO_MUCH_REGULARIZATION"})
    void theCauseIsAmongTheFirstThreeAndTheFixIsProven(String name, Cause cause, @TempDir Path work)
            throws IOException, InterruptedException {
        Path spec = EXAMPLES.resolve(name + ".yaml");
        FixResult result;
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            result = new FixLoop(new InProcessTrials(engine, Examiner.shipped()), engine)
                    .run(
                            new FixOptions(
                                    name,
                                    Files.readString(spec),
                                    EXAMPLES,
                                    work,
                                    SEEDS,
                                    Optional.of(40.0),
                                    Optional.empty()),
                            FixListener.NONE);
        }
        List<Cause> named = result.first().get(0).differential().suspects().stream()
                .limit(3)
                .map(Suspect::cause)
                .toList();
        assertThat(named).contains(cause);
        FixStep taken = result.steps().stream()
                .filter(s -> s.decision() == Decision.ACCEPTED)
                .findFirst()
                .orElseThrow();
        Comparison proof = taken.comparison().orElseThrow();
        assertThat(proof.p()).isLessThanOrEqualTo(1.0 / 32);
        assertThat(proof.before()).hasSizeGreaterThanOrEqualTo(SEEDS);
        assertThat(proof.gain()).isGreaterThan(0.1);
        assertThat(result.fixed()).isNotEqualTo(result.original());
        assertThat(result.left()).isEmpty();
    }

    @Test
    void everySickExampleHasAMendedOneThatIsASpecWithReasons() throws IOException {
        List<Path> sick;
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            sick = files.filter(
                            f -> f.toString().endsWith(".yaml") && !f.toString().endsWith(".fixed.yaml"))
                    .toList();
        }
        assertThat(sick).hasSize(10);
        for (Path spec : sick) {
            String name = spec.getFileName().toString().replace(".yaml", "");
            String mended = Files.readString(spec.resolveSibling(name + ".fixed.yaml"));
            assertThat(SpecFile.parse(name, mended, name, List.of()).name()).isEqualTo(name);
            assertThat(mended).isNotEqualTo(Files.readString(spec));
            List<String> before = Files.readAllLines(spec);
            assertThat(mended.lines().filter(line -> !before.contains(line)))
                    .as("changed lines of %s", name)
                    .isNotEmpty()
                    .anyMatch(line -> line.contains("#"));
        }
    }
}
