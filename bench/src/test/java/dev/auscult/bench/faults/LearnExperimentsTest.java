package dev.auscult.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.repair.experiment.Experiment;
import dev.auscult.repair.experiment.Experiments;
import dev.auscult.repair.experiment.Likelihoods;
import org.junit.jupiter.api.Test;

/** What was seen moves the argued table, no further than it is worth. */
class LearnExperimentsTest {
    private static final Experiment ONE_BATCH = Experiments.all().stream()
            .filter(e -> e.name().equals("one-batch-overfit"))
            .findFirst()
            .orElseThrow();

    private static Likelihoods argued() throws IOException {
        try (InputStream in = LearnExperiments.class.getResourceAsStream("experiments-argued.tsv")) {
            return Likelihoods.read(in);
        }
    }

    private static Likelihoods learned(List<Tried> tried) throws IOException {
        byte[] text = LearnExperiments.table(argued(), tried).getBytes(StandardCharsets.UTF_8);
        return Likelihoods.read(new ByteArrayInputStream(text));
    }

    private static List<Tried> stuck(int count, String... causes) {
        List<Tried> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Tried("program/" + i, true, List.of(causes), ONE_BATCH.name(), "stuck", 300, 400));
        }
        return all;
    }

    /** Smoothed: p = (4·0.05 + 4) / (4 + 4) = 0.525; then 0.525^0.6 / (0.525^0.6 + 0.475^0.6) = 0.5150. */
    @Test
    void aCauseWithoutALineGetsOneFromTheRestAndWhatWasSeen() throws IOException {
        assertThat(argued().has(ONE_BATCH, Cause.LABEL_NOISE)).isFalse();
        assertThat(learned(stuck(4, "label-noise")).of(ONE_BATCH, "stuck", Cause.LABEL_NOISE))
                .isCloseTo(0.515, within(0.001));
    }

    @Test
    void theBestCauseCountsMoreThanTheOthers() throws IOException {
        Likelihoods learned = learned(stuck(4, "label-noise", "data-leak"));
        assertThat(learned.of(ONE_BATCH, "stuck", Cause.LABEL_NOISE))
                .isGreaterThan(learned.of(ONE_BATCH, "stuck", Cause.DATA_LEAK));
        assertThat(learned.of(ONE_BATCH, "stuck", Cause.DATA_LEAK))
                .isGreaterThan(learned.of(ONE_BATCH, "stuck", Cause.NO_FAULT));
    }

    @Test
    void healthyProgramsAreThoseOfTheRest() throws IOException {
        Likelihoods before = learned(List.of());
        Likelihoods after = learned(stuck(4));
        assertThat(after.of(ONE_BATCH, "stuck", Cause.NO_FAULT))
                .isGreaterThan(before.of(ONE_BATCH, "stuck", Cause.NO_FAULT));
        assertThat(after.of(ONE_BATCH, "stuck", Cause.DEAD_UNITS))
                .isEqualTo(before.of(ONE_BATCH, "stuck", Cause.DEAD_UNITS));
    }

    @Test
    void evidenceWithoutEndMakesNothingImpossible() throws IOException {
        Likelihoods learned = learned(stuck(100_000, "label-noise"));
        assertThat(learned.of(ONE_BATCH, "learned", Cause.LABEL_NOISE)).isPositive();
    }

    @Test
    void whatWasTriedIsReadAsItWasWritten() throws IOException {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("tried", ".tsv");
        try {
            List<Tried> tried = stuck(2, "label-noise", "data-leak");
            java.nio.file.Files.write(file, tried.stream().map(Tried::line).toList());
            assertThat(Tried.read(file)).isEqualTo(tried);
        } finally {
            java.nio.file.Files.delete(file);
        }
    }
}
