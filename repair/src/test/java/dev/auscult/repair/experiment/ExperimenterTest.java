package dev.auscult.repair.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.diagnose.cause.Signals;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiment worth its cost is chosen, and what it shows is taken in by Bayes' rule. */
class ExperimenterTest {
    @TempDir
    static Path folder;

    private static Engine engine;

    @BeforeAll
    static void open() throws IOException {
        engine = TorchEngine.open("cpu", 1);
        Bench.write(folder);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Lab lab() {
        return Bench.lab(Bench.WELL, folder, engine);
    }

    private static Differential differential(Map<Cause, Double> probabilities) {
        List<Suspect> suspects = Arrays.stream(Cause.values())
                .map(c -> new Suspect(c, probabilities.getOrDefault(c, 0.0), List.of(), List.of(), List.of()))
                .toList();
        return new Differential(Signals.FULL, suspects, "");
    }

    private static Differential two() {
        return differential(LikelihoodsTest.two(0.5, 0.5));
    }

    @Test
    void whatIsSeenIsTakenInByBayesRule() throws InterruptedException {
        List<ExperimentResult> results = new Experimenter(LikelihoodsTest.oneBatch(0.3, 0.9)).run(two(), lab(), 1000);
        assertThat(results).hasSize(1);
        ExperimentResult result = results.get(0);
        assertThat(result.name()).isEqualTo("one-batch-overfit");
        assertThat(result.outcome()).isEqualTo("learned");
        assertThat(result.before()).isEqualTo(two());
        assertThat(result.after().probability(Cause.LABEL_NOISE)).isCloseTo(0.75, within(1e-12));
        assertThat(result.after().probability(Cause.DEAD_UNITS)).isCloseTo(0.25, within(1e-12));
        assertThat(result.reason()).isEqualTo("gains 0.30 bit of 1.00 for 300 steps (83 % of a training)");
        assertThat(result.steps()).isBetween(50L, 300L);
    }

    @Test
    void aCertainDiagnosisNeedsNoExperiment() throws InterruptedException {
        Differential certain = differential(LikelihoodsTest.two(0.95, 0.05));
        assertThat(new Experimenter().run(certain, lab(), 100_000)).isEmpty();
    }

    @Test
    void withoutBudgetNothingIsDone() throws InterruptedException {
        assertThat(new Experimenter(LikelihoodsTest.oneBatch(0.1, 0.9)).run(two(), lab(), 899))
                .isEmpty();
        assertThat(new Experimenter(LikelihoodsTest.oneBatch(0.1, 0.9)).run(two(), lab(), 900))
                .hasSize(1);
    }

    @Test
    void nothingIsDoneWhereNothingIsGained() throws InterruptedException {
        assertThat(new Experimenter(LikelihoodsTest.oneBatch(0.5, 0.6)).run(two(), lab(), 100_000))
                .isEmpty();
    }

    @Test
    void ofTwoThatTellAsMuchTheCheaperIsChosen() {
        Likelihoods table = LikelihoodsTest.table("""
                one-batch-overfit	dead-units	learned=0.1 stuck=0.9	a
                one-batch-overfit	label-noise	learned=0.9 stuck=0.1	b
                gradient-check	dead-units	right=0.1 zero=0.8 wrong=0.1	a
                gradient-check	label-noise	right=0.8 zero=0.1 wrong=0.1	b
                """);
        Optional<Choice> choice = Choice.among(Experiments.all(), two(), table, lab(), 100_000);
        assertThat(choice.orElseThrow().experiment().name()).isEqualTo("gradient-check");
        assertThat(choice.orElseThrow().steps()).isEqualTo(4 * 10 * 8 / 32);
    }

    @Test
    void theChoiceIsTheSameInEveryOrder() {
        Differential before = differential(Map.of(
                Cause.LEARNING_RATE_TOO_HIGH,
                0.3,
                Cause.LABELS_UNRELATED,
                0.3,
                Cause.DEAD_UNITS,
                0.2,
                Cause.NO_FAULT,
                0.2));
        List<Experiment> backwards = new ArrayList<>(Experiments.all());
        java.util.Collections.reverse(backwards);
        Choice first = Choice.among(Experiments.all(), before, Likelihoods.shipped(), lab(), 100_000)
                .orElseThrow();
        Choice second = Choice.among(backwards, before, Likelihoods.shipped(), lab(), 100_000)
                .orElseThrow();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void unrelatedLabelsAreToldFromANetworkThatIsWell() throws InterruptedException {
        Differential before =
                differential(Map.of(Cause.LABELS_UNRELATED, 0.4, Cause.NO_FAULT, 0.4, Cause.TOO_MUCH_CAPACITY, 0.2));
        String shuffled = Bench.kinds("shuffled", Bench.MLP + Bench.ADAM + Bench.TRAINING);
        List<ExperimentResult> ill = new Experimenter().run(before, Bench.lab(shuffled, folder, engine), 100_000);
        assertThat(ill).isNotEmpty();
        assertThat(ill.get(ill.size() - 1).after().probability(Cause.LABELS_UNRELATED))
                .isGreaterThan(0.8);
        List<ExperimentResult> well = new Experimenter().run(before, lab(), 100_000);
        assertThat(well.get(well.size() - 1).after().probability(Cause.LABELS_UNRELATED))
                .isLessThan(0.1);
        assertThat(well.stream().map(ExperimentResult::name)).doesNotHaveDuplicates();
    }
}
