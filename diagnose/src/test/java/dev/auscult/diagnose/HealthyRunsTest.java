package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.auscult.run.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that are sound by construction, however odd they look, draw no loud finding from any rule. */
class HealthyRunsTest {
    /** With 21 shapes more than 3,000 runs. */
    private static final int RUNS_PER_SHAPE = 150;

    private static final List<Rule> RULES = RuleBook.rules().stream()
            .filter(r -> r.info().stage() == RuleInfo.Stage.STABLE)
            .toList();

    @ParameterizedTest
    @EnumSource
    void isLeftAlone(SoundRuns.Shape shape) {
        Doctor doctor = new Doctor(RULES, Map.of());
        List<String> loud = IntStream.range(0, RUNS_PER_SHAPE)
                .parallel()
                .mapToObj(seed -> doctor.examine(SoundRuns.of(shape, seed)))
                .flatMap(HealthyRunsTest::loud)
                .sorted()
                .toList();
        assertThat(loud).isEmpty();
    }

    private static Stream<String> loud(Diagnosis diagnosis) {
        Run run = diagnosis.run();
        return diagnosis.findings().stream()
                .filter(f -> f.severity().isAtLeast(Severity.MEDIUM))
                .map(f -> run.id() + ": " + f.rule().name() + " " + f.score() + ", " + f.summary());
    }
}
