package dev.auscult.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.spec.OptimizerSettings;
import dev.auscult.train.spec.SpecException;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimizers against the numbers of {@code bench/oracle/optimizers.py}, and what they remember. */
class OptimizersTest {
    private static Engine engine;

    record Case(String type, String settings, List<Double> losses, List<Double> weights) {
        @Override
        public String toString() {
            return type + " " + settings;
        }
    }

    @BeforeAll
    static void open() {
        engine = TorchEngine.open("cpu", 1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static Stream<Case> oracle() {
        return Problem.lines().stream()
                .filter(cells -> cells.length == 4)
                .map(cells -> new Case(
                        cells[0],
                        cells[1],
                        Arrays.stream(Problem.numbers(cells[2])).boxed().toList(),
                        Arrays.stream(Problem.numbers(cells[3])).boxed().toList()));
    }

    @ParameterizedTest
    @MethodSource("oracle")
    void goesTheWayOfPyTorch(Case c) {
        Map<String, String> map = Problem.map(c.settings());
        boolean single = "float32".equals(map.get("type"));
        double tolerance = single ? 2e-6 : 1e-9;
        OptimizerSettings settings = Problem.settings(c.type(), c.settings());
        try (Problem problem = new Problem(engine, single ? DType.FLOAT32 : DType.FLOAT64);
                Optimizer optimizer = Optimizers.of(settings, problem.parameters(), engine)) {
            int steps = c.losses().size();
            for (int step = 0; step < steps; step++) {
                if (!map.containsKey("fixed")) {
                    optimizer.learningRate(settings.learningRate() * (1 - step / (2.0 * steps)));
                }
                double loss = optimizer.step(problem::loss);
                assertThat(loss)
                        .as("loss of step %d", step)
                        .isCloseTo(c.losses().get(step), within(tolerance));
            }
            assertWeights(problem.weights(), c.weights().subList(0, 8), tolerance);
            if (c.weights().size() > 8) {
                optimizer.evaluationWeights();
                assertWeights(problem.weights(), c.weights().subList(8, 16), tolerance);
            }
        }
    }

    private static void assertWeights(double[] found, List<Double> wanted, double tolerance) {
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i])
                    .as("weight %d", i)
                    .isCloseTo(wanted.get(i), within(tolerance * Math.max(1, Math.abs(wanted.get(i)))));
        }
    }

    @Test
    void everyTypeOfTheVocabularyHasAnOracle() {
        assertThat(oracle().map(Case::type)).containsAll(Optimizers.TYPES);
    }

    private static String settingsOf(String type) {
        return switch (type) {
            case "sgd", "rmsprop" -> "lr=0.02 momentum=0.9 weight-decay=0.1";
            case "prodigy" -> "lr=1 weight-decay=0.1";
            case "schedule-free-adamw" -> "lr=0.05 weight-decay=0.1 decay=decoupled";
            case "lbfgs" -> "lr=1 iterations=3 history=3 weight-decay=0.01";
            default -> "lr=0.05 weight-decay=0.1";
        };
    }

    static List<String> types() {
        return Optimizers.TYPES;
    }

    @ParameterizedTest
    @MethodSource("types")
    void goesOnFromASavedStateBitForBit(String type) {
        OptimizerSettings settings = Problem.settings(type, settingsOf(type));
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            try (Problem whole = new Problem(engine, dtype);
                    Problem cut = new Problem(engine, dtype);
                    Optimizer through = Optimizers.of(settings, whole.parameters(), engine)) {
                Optimizer before = Optimizers.of(settings, cut.parameters(), engine);
                for (int step = 0; step < 7; step++) {
                    through.step(whole::loss);
                    before.step(cut::loss);
                }
                OptimizerState saved = copy(before.state());
                before.close();
                try (Optimizer after = Optimizers.of(settings, cut.parameters(), engine)) {
                    after.restore(saved);
                    for (int step = 0; step < 7; step++) {
                        through.step(whole::loss);
                        after.step(cut::loss);
                        assertThat(cut.weights()).as("step %d", step).containsExactly(whole.weights());
                    }
                    assertThat(after.state().numbers())
                            .isEqualTo(through.state().numbers());
                }
            }
        }
    }

    /** As a checkpoint does: the numbers of a moment, apart from the optimizer. */
    private static OptimizerState copy(OptimizerState state) {
        Map<String, Tensor> tensors = new HashMap<>();
        state.tensors()
                .forEach((name, tensor) -> tensors.put(name, tensor.copy().keep()));
        return new OptimizerState(tensors, state.numbers());
    }

    @ParameterizedTest
    @MethodSource("types")
    void aNewStateIsCompleteAndCanBeRestored(String type) {
        OptimizerSettings settings = Problem.settings(type, settingsOf(type));
        try (Problem one = new Problem(engine, DType.FLOAT32);
                Problem two = new Problem(engine, DType.FLOAT32);
                Optimizer first = Optimizers.of(settings, one.parameters(), engine);
                Optimizer second = Optimizers.of(settings, two.parameters(), engine)) {
            second.step(two::loss);
            second.restore(first.state());
            assertThat(second.state().numbers()).isEqualTo(first.state().numbers());
            assertThat(second.state().tensors().keySet())
                    .isEqualTo(first.state().tensors().keySet());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adam", "rmsprop", "adagrad", "prodigy", "schedule-free-adamw"})
    void leavesParametersWithoutGradientAlone(String type) {
        try (Problem problem = new Problem(engine, DType.FLOAT32);
                Optimizer optimizer =
                        Optimizers.of(Problem.settings(type, settingsOf(type)), problem.parameters(), engine)) {
            problem.loss();
            problem.bias.clearGradient();
            double[] before = problem.weights();
            optimizer.step();
            double[] after = problem.weights();
            assertThat(Arrays.copyOfRange(after, 6, 8)).containsExactly(Arrays.copyOfRange(before, 6, 8));
            assertThat(after[0]).isNotEqualTo(before[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "adamw"})
    void oneByOneAdamGoesTheSameWayAsAltogether(String type) {
        String text = type.equals("adam") ? "lr=0.05 weight-decay=0.1" : "lr=0.05 weight-decay=0.1 decay=decoupled";
        OptimizerSettings settings = Problem.settings(type, text + " decay-biases=true");
        try (Problem together = new Problem(engine, DType.FLOAT64);
                Problem apart = new Problem(engine, DType.FLOAT64);
                Optimizer fast = Optimizers.of(settings, together.parameters(), engine);
                SlotOptimizer slow = (SlotOptimizer) Optimizers.of(settings, apart.parameters(), engine)) {
            for (int step = 0; step < 20; step++) {
                fast.step(together::loss);
                apart.loss();
                stepOneByOne(slow);
                assertThat(apart.weights()).as("step %d", step).containsExactly(together.weights(), within(1e-12));
            }
        }
    }

    @SuppressWarnings("try") // scopes are opened for what their end does
    private static void stepOneByOne(SlotOptimizer optimizer) {
        try (Scope scope = engine.scope();
                Scope still = engine.withoutGradients()) {
            optimizer.step(optimizer.slots);
        }
    }

    @Test
    void groupsAreByTheFirstGlobThatMatches() {
        OptimizerSettings plain = Problem.settings("sgd", "lr=1 weight-decay=0.5");
        OptimizerSettings grouped = withGroups(
                plain,
                List.of(
                        new OptimizerSettings.Group("0-*.bias", 2, null, false),
                        new OptimizerSettings.Group("*", 3, 0.25, false)));
        try (Problem problem = new Problem(engine, DType.FLOAT32)) {
            List<Slot> slots = Slots.of(grouped, problem.parameters());
            assertThat(slots).extracting(s -> s.factor).containsExactly(3.0, 2.0);
            // The bias does not decay unless asked.
            assertThat(slots).extracting(s -> s.decay).containsExactly(0.25, 0.0);
        }
    }

    @Test
    void frozenParametersStayAndAskForNoGradient() {
        OptimizerSettings settings = withGroups(
                Problem.settings("adam", "lr=0.1"), List.of(new OptimizerSettings.Group("*.weight", 1, null, true)));
        try (Problem problem = new Problem(engine, DType.FLOAT32);
                Optimizer optimizer = Optimizers.of(settings, problem.parameters(), engine)) {
            double[] before = problem.weights();
            optimizer.step(problem::loss);
            double[] after = problem.weights();
            assertThat(Arrays.copyOf(after, 6)).containsExactly(Arrays.copyOf(before, 6));
            assertThat(after[6]).isNotEqualTo(before[6]);
            assertThat(problem.weight.gradient()).isEqualTo(Optional.empty());
            assertThat(optimizer.state().tensors().keySet()).allMatch(name -> name.startsWith("0-dense.bias/"));
        }
    }

    @Test
    void parametersThatAreNotTrainableAreLeftOut() {
        try (Problem problem = new Problem(engine, DType.FLOAT32)) {
            List<Parameter> parameters = List.of(
                    new Parameter("0-dense", "weight", problem.weight, false),
                    new Parameter("0-dense", "bias", problem.bias, true));
            assertThat(Slots.of(Problem.settings("sgd", "lr=1"), parameters))
                    .extracting(s -> s.path)
                    .containsExactly("0-dense.bias");
        }
    }

    @Test
    void refusesAGroupThatMatchesNothing() {
        OptimizerSettings settings = withGroups(
                Problem.settings("sgd", "lr=1"), List.of(new OptimizerSettings.Group("1-conv*", 1, null, true)));
        try (Problem problem = new Problem(engine, DType.FLOAT32)) {
            assertThatExceptionOfType(SpecException.class)
                    .isThrownBy(() -> Optimizers.of(settings, problem.parameters(), engine))
                    .withMessageContaining("1-conv*")
                    .withMessageContaining("0-dense.weight");
        }
    }

    private static OptimizerSettings withGroups(OptimizerSettings s, List<OptimizerSettings.Group> groups) {
        return new OptimizerSettings(
                s.type(),
                s.learningRate(),
                s.momentum(),
                s.nesterov(),
                s.beta1(),
                s.beta2(),
                s.epsilon(),
                s.weightDecay(),
                s.decay(),
                s.decayBiases(),
                s.historySize(),
                s.iterations(),
                groups);
    }

    @Test
    void theTrainedWeightsComeBackBitForBitAfterAnEvaluation() {
        try (Problem problem = new Problem(engine, DType.FLOAT32);
                Optimizer optimizer = Optimizers.of(
                        Problem.settings("schedule-free-adamw", "lr=0.05"), problem.parameters(), engine)) {
            for (int step = 0; step < 5; step++) {
                optimizer.step(problem::loss);
            }
            double[] trained = problem.weights();
            optimizer.evaluationWeights();
            optimizer.evaluationWeights();
            assertThat(problem.weights()).isNotEqualTo(trained);
            assertThatIllegalStateException().isThrownBy(optimizer::step);
            optimizer.trainingWeights();
            optimizer.trainingWeights();
            assertThat(problem.weights()).containsExactly(trained);
            optimizer.step(problem::loss);
        }
    }

    @Test
    void lbfgsNeedsAClosureAndFindsTheMinimum() {
        try (Problem problem = new Problem(engine, DType.FLOAT64);
                Optimizer optimizer =
                        Optimizers.of(Problem.settings("lbfgs", "lr=1 iterations=20"), problem.parameters(), engine)) {
            assertThat(optimizer.needsClosure()).isTrue();
            assertThatIllegalStateException().isThrownBy(optimizer::step);
            for (int step = 0; step < 10; step++) {
                optimizer.step(problem::loss);
            }
            problem.loss();
            double[] slopes = problem.weight.gradient().orElseThrow().toDoubles();
            assertThat(slopes).containsExactly(new double[slopes.length], within(1e-5));
        }
    }

    @Test
    void lbfgsHasTheDecayInItsLoss() {
        try (Problem problem = new Problem(engine, DType.FLOAT64);
                Optimizer optimizer = Optimizers.of(
                        Problem.settings("lbfgs", "lr=1 iterations=20 weight-decay=0.1"),
                        problem.parameters(),
                        engine)) {
            for (int step = 0; step < 10; step++) {
                optimizer.step(problem::loss);
            }
            problem.loss();
            double[] slopes = problem.weight.gradient().orElseThrow().toDoubles();
            double[] weights = problem.weight.toDoubles();
            for (int i = 0; i < slopes.length; i++) {
                assertThat(slopes[i]).isCloseTo(-0.1 * weights[i], within(1e-4));
            }
        }
    }

    @Test
    void refusesWhatAnOptimizerCannotDo() {
        try (Problem problem = new Problem(engine, DType.FLOAT32)) {
            for (String[] wrong : new String[][] {
                {"lbfgs", "lr=1 weight-decay=0.1 decay=decoupled"},
                {"lbfgs", "lr=1 bias-factor=2"},
                {"schedule-free-adamw", "lr=1 weight-decay=0.1"},
                {"schedule-free-adamw", "lr=1 beta1=0"},
                {"adam", "lr=1 decay=both"},
                {"adamant", "lr=1"},
            }) {
                assertThatExceptionOfType(SpecException.class)
                        .as(wrong[0] + " " + wrong[1])
                        .isThrownBy(
                                () -> Optimizers.of(Problem.settings(wrong[0], wrong[1]), problem.parameters(), engine))
                        .withMessageContaining("optimizer");
            }
        }
    }

    @Test
    void refusesTheStateOfAnotherOptimizer() {
        try (Problem problem = new Problem(engine, DType.FLOAT32);
                Optimizer sgd =
                        Optimizers.of(Problem.settings("sgd", "lr=1 momentum=0.9"), problem.parameters(), engine);
                Optimizer adam = Optimizers.of(Problem.settings("adam", "lr=1"), problem.parameters(), engine)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> adam.restore(sgd.state()))
                    .withMessageContaining("0-dense.weight/mean");
        }
    }
}
