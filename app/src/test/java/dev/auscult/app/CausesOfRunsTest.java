package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.CauseModel;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import dev.auscult.run.Run;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Causes of logs that were not planted by the bench. */
class CausesOfRunsTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Path COLLECTION = Path.of("..", "..", "shared", "real-runs");

    private static Differential judge(Run run) {
        return CauseModel.shipped()
                .judge(new Examination(run, Map.of()), new Doctor(RuleBook.rules(), Map.of()).examine(run));
    }

    private static Differential example(String name) throws IOException {
        return judge(new Intake(ReadOptions.DEFAULT)
                .read(List.of(EXAMPLES.resolve(name)))
                .get(0)
                .run());
    }

    @ParameterizedTest
    @CsvSource({
        "dead-relu, DEAD_UNITS",
        "learning-rate-too-low, LEARNING_RATE_TOO_LOW",
        "schedule-per-batch, SCHEDULE_FAULT",
        "zero-grad-missing, GRADIENTS_NOT_CLEARED",
    })
    void theCauseIsAmongTheFirstThree(String name, Cause cause) throws IOException {
        assertThat(example(name).suspects().subList(0, 3))
                .extracting(Suspect::cause)
                .contains(cause);
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy-mlp-events", "healthy-deep-events"})
    void aHealthyRunHasNoFault(String name) throws IOException {
        assertThat(example(name).first().cause()).isEqualTo(Cause.NO_FAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "dead-relu", "overfitting", "nan-overflow"})
    void probabilitiesSumToOneAndCluesHaveWords(String name) throws IOException {
        Differential differential = example(name);
        assertThat(differential.suspects()).hasSize(Cause.values().length);
        assertThat(differential.suspects().stream()
                        .mapToDouble(Suspect::probability)
                        .sum())
                .isCloseTo(1, within(1e-9));
        differential.suspects().forEach(suspect -> {
            assertThat(suspect.supports())
                    .allMatch(clue -> clue.weight() > 0 && !clue.text().isBlank());
            assertThat(suspect.against())
                    .allMatch(clue -> clue.weight() < 0 && !clue.text().isBlank());
        });
    }

    @Test
    void heldOutLossThatRisesWhileTrainingLossFallsIsOverfitting() throws IOException {
        assertThat(example("overfitting").first().cause())
                .isIn(
                        Cause.TOO_MUCH_CAPACITY,
                        Cause.TOO_LITTLE_REGULARIZATION,
                        Cause.TOO_MANY_EPOCHS,
                        Cause.TOO_LITTLE_DATA);
    }

    @Test
    void aFindingIsExplainedByTheCauseThatBringsItAbout() throws IOException {
        Suspect dead = example("dead-relu").suspects().stream()
                .filter(s -> s.cause() == Cause.DEAD_UNITS)
                .findFirst()
                .orElseThrow();
        assertThat(dead.explains()).contains("ACT101");
    }

    @Test
    void twoThatAreCloseAreToldApartByAnExperimentOrASignal() throws IOException {
        Differential open = example("exploding-gradients");
        assertThat(open.isCertain()).isFalse();
        assertThat(open.tellsApart())
                .contains(open.suspects().get(0).cause().label())
                .contains(open.suspects().get(1).cause().label());
    }

    @Test
    void noRealRunThatExpertsCallHealthyIsGivenACertainFault() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(COLLECTION), "no collection of real runs beside this project");
        List<String> accused = new ArrayList<>();
        for (String line : Files.readAllLines(COLLECTION.resolve("LABELS.tsv"))) {
            String[] cells = line.split("\t", -1);
            if (!cells[1].startsWith("healthy")) {
                continue;
            }
            for (Intake.Found one : new Intake(ReadOptions.DEFAULT).read(List.of(COLLECTION.resolve(cells[0])))) {
                Suspect first = judge(one.run()).first();
                if (first.cause() != Cause.NO_FAULT && first.probability() >= 0.5) {
                    accused.add(cells[0] + ": " + first.cause().label() + " " + first.probability());
                }
            }
        }
        assertThat(accused).isEmpty();
    }
}
