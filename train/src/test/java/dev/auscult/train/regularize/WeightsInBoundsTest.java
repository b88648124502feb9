package dev.auscult.train.regularize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.spec.RegularizationSettings;
import dev.auscult.train.spec.SpecException;
import dev.auscult.train.torch.TorchEngine;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clipping, penalties, max-norm and averages on tensors, worked out by hand. */
class WeightsInBoundsTest {
    private static final Offset<Float> CLOSE = within(1e-6f);

    private static Engine engine;

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

    private static Tensor row(float... values) {
        return engine.of(values, values.length);
    }

    private static Parameter parameter(String name, Tensor tensor) {
        return new Parameter("0-dense", name, tensor.requiresGradient(true), true);
    }

    private static RegularizationSettings settings(double l1, double l2, double swaStart, double ema) {
        return new RegularizationSettings(l1, l2, 0, 0, swaStart, ema);
    }

    @Test
    void clipsByTheNormOfAllGradientsTogether() {
        Tensor a = row(3, 0);
        Tensor b = engine.of(new float[] {0, 4}, 2, 1);
        GradientClipping.Outcome outcome = new GradientClipping(engine, 1.0, null).clip(List.of(a, b));
        assertThat(outcome.norm()).isCloseTo(5, within(1e-6));
        assertThat(outcome.byNorm()).isTrue();
        // 1/(5 + 1e-6), as PyTorch.
        assertThat(a.toFloats()).containsExactly(new float[] {0.5999999f, 0}, CLOSE);
        assertThat(b.toFloats()).containsExactly(new float[] {0, 0.7999998f}, CLOSE);
    }

    @Test
    void leavesSmallGradientsAsTheyAre() {
        Tensor a = row(0.3f, 0.4f);
        GradientClipping.Outcome outcome = new GradientClipping(engine, 1.0, 0.5).clip(List.of(a));
        assertThat(outcome.byNorm()).isFalse();
        assertThat(outcome.norm()).isCloseTo(0.5, within(1e-6));
        assertThat(a.toFloats()).containsExactly(0.3f, 0.4f);
    }

    @Test
    void clipsByValueBeforeTheNormAndTellsTheNormOfBefore() {
        Tensor a = row(-30, 0.5f, 40);
        GradientClipping.Outcome outcome = new GradientClipping(engine, null, 1.0).clip(List.of(a));
        assertThat(outcome.norm()).isCloseTo(Math.sqrt(2500.25), within(1e-4));
        assertThat(a.toFloats()).containsExactly(-1, 0.5f, 1);
        Tensor b = row(-30, 0, 40);
        new GradientClipping(engine, Math.sqrt(2) / 2, 1.0).clip(List.of(b));
        assertThat(b.toFloats()).containsExactly(new float[] {-0.5f, 0, 0.5f}, CLOSE);
    }

    @Test
    void aNormThatIsNotFiniteIsToldAndActsAsInPyTorch() {
        Tensor infinite = row(1, Float.POSITIVE_INFINITY);
        GradientClipping.Outcome outcome = new GradientClipping(engine, 1.0, null).clip(List.of(infinite));
        assertThat(outcome.isFinite()).isFalse();
        assertThat(infinite.toFloats()[0]).isZero();
        assertThat(infinite.toFloats()[1]).isNaN();
        Tensor nan = row(1, Float.NaN);
        assertThat(new GradientClipping(engine, 1.0, null).clip(List.of(nan)).isFinite())
                .isFalse();
        assertThat(nan.toFloats()[0]).isNaN();
    }

    @Test
    void refusesBoundsThatAreNone() {
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> new GradientClipping(engine, 0.0, null))
                .withMessageContaining("clip-norm");
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> new GradientClipping(engine, null, Double.NaN))
                .withMessageContaining("clip-value");
    }

    @Test
    @SuppressWarnings("try") // opened for what its end does
    void measuresNoNormThatNobodyWants() {
        try (var scope = engine.scope()) {
            Tensor gradient = engine.of(new float[] {3, -4}, 2);
            assertThat(new GradientClipping(engine, null, null)
                            .clip(List.of(gradient))
                            .norm())
                    .isNaN();
            assertThat(gradient.toFloats()).containsExactly(3, -4);
            assertThat(new GradientClipping(engine, null, 2.0)
                            .clip(List.of(gradient), false)
                            .norm())
                    .isNaN();
            assertThat(gradient.toFloats()).containsExactly(2, -2);
        }
    }

    @Test
    void elasticNetAddsItsGradientAndItsValue() {
        Tensor weight = engine.of(new float[] {2, 0, -3, 1}, 2, 2);
        Tensor bias = row(5, 5);
        Penalties penalties = new Penalties(
                settings(0.1, 0.01, 0, 0), List.of(parameter("weight", weight), parameter("bias", bias)), engine);
        weight.mul(weight).sum().add(bias.sum()).backward();
        penalties.addGradients();
        // 2w + 0.1·sign(w) + 0.01·w, sign(0) = 0; the bias is spared.
        assertThat(weight.gradient().orElseThrow().toFloats())
                .containsExactly(new float[] {4.12f, 0, -6.13f, 2.11f}, CLOSE);
        assertThat(bias.gradient().orElseThrow().toFloats()).containsExactly(1, 1);
        assertThat(penalties.value()).isCloseTo(0.1 * 6 + 0.005 * 14, within(1e-6));
    }

    @Test
    void theGradientOfAPenaltyIsThatOfItsValue() {
        for (double[] lambda : new double[][] {{0.3, 0}, {0, 0.7}, {0.2, 0.5}}) {
            Tensor weight = engine.of(new double[] {0.5, -1.5, 2, -0.25}, 2, 2);
            Penalties penalties =
                    new Penalties(settings(lambda[0], lambda[1], 0, 0), List.of(parameter("weight", weight)), engine);
            weight.setGradient(engine.zeros(weight.type(), 2, 2));
            penalties.addGradients();
            double[] gradient = weight.gradient().orElseThrow().toDoubles();
            double[] at = weight.toDoubles();
            double step = 1e-6;
            for (int i = 0; i < at.length; i++) {
                double[] up = at.clone();
                up[i] += step;
                double[] down = at.clone();
                down[i] -= step;
                double difference = value(penalties, weight, up) - value(penalties, weight, down);
                assertThat(gradient[i]).isCloseTo(difference / (2 * step), within(1e-8));
            }
        }
    }

    @SuppressWarnings("try") // opened for what its end does
    private static double value(Penalties penalties, Tensor weight, double[] values) {
        try (Scope still = engine.withoutGradients()) {
            weight.copyFrom(values);
        }
        return penalties.value();
    }

    @Test
    void noPenaltyAddsNothing() {
        Penalties none = new Penalties(settings(0, 0, 0, 0), List.of(), engine);
        none.addGradients();
        assertThat(none.isActive()).isFalse();
        assertThat(none.value()).isZero();
    }

    @Test
    void maxNormBoundsTheWeightsIntoEachUnit() {
        Tensor dense = engine.of(new float[] {3, 4, 0.3f, 0.4f, 0, 0}, 3, 2);
        Tensor filters = engine.of(new float[] {2, 0, 0, 0, 1, 1, 1, 1}, 2, 1, 2, 2);
        Tensor bias = row(50);
        new MaxNorm(
                        1,
                        List.of(parameter("weight", dense), parameter("filters", filters), parameter("bias", bias)),
                        engine)
                .project();
        assertThat(dense.toFloats()).containsExactly(new float[] {0.6f, 0.8f, 0.3f, 0.4f, 0, 0}, CLOSE);
        assertThat(filters.toFloats()).containsExactly(new float[] {1, 0, 0, 0, 0.5f, 0.5f, 0.5f, 0.5f}, CLOSE);
        assertThat(bias.toFloats()).containsExactly(50);
    }

    @Test
    void withinBoundsNotABitChanges() {
        Tensor weight = engine.of(new float[] {0.1f, 0.7f, -0.3f, 0.2f}, 2, 2);
        float[] before = weight.toFloats();
        new MaxNorm(1, List.of(parameter("weight", weight)), engine).project();
        assertThat(weight.toFloats()).containsExactly(before);
    }

    @SuppressWarnings("try") // opened for what its end does
    private static void set(Tensor tensor, double value) {
        try (Scope still = engine.withoutGradients()) {
            tensor.fillInPlace(value);
        }
    }

    @Test
    void theExponentialAverageFollowsEveryStep() {
        Tensor weight = row(1, 1);
        List<Parameter> parameters = List.of(parameter("weight", weight));
        try (WeightAverage average = WeightAverage.of(settings(0, 0, 0, 0.9), parameters, List.of(), engine)
                .orElseThrow()) {
            average.evaluationWeights();
            assertThat(average.isStarted()).isFalse();
            double wanted = 1;
            for (int step = 0; step < 10; step++) {
                set(weight, step + 1);
                average.afterStep();
                average.afterEpoch(step + 1, 10);
                wanted = step == 0 ? 1 : 0.9 * wanted + 0.1 * (step + 1);
            }
            average.evaluationWeights();
            average.evaluationWeights();
            assertThat(weight.toFloats()[0]).isCloseTo((float) wanted, CLOSE);
            average.trainingWeights();
            average.trainingWeights();
            assertThat(weight.toFloats()).containsExactly(10, 10);
            assertThat(average.needsRefresh()).isFalse();
        }
    }

    @Test
    void theStochasticAverageIsTheMeanOfTheLastEpochs() {
        Tensor weight = row(0);
        List<Parameter> parameters = List.of(parameter("weight", weight));
        List<String> buffers = new ArrayList<>(List.of("1-batch-norm.running-mean"));
        try (WeightAverage average = WeightAverage.of(settings(0, 0, 0.6, 0), parameters, buffers, engine)
                .orElseThrow()) {
            for (int epoch = 1; epoch <= 10; epoch++) {
                set(weight, epoch * epoch);
                average.afterStep();
                assertThat(average.needsRefresh()).isEqualTo(epoch > 7);
                average.afterEpoch(epoch, 10);
                assertThat(average.isStarted()).isEqualTo(epoch > 6);
            }
            average.evaluationWeights();
            assertThat(weight.toFloats()[0]).isCloseTo((49 + 64 + 81 + 100) / 4f, within(1e-4f));
        }
    }

    @Test
    void anAverageGoesOnFromWhatWasSaved() {
        Tensor weight = row(0);
        List<Parameter> parameters = List.of(parameter("weight", weight));
        try (WeightAverage whole = WeightAverage.of(settings(0, 0, 0, 0.8), parameters, List.of(), engine)
                        .orElseThrow();
                WeightAverage cut = WeightAverage.of(settings(0, 0, 0, 0.8), parameters, List.of(), engine)
                        .orElseThrow()) {
            for (int step = 0; step < 5; step++) {
                set(weight, Math.sin(step));
                whole.afterStep();
            }
            cut.restore(whole.tensors(), whole.count());
            for (int step = 5; step < 10; step++) {
                set(weight, Math.sin(step));
                whole.afterStep();
                cut.afterStep();
            }
            assertThat(cut.tensors().get("0-dense.weight").toFloats())
                    .containsExactly(whole.tensors().get("0-dense.weight").toFloats());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> cut.restore(Map.of(), 3))
                    .withMessageContaining("0-dense.weight");
        }
    }

    @Test
    void onlyOneAverageIsMade() {
        assertThat(WeightAverage.of(settings(0, 0, 0, 0), List.of(), List.of(), engine))
                .isEmpty();
        assertThatExceptionOfType(SpecException.class)
                .isThrownBy(() -> WeightAverage.of(settings(0, 0, 0.5, 0.9), List.of(), List.of(), engine));
    }
}
