package dev.auscult.train.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.auscult.run.Probe;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.optimizer.Optimizer;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sound network passes every check, each planted fault shows in the numbers of its check, and nothing is changed. */
class ChecksTest {
    private static Engine engine;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        engine = TorchEngine.open("cpu", 1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static double number(Probe probe, String name) {
        return probe.number(name).orElseThrow(() -> new AssertionError(name + " in " + probe));
    }

    private static final String NORMALISED = """
            model: {layers: [{dense: 16}, batch-norm, relu, {dropout: 0.2}, {dense: classes}]}
            """;

    @ParameterizedTest
    @ValueSource(strings = {Toy.MLP, NORMALISED})
    void leavesTheNetworkAsItWasAndRepeats(String model) {
        try (Setup setup = Toy.open(engine, folder, model)) {
            setup.network().parameters().get(0).tensor().setGradient(engine.ones(DType.FLOAT32, 16, 8));
            Map<String, List<Float>> before = Toy.contents(setup.network());
            List<Probe> first = AllChecks.run(setup, line -> {});
            assertThat(Toy.contents(setup.network())).isEqualTo(before);
            List<Probe> second = AllChecks.run(setup, line -> {});
            LearningRateTest.run(setup, step -> {});
            NoiseScale.run(setup);
            assertThat(Toy.contents(setup.network())).isEqualTo(before);
            assertThat(untimed(second)).isEqualTo(untimed(first));
            assertThat(first).extracting(Probe::kind).containsExactlyInAnyOrder(Probe.Kind.values());
        }
    }

    /** All but what depends on the machine. */
    private static List<Probe> untimed(List<Probe> probes) {
        return probes.stream()
                .filter(p -> p.kind() != Probe.Kind.TIME && p.kind() != Probe.Kind.MEMORY)
                .toList();
    }

    @Test
    void aSoundNetworkPasses() {
        try (Setup setup = Toy.open(engine, folder, Toy.MLP)) {
            Probe start = LossAtStart.run(setup);
            assertThat(number(start, "uniform")).isCloseTo(Math.log(3), within(1e-6));
            assertThat(number(start, "expected")).isCloseTo(Math.log(3), within(1e-2));
            assertThat(number(start, "loss")).isBetween(0.8, 2.5);
            assertThat(number(start, "standard-error")).isBetween(0.001, 0.5);

            Probe batch = OneBatch.run(setup);
            assertThat(number(batch, "end-loss")).isLessThan(0.05 * number(batch, "start-loss"));
            assertThat(number(batch, "end-accuracy")).isEqualTo(1);
            assertThat(number(batch, "steps")).isGreaterThanOrEqualTo(50);

            Probe inputs = InputIndependence.run(setup);
            assertThat(number(inputs, "shuffled-loss") - number(inputs, "loss"))
                    .isGreaterThan(5 * number(inputs, "standard-error"));

            Probe leak = BatchLeakage.run(setup);
            assertThat(number(leak, "own")).isGreaterThan(0);
            assertThat(number(leak, "foreign")).isZero();
            assertThat(number(leak, "training-foreign")).isZero();

            assertThat(number(TrainEvaluation.run(setup), "output-difference")).isZero();

            Probe reduction = SumReduction.run(setup);
            assertThat(number(reduction, "loss-ratio")).isCloseTo(1, within(1e-5));
            assertThat(number(reduction, "gradient-ratio")).isCloseTo(1, within(1e-5));

            for (Probe.Part part : Wiring.run(setup).parts()) {
                assertThat(part.number("gradient-norm").orElseThrow()).isPositive();
                assertThat(part.number("update-norm").orElseThrow()).isPositive();
            }
            assertThat(GradientCheck.run(setup).isRight(1e-6)).isTrue();
            assertThat(DepthScale.run(setup).parts())
                    .extracting(Probe.Part::name)
                    .containsExactly("0-dense", "1-relu", "2-dense");
        }
    }

    @Test
    void batchNormalisationSharesOnlyInTraining() {
        try (Setup setup = Toy.open(engine, folder, NORMALISED)) {
            Probe leak = BatchLeakage.run(setup);
            assertThat(number(leak, "foreign")).isZero();
            assertThat(number(leak, "training-foreign")).isPositive();
            Probe modes = TrainEvaluation.run(setup);
            assertThat(modes.notes()).containsEntry("batch-norm", "yes").containsEntry("dropout", "yes");
            assertThat(number(modes, "evaluation-mode-loss")).isLessThan(1.5 * number(modes, "train-mode-loss"));
            assertThat(GradientCheck.run(setup).isRight(1e-5)).isTrue();
        }
    }

    @Test
    void aSoftmaxBeforeCrossEntropyKeepsTheLossUp() {
        String spec = """
                model: {layers: [{dense: 16}, relu, {dense: classes}, softmax]}
                """;
        try (Setup setup = Toy.open(engine, folder, spec)) {
            // −log(e / (e + 2)): with probabilities for logits no loss is lower.
            assertThat(number(OneBatch.run(setup), "end-loss")).isGreaterThan(0.55);
        }
    }

    @Test
    void aFrozenLayerDoesNotMove() {
        String spec = Toy.MLP + """
                optimizer: {type: adam, groups: [{match: "0-dense*", frozen: true}]}
                """;
        try (Setup setup = Toy.open(engine, folder, spec)) {
            List<Probe.Part> parts = Wiring.run(setup).parts();
            assertThat(parts.get(0).numbers()).containsEntry("trainable", 0.0).containsEntry("update-norm", 0.0);
            assertThat(parts.get(2).numbers()).containsEntry("trainable", 1.0);
            assertThat(parts.get(2).number("update-norm").orElseThrow()).isPositive();
        }
    }

    @Test
    void aDetachedOutputReachesNoParameter() {
        try (Setup sound = Toy.open(engine, folder, Toy.MLP)) {
            Setup faulty =
                    Toy.faulty(sound, (network, x, pass) -> network.apply(x).detach());
            assertThat(Wiring.run(faulty).parts())
                    .allMatch(p -> p.number("gradient-norm").orElseThrow() == 0)
                    .allMatch(p -> p.number("update-norm").orElseThrow() == 0);
        }
    }

    @Test
    void ignoredInputsMakeNoDifference() {
        try (Setup sound = Toy.open(engine, folder, Toy.MLP)) {
            Setup faulty = Toy.faulty(sound, (network, x, pass) -> network.apply(x.mul(0)));
            Probe probe = InputIndependence.run(faulty);
            assertThat(number(probe, "zeroed-loss")).isCloseTo(number(probe, "loss"), within(1e-9));
            assertThat(number(probe, "shuffled-loss")).isCloseTo(number(probe, "loss"), within(1e-9));
            assertThat(number(BatchLeakage.run(faulty), "own")).isZero();
        }
    }

    @Test
    void statisticsOfTheBatchInEvaluationLeak() {
        try (Setup sound = Toy.open(engine, folder, Toy.MLP)) {
            Setup faulty = Toy.faulty(sound, (network, x, pass) -> {
                Tensor output = network.apply(x);
                return output.sub(output.mean(true, 0));
            });
            Probe probe = BatchLeakage.run(faulty);
            assertThat(number(probe, "foreign")).isGreaterThan(0.01 * number(probe, "own"));
        }
    }

    @Test
    void otherOutputsInEvaluationShow() {
        try (Setup sound = Toy.open(engine, folder, Toy.MLP)) {
            Setup faulty = Toy.faulty(
                    sound,
                    (network, x, pass) -> pass.training()
                            ? network.apply(x)
                            : network.apply(x).mul(3));
            assertThat(number(TrainEvaluation.run(faulty), "output-difference")).isGreaterThan(0.5);
        }
    }

    @Test
    void aSumDoubles() {
        String spec = Toy.MLP + """
                loss: {type: cross-entropy, reduction: sum}
                """;
        try (Setup setup = Toy.open(engine, folder, spec)) {
            Probe reduction = SumReduction.run(setup);
            assertThat(number(reduction, "loss-ratio")).isCloseTo(2, within(1e-5));
            assertThat(number(reduction, "gradient-ratio")).isCloseTo(2, within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: sgd}",
                "{type: sgd, momentum: 0.9}",
                "{type: adam}",
                "{type: adamw}",
                "{type: rmsprop}",
                "{type: adagrad}",
                "{type: prodigy}",
                "{type: schedule-free-adamw}"
            })
    @SuppressWarnings("try") // Scopes work by being open.
    void theOptimizerIsAsLargeAsItsState(String optimizer) {
        try (Setup setup = Toy.open(engine, folder, Toy.MLP + "optimizer: " + optimizer + "\n");
                Optimizer made = Plan.of(setup).optimizer();
                Scope scope = engine.scope()) {
            setup.network()
                    .parameters()
                    .forEach(p -> p.tensor()
                            .setGradient(engine.ones(DType.FLOAT32, p.tensor().shape())));
            made.step();
            double bytes = made.state().tensors().values().stream()
                    .filter(t -> t.count() > 1)
                    .mapToDouble(t -> 4.0 * t.count())
                    .sum();
            assertThat(number(MemoryEstimate.run(setup), "optimizer")).isEqualTo(bytes);
        }
    }

    @Test
    void memoryAndCapacityAreCounted() {
        try (Setup setup = Toy.open(engine, folder, Toy.MLP + "training: {batch-size: 10}\n")) {
            Probe memory = MemoryEstimate.run(setup);
            double parameters = 8 * 16 + 16 + 16 * 3 + 3;
            assertThat(number(memory, "parameters")).isEqualTo(4 * parameters);
            assertThat(number(memory, "gradients")).isEqualTo(4 * parameters);
            // The input, two times 16 numbers, and three logits, for ten examples.
            assertThat(number(memory, "activations")).isEqualTo(10 * 4 * (8 + 16 + 16 + 3));
            assertThat(number(memory, "largest-batch")).isGreaterThan(1000);
            Probe capacity = Capacity.run(setup);
            assertThat(number(capacity, "parameters")).isEqualTo(parameters);
            assertThat(number(capacity, "outputs")).isEqualTo(3);
            assertThat(number(capacity, "input-elements")).isEqualTo(8);
            assertThat(capacity.number("receptive-field")).isEmpty();
            assertThat(capacity.note("sees-all")).isEqualTo("yes");
            Probe time = TimeEstimate.run(setup);
            assertThat(number(time, "epoch-seconds"))
                    .isCloseTo(
                            number(time, "step-seconds") * Math.ceil(number(capacity, "examples") / 10), within(1e-9));
        }
    }

    @Test
    void progressIsTold() {
        List<String> lines = new ArrayList<>();
        try (Setup setup = Toy.open(engine, folder, Toy.MLP)) {
            AllChecks.run(setup, lines::add);
            assertThat(PreTrainingChecks.run(setup)).hasSize(6);
        }
        assertThat(lines).hasSize(12).first().asString().startsWith("1/12 ");
    }
}
