package dev.auscult.train.regularize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.spec.SpecException;
import dev.auscult.train.spec.TrainingSettings;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which weights are pruned, when, and that no other is. */
class PruningTest {
    private static Engine engine;

    private final Random random = new Random(11);
    private Scope scope;

    @BeforeAll
    static void open() {
        engine = TorchEngine.open("cpu", 1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @BeforeEach
    void openScope() {
        scope = engine.scope();
    }

    @AfterEach
    void closeScope() {
        scope.close();
    }

    private static TrainingSettings.Pruning settings(String type, double share, String... match) {
        return new TrainingSettings.Pruning(type, share, 0, 0, 0, 0, List.of(match));
    }

    private static Parameter parameter(String layer, String name, float[] values, long... shape) {
        return new Parameter(layer, name, engine.of(values, shape).requiresGradient(true), true);
    }

    private Parameter drawn(String layer, String name, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return parameter(layer, name, values, shape);
    }

    private static float[] of(Parameter parameter) {
        float[] values = parameter.tensor().toFloats();
        for (int i = 0; i < values.length; i++) {
            // Zero and minus zero are one value.
            values[i] += 0.0f;
        }
        return values;
    }

    private static long zeros(Parameter... parameters) {
        long zeros = 0;
        for (Parameter parameter : parameters) {
            for (float value : of(parameter)) {
                zeros += value == 0 ? 1 : 0;
            }
        }
        return zeros;
    }

    /** Worked out by hand: of 100 steps pruning goes from 20 to 70. */
    @ParameterizedTest
    @CsvSource({"0, 0", "19, 0", "20, 0.1", "30, 0.4416", "45, 0.7125", "60, 0.7944", "70, 0.8", "99, 0.8"})
    void theShareRisesAsPublished(long step, double share) {
        SparsitySchedule schedule =
                new SparsitySchedule(new TrainingSettings.Pruning("magnitude", 0.8, 0.1, 0.2, 0.7, 10, List.of()), 100);

        assertThat(schedule.at(step)).isCloseTo(share, within(1e-12));
        assertThat(schedule.isDue(step)).isEqualTo(step >= 20 && step <= 70 && step % 10 == 0);
    }

    @Test
    void theLastPruningComesWhateverTheStepsBetween() {
        for (long steps = 1; steps < 200; steps++) {
            SparsitySchedule schedule = new SparsitySchedule(
                    new TrainingSettings.Pruning("magnitude", 0.8, 0, 0.2, 1, 7, List.of()), steps);
            double reached = 0;
            for (long step = 0; step < steps; step++) {
                double before = reached;
                reached = schedule.isDue(step) ? schedule.at(step) : reached;
                assertThat(reached).isGreaterThanOrEqualTo(before);
            }
            assertThat(reached).isEqualTo(0.8);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 0.5, 0.77, 0.99})
    void exactlyTheShareOfLeastMagnitudeGoesOfAllLayersTogether(double share) {
        Parameter small = drawn("0-dense", "weight", 13, 7);
        Parameter bias = drawn("0-dense", "bias", 13);
        Parameter large = drawn("2-conv", "weight", 5, 3, 3, 3);
        large.tensor().requiresGradient(false).mulInPlace(2);
        large.tensor().requiresGradient(true);
        List<Float> magnitudes = new ArrayList<>();
        for (Parameter one : List.of(small, large)) {
            for (float value : of(one)) {
                magnitudes.add(Math.abs(value));
            }
        }
        magnitudes.sort(null);
        long wanted = Math.round(share * magnitudes.size());
        float limit = magnitudes.get((int) wanted);

        try (Pruning pruning = new Pruning(settings("magnitude", share), List.of(small, bias, large), 10, engine)) {
            pruning.beforeStep(0);

            assertThat(zeros(small, large)).isEqualTo(wanted);
            assertThat(zeros(bias)).isZero();
            assertThat(pruning.sparsity()).isEqualTo((double) wanted / magnitudes.size());
            assertThat(pruning.isSettled()).isTrue();
            for (Parameter one : List.of(small, large)) {
                for (float value : of(one)) {
                    assertThat(value == 0 || Math.abs(value) >= limit).isTrue();
                }
            }
        }
    }

    @Test
    void ofEqualWeightsExactlySoManyGo() {
        Parameter weights = parameter("0-dense", "weight", new float[] {1, 1, -1, 1, 1, -1, 1, 1, 1, 1}, 2, 5);
        try (Pruning pruning = new Pruning(settings("magnitude", 0.3), List.of(weights), 10, engine)) {
            pruning.beforeStep(0);

            assertThat(of(weights)).containsExactly(0, 0, 0, 1, 1, -1, 1, 1, 1, 1);
        }
    }

    @Test
    void whatIsOutStaysOutWhileMoreGoes() {
        Parameter weights = drawn("0-dense", "weight", 20, 30);
        TrainingSettings.Pruning gradual = new TrainingSettings.Pruning("magnitude", 0.9, 0.1, 0.1, 0.9, 3, List.of());
        try (Pruning pruning = new Pruning(gradual, List.of(weights), 100, engine)) {
            float[] before = of(weights);
            for (int step = 0; step < 100; step++) {
                pruning.beforeStep(step);
                float[] now = of(weights);
                for (int i = 0; i < now.length; i++) {
                    assertThat(before[i] != 0 || now[i] == 0).isTrue();
                }
                before = now;
                weights.tensor().requiresGradient(false).addInPlace(0.01);
                weights.tensor().requiresGradient(true);
                pruning.apply();
            }
            assertThat(zeros(weights)).isEqualTo(540);
        }
    }

    @Test
    void structuredPruningTakesWholeUnitsOfLeastNormWithTheirBiases() {
        Parameter weights = parameter("0-dense", "weight", new float[] {3, 3, 1, -1, 0, 4, -2, 1}, 4, 2);
        Parameter bias = parameter("0-dense", "bias", new float[] {1, 2, 3, 4}, 4);
        Parameter filters = drawn("1-residual/0-conv", "weight", 6, 4, 3);
        Parameter scale = parameter("2-batch-norm", "weight", new float[] {1, 1}, 2);
        Parameter last = drawn("3-dense", "weight", 3, 4);
        try (Pruning pruning =
                new Pruning(settings("structured", 0.5), List.of(weights, bias, filters, scale, last), 10, engine)) {
            pruning.beforeStep(0);

            assertThat(of(weights)).containsExactly(3, 3, 0, 0, 0, 4, 0, 0);
            assertThat(of(bias)).containsExactly(1, 0, 3, 0);
            int whole = 0;
            for (int filter = 0; filter < 6; filter++) {
                float[] one = Arrays.copyOfRange(of(filters), filter * 12, filter * 12 + 12);
                long out = 0;
                for (float value : one) {
                    out += value == 0 ? 1 : 0;
                }
                assertThat(out).isIn(0L, 12L);
                whole += out == 12 ? 1 : 0;
            }
            assertThat(whole).isEqualTo(3);
            assertThat(zeros(scale, last)).isZero();
            assertThat(pruning.result()).contains("5 of 10 units and filters", "40 of 80 weights (50.0 %)");
        }
    }

    @Test
    void oneUnitAlwaysStays() {
        Parameter weights = drawn("0-dense", "weight", 3, 5);
        Parameter last = drawn("1-dense", "weight", 2, 3);
        try (Pruning pruning = new Pruning(settings("structured", 0.99), List.of(weights, last), 10, engine)) {
            pruning.beforeStep(0);

            assertThat(zeros(weights)).isEqualTo(10);
            assertThat(pruning.isSettled()).isTrue();
        }
    }

    @Test
    void embeddingsStayUnlessTheyAreAskedFor() {
        Parameter embedding = drawn("0-embedding", "weight", 50, 4);
        Parameter weights = drawn("1-dense", "weight", 8, 4);
        Parameter frozen =
                new Parameter("2-dense", "weight", engine.ones(weights.tensor().type(), 3, 8), false);
        List<Parameter> all = List.of(embedding, weights, frozen);
        try (Pruning pruning = new Pruning(settings("magnitude", 0.5), all, 10, engine)) {
            pruning.beforeStep(0);
            assertThat(zeros(embedding, frozen)).isZero();
            assertThat(zeros(weights)).isEqualTo(16);
        }
        try (Pruning pruning = new Pruning(settings("magnitude", 0.5, "0-*"), all, 10, engine)) {
            pruning.beforeStep(0);
            assertThat(zeros(embedding)).isEqualTo(100);
            assertThat(zeros(weights)).isEqualTo(16);
        }
    }

    @Test
    void whatCannotBePrunedIsSaid() {
        Parameter only = drawn("0-dense", "weight", 4, 4);
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> new Pruning(settings("structured", 0.5), List.of(only), 10, engine))
                .withMessageContaining("found no units to prune");
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> new Pruning(settings("magnitude", 0.5, "9-*"), List.of(only), 10, engine))
                .withMessage("training.pruning.match: '9-*' fits no parameter that is trained; wanted a glob on one of"
                        + " 0-dense.weight");
    }

    @Test
    void gradientsOfWhatIsOutAreZero() {
        Parameter weights = drawn("0-dense", "weight", 4, 4);
        try (Pruning pruning = new Pruning(settings("magnitude", 0.25), List.of(weights), 10, engine)) {
            pruning.beforeStep(0);
            weights.tensor().mul(weights.tensor()).add(weights.tensor()).sum().backward();
            pruning.maskGradients();

            float[] gradient = weights.tensor().gradient().map(Tensor::toFloats).orElseThrow();
            float[] values = of(weights);
            for (int i = 0; i < values.length; i++) {
                assertThat(gradient[i]).isEqualTo(values[i] == 0 ? 0 : 2 * values[i] + 1);
            }
        }
    }

    @Test
    void theOrderStatisticIsThatOfASortedArray() {
        for (int round = 0; round < 200; round++) {
            int[][] numbers = {
                random.ints(1 + random.nextInt(40), 0, 30).toArray(),
                random.ints(9, 0, Integer.MAX_VALUE).toArray()
            };
            int[] sorted = java.util.stream.Stream.of(numbers)
                    .flatMapToInt(Arrays::stream)
                    .sorted()
                    .toArray();
            int rank = 1 + random.nextInt(sorted.length);
            assertThat(OrderStatistic.smallest(numbers, rank)).isEqualTo(sorted[rank - 1]);
        }
    }
}
