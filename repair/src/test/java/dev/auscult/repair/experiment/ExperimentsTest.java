package dev.auscult.repair.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each experiment on a spec that is well, and on one that is ill in the way it is made for. */
class ExperimentsTest {
    private static final String SHUFFLED = Bench.kinds("shuffled", Bench.MLP + Bench.ADAM + Bench.TRAINING);

    @TempDir
    static Path folder;

    private static Engine engine;
    private static Lab well;

    @BeforeAll
    static void open() throws IOException {
        engine = TorchEngine.open("cpu", 1);
        Bench.write(folder);
        well = Bench.lab(Bench.WELL, folder, engine);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Observation seen(String experiment, Lab lab) throws InterruptedException {
        Observation seen = Bench.experiment(experiment).run(lab);
        assertThat(Bench.experiment(experiment).outcomes()).contains(seen.outcome());
        return seen;
    }

    private static String outcome(String experiment, String text) throws InterruptedException {
        return seen(experiment, Bench.lab(text, folder, engine)).outcome();
    }

    private static String onWell(String experiment) throws InterruptedException {
        return seen(experiment, well).outcome();
    }

    private static String ill(String change, String by) {
        assertThat(Bench.WELL).contains(change);
        return Bench.WELL.replace(change, by);
    }

    @Test
    void aThirdOfALearningRateAtWhichItDivergesIsBetter() throws InterruptedException {
        assertThat(outcome("third-of-the-learning-rate", Bench.line("2"))).isEqualTo("better");
    }

    @Test
    void aThirdOfALearningRateThatIsTooLowIsWorse() throws InterruptedException {
        assertThat(outcome("third-of-the-learning-rate", Bench.line("0.003"))).isEqualTo("worse");
    }

    @Test
    void aThirdOfALearningRateThatIsRightIsNotBetter() throws InterruptedException {
        assertThat(onWell("third-of-the-learning-rate")).isIn("same", "worse");
    }

    @Test
    void aSoundNetworkLearnsOneBatchAndOneOfZerosDoesNot() throws InterruptedException {
        assertThat(onWell("one-batch-overfit")).isEqualTo("learned");
        assertThat(outcome("one-batch-overfit", ill("]}\n", "], initializer: zeros}\n")))
                .isEqualTo("stuck");
    }

    @Test
    void oneBatchCostsTheStepsOfAllItsTries() throws InterruptedException {
        assertThat(seen("one-batch-overfit", well).steps()).isBetween(50L, 300L);
        Lab zeros = Bench.lab(ill("]}\n", "], initializer: zeros}\n"), folder, engine);
        assertThat(seen("one-batch-overfit", zeros).steps())
                .isEqualTo(Bench.experiment("one-batch-overfit").atMost(zeros));
    }

    @Test
    void trueLabelsAreBetterThanShuffledOnesUnlessTheyAreShuffledThemselves() throws InterruptedException {
        assertThat(onWell("shuffled-labels")).isEqualTo("true-better");
        assertThat(outcome("shuffled-labels", SHUFFLED)).isIn("as-good", "neither-learns");
    }

    @Test
    void realInputsAreBetterThanZerosUnlessNoneGetThrough() throws InterruptedException {
        assertThat(onWell("zeroed-inputs")).isEqualTo("inputs-used");
        assertThat(outcome("zeroed-inputs", ill("]}\n", "], initializer: zeros}\n")))
                .isIn("inputs-ignored", "learns-nothing");
    }

    @Test
    void gradientsAreRightAndBehindWeightsOfZeroTheyAreZero() throws InterruptedException {
        assertThat(onWell("gradient-check")).isEqualTo("right");
        assertThat(outcome("gradient-check", ill("]}\n", "], initializer: zeros}\n")))
                .isEqualTo("zero");
    }

    @Test
    void anotherSeedOfASoundTrainingEndsAlike() throws InterruptedException {
        assertThat(onWell("different-seed")).isEqualTo("same");
        assertThat(outcome("different-seed", SHUFFLED)).isIn("same", "neither-learns");
    }

    @Test
    void withoutAHeavyDecayItIsBetter() throws InterruptedException {
        assertThat(outcome("without-weight-decay", ill("rate: 0.01", "rate: 0.01, weight-decay: 1")))
                .isEqualTo("better");
        assertThat(outcome("without-weight-decay", ill("rate: 0.01", "rate: 0.01, weight-decay: 0.0001")))
                .isEqualTo("same");
    }

    @Test
    void withoutDecayThereIsNothingToLeaveOut() {
        assertThat(Bench.experiment("without-weight-decay").appliesTo(well.spec()))
                .isFalse();
    }

    @Test
    void evaluationModeIsBetterThanTrainingModeUnderHeavyDropout() throws InterruptedException {
        assertThat(outcome("evaluation-mode", ill("16}, relu,", "64}, relu, {dropout: 0.8},")))
                .isEqualTo("evaluation-better");
        assertThat(outcome("evaluation-mode", ill("relu,", "batch-norm, relu,")))
                .isEqualTo("alike");
    }

    @Test
    void withoutDropoutAndBatchNormalisationThereAreNoModes() {
        assertThat(Bench.experiment("evaluation-mode").appliesTo(well.spec())).isFalse();
    }

    @Test
    void doublePrecisionMendsAnOverflowOfHalfPrecisionAndElseChangesNothing() throws InterruptedException {
        assertThat(onWell("double-precision")).isEqualTo("same");
        String overflows =
                ill("size: 32", "size: 32, precision: float16").replace("task:", "normalize: {divide: 1e-5}, task:");
        assertThat(outcome("double-precision", overflows)).isEqualTo("better");
    }

    @Test
    void doublePrecisionDoesNotMendALearningRate() throws InterruptedException {
        assertThat(outcome("double-precision", Bench.line("30"))).isEqualTo("neither-learns");
    }

    @Test
    void moreDataHelpsWhereThereIsSomethingToLearn() throws InterruptedException {
        assertThat(outcome("tenth-of-the-data", Bench.kinds("clouds", Bench.MLP + Bench.ADAM + Bench.TRAINING)))
                .isEqualTo("more-data-helps");
        assertThat(outcome("tenth-of-the-data", SHUFFLED)).isNotEqualTo("more-data-helps");
    }

    @Test
    void theSameSeedGivesTheSameObservation() throws InterruptedException {
        for (Experiment experiment : Experiments.all()) {
            if (experiment.appliesTo(well.spec())) {
                Observation first = experiment.run(Bench.lab(Bench.WELL, folder, engine));
                assertThat(experiment.run(Bench.lab(Bench.WELL, folder, engine)))
                        .as(experiment.name())
                        .isEqualTo(first);
            }
        }
    }

    @Test
    void experimentsCostWhatTheySayAndWhatTheyCompareWithIsTrainedOnce() throws InterruptedException {
        Lab lab = Bench.lab(Bench.WELL, folder, engine);
        assertThat(lab.plannedSteps()).isEqualTo(12 * 30);
        assertThat(lab.shortSteps()).isEqualTo(72);
        List<Long> costs = new ArrayList<>();
        for (String name : List.of("third-of-the-learning-rate", "shuffled-labels", "tenth-of-the-data")) {
            long said = Bench.experiment(name).steps(lab);
            assertThat(seen(name, lab).steps()).isEqualTo(said);
            costs.add(said);
        }
        assertThat(costs).containsExactly(144L, 72L, 72L);
    }

    @Test
    void whatDivergesCostsFewerSteps() throws InterruptedException {
        Lab lab = Bench.lab(Bench.line("30"), folder, engine);
        assertThat(seen("double-precision", lab).steps()).isLessThan(2 * lab.shortSteps());
    }

    @Test
    void aShortTrainingIsLeftWhenAsked() {
        Thread.currentThread().interrupt();
        try {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> Bench.lab(Bench.WELL, folder, engine).baseline()))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            Thread.interrupted();
        }
    }
}
