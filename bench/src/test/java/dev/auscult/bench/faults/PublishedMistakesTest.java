package dev.auscult.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.auscult.bench.faults.PublishedMistakes.Verdict;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedMistakesTest {
    private Engine engine;

    @BeforeAll
    void start() {
        engine = TorchEngine.open("cpu", 1);
    }

    @AfterAll
    void end() {
        engine.close();
    }

    @ParameterizedTest
    @EnumSource(Mistake.class)
    void everyMistakeThatPeoplePublishIsCaught(Mistake mistake, @TempDir Path folder) throws Exception {
        Verdict verdict = PublishedMistakes.judge(mistake, engine, folder);
        assertThat(verdict.serious()).as(verdict.text()).isNotEmpty();
        assertThat(verdict.isCaught()).isTrue();
        assertThat(verdict.text()).contains(mistake.label(), mistake.text(), "caught");
    }

    @ParameterizedTest
    @CsvSource({
        "PERCEPTRON_FROM_ZERO, dead-units",
        "EARLY_STOPPING_AT_ONCE, early-stopping-fault",
        "EARLY_STOPPING_NEVER, early-stopping-fault",
        "DECAY_AT_EVERY_STEP, underfitting",
        "NEGATIVE_SCHEDULE, schedule-fault",
        "DOUBLED_PENALTY, stuck-at-prior",
        "UNSCALED_DROPOUT, overfitting"
    })
    void theFindingSaysWhatTheMistakeDoes(Mistake mistake, String rule, @TempDir Path folder) throws Exception {
        Verdict verdict = PublishedMistakes.judge(mistake, engine, folder);
        assertThat(verdict.serious()).extracting(f -> f.rule().name()).contains(rule);
    }

    /** All but the one whose labels are partly drawn at random, which is ill by itself. */
    @ParameterizedTest
    @EnumSource(value = Mistake.class, mode = EnumSource.Mode.EXCLUDE, names = "EARLY_STOPPING_NEVER")
    void withoutItsMistakeTheSameProgramIsWell(Mistake mistake, @TempDir Path folder) throws Exception {
        Verdict verdict = PublishedMistakes.judge(mistake, Bug.NONE, engine, folder);
        assertThat(verdict.serious()).as(verdict.text()).isEmpty();
    }
}
