package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

import dev.auscult.run.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A sick run is found by the rule that is meant for it: how often, by the size of the illness. */
class PowerTest {
    private static final int RUNS = 100;

    /** Illness, rule, least severity, and in how many of 100 runs of 12 to 300 epochs it must be found at least. */
    static List<Arguments> illnesses() {
        return List.of(
                row("overfitted by 15 %", "overfitting", Severity.LOW, 95, s -> SickRuns.overfitted(0.15, s)),
                row("overfitted by 40 %", "overfitting", Severity.MEDIUM, 95, s -> SickRuns.overfitted(0.4, s)),
                row("overfitted by 100 %", "overfitting", Severity.HIGH, 95, s -> SickRuns.overfitted(1, s)),
                row("diverged to 4 times", "diverged", Severity.MEDIUM, 90, s -> SickRuns.diverged(4, s)),
                row("diverged to 10 times", "diverged", Severity.HIGH, 95, s -> SickRuns.diverged(10, s)),
                row("stuck at 2 classes", "stuck-at-prior", Severity.MEDIUM, 95, s -> SickRuns.stuck(2, s)),
                row("stuck at 10 classes", "stuck-at-prior", Severity.MEDIUM, 95, s -> SickRuns.stuck(10, s)),
                row("oscillating by 50 %", "oscillation", Severity.MEDIUM, 95, s -> SickRuns.oscillating(0.5, s)),
                row("oscillating by 100 %", "oscillation", Severity.HIGH, 95, s -> SickRuns.oscillating(1, s)),
                row("spiked to 3 times", "loss-spike", Severity.MEDIUM, 95, s -> SickRuns.spiked(3, s)),
                row("spiked to 10 times", "loss-spike", Severity.HIGH, 95, s -> SickRuns.spiked(10, s)),
                row("cut at 20 %", "schedule-decays-early", Severity.MEDIUM, 95, s -> SickRuns.cutEarly(0.2, s)),
                row("cut at 40 %, flat", "plateau", Severity.MEDIUM, 95, s -> SickRuns.cutEarly(0.4, s)),
                row("stairs of 15 %", "loss-staircase", Severity.LOW, 95, s -> SickRuns.staircase(0.15, s)),
                row("stairs of 30 %", "loss-staircase", Severity.MEDIUM, 95, s -> SickRuns.staircase(0.3, s)),
                row("NaN half-way", "loss-not-finite", Severity.CRITICAL, 100, s -> SickRuns.notFinite(0.5, s)),
                row("NaN near the end", "loss-not-finite", Severity.CRITICAL, 100, s -> SickRuns.notFinite(0.9, s)));
    }

    private static Arguments row(String illness, String rule, Severity least, int found, LongFunction<Run> runs) {
        return Arguments.of(illness, rule, least, found, runs);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("illnesses")
    void isFound(String illness, String rule, Severity least, int atLeast, LongFunction<Run> runs) {
        assertThat(found(rule, least, runs)).as("%s of %s runs", illness, RUNS).isGreaterThanOrEqualTo(atLeast);
    }

    static int found(String name, Severity least, LongFunction<Run> runs) {
        Doctor doctor = new Doctor(List.of(RuleBook.find(name).orElseThrow()), Map.of());
        int found = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            found += doctor.examine(runs.apply(seed)).findings().stream()
                            .anyMatch(f -> f.severity().isAtLeast(least))
                    ? 1
                    : 0;
        }
        return found;
    }
}
