package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import dev.auscult.train.engine.AdamKernel;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fused update against the formulas, number by number in float64. */
class AdamKernelTest {
    private static final double RATE = 0.01;
    private static final double BETA1 = 0.8;
    private static final double BETA2 = 0.99;
    private static final double EPSILON = 1e-7;
    private static final double DECAY = 0.1;

    private final TorchEngine engine = TorchEngine.open("cpu", 1);

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void followsTheFormulas(boolean decoupled) {
        double[] start = {1, -2, 0.5};
        Tensor parameter = engine.of(start, 3).requiresGradient(true);
        Tensor mean = engine.zeros(DType.FLOAT64, 3);
        Tensor square = engine.zeros(DType.FLOAT64, 3);
        try (AdamKernel kernel = engine.adam(List.of(parameter), List.of(mean), List.of(square), decoupled)) {
            double[] p = start.clone();
            double[] m = new double[3];
            double[] v = new double[3];
            for (int step = 1; step <= 4; step++) {
                double[] gradient = {0.3 * step, -1, step - 2.5};
                parameter.setGradient(engine.of(gradient, 3));
                kernel.step(step, RATE, BETA1, BETA2, EPSILON, DECAY);
                for (int i = 0; i < p.length; i++) {
                    double g = gradient[i] + (decoupled ? 0 : DECAY * p[i]);
                    p[i] -= decoupled ? RATE * DECAY * p[i] : 0;
                    m[i] = BETA1 * m[i] + (1 - BETA1) * g;
                    v[i] = BETA2 * v[i] + (1 - BETA2) * g * g;
                    p[i] -= RATE
                            * (m[i] / (1 - Math.pow(BETA1, step)))
                            / (Math.sqrt(v[i] / (1 - Math.pow(BETA2, step))) + EPSILON);
                }
                assertThat(parameter.toDoubles()).containsExactly(p, within(1e-7));
                assertThat(mean.toDoubles()).containsExactly(m, within(1e-7));
                assertThat(square.toDoubles()).containsExactly(v, within(1e-7));
            }
        }
    }

    @Test
    void leavesAloneWhatHasNoGradient() {
        List<Tensor> parameters = List.of(leaf(), leaf(), leaf());
        List<Tensor> means = List.of(engine.full(0, 2), engine.full(0, 2), engine.full(0, 2));
        List<Tensor> squares = List.of(engine.full(0, 2), engine.full(0, 2), engine.full(0, 2));
        try (AdamKernel kernel = engine.adam(parameters, means, squares, false)) {
            kernel.step(1, RATE, BETA1, BETA2, EPSILON, 0);
            for (Tensor parameter : parameters) {
                assertThat(parameter.toFloats()).containsExactly(1, 1);
            }
            parameters.get(1).setGradient(engine.full(1, 2));
            kernel.step(1, RATE, BETA1, BETA2, EPSILON, 0);
            assertThat(parameters.get(0).toFloats()).containsExactly(1, 1);
            assertThat(parameters.get(1).toFloats()[0]).isCloseTo(0.99f, within(1e-5f));
            parameters.get(0).setGradient(engine.full(1, 2));
            parameters.get(1).clearGradient();
            kernel.step(1, RATE, BETA1, BETA2, EPSILON, 0);
            assertThat(parameters.get(0).toFloats()[1]).isCloseTo(0.99f, within(1e-5f));
            assertThat(parameters.get(1).toFloats()[0]).isCloseTo(0.99f, within(1e-5f));
            assertThat(parameters.get(2).toFloats()).containsExactly(1, 1);
        }
    }

    @Test
    void aGradientOfAnotherLayoutIsReadRight() {
        Tensor parameter = engine.full(0, 2, 2).requiresGradient(true);
        try (AdamKernel kernel =
                engine.adam(List.of(parameter), List.of(engine.full(0, 2, 2)), List.of(engine.full(0, 2, 2)), false)) {
            parameter.setGradient(engine.of(new float[] {1, -1, 1, 1}, 2, 2).transpose(0, 1));
            kernel.step(1, 1, BETA1, BETA2, EPSILON, 0);
            assertThat(parameter.toFloats()).containsExactly(new float[] {-1, -1, 1, -1}, within(1e-4f));
        }
    }

    @Test
    void refusesListsThatDoNotFit() {
        assertThatThrownBy(() -> engine.adam(List.of(leaf()), List.of(), List.of(), false))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("1, 0 and 0");
        assertThatThrownBy(() -> engine.adam(
                        List.of(engine.full(1, 2, 3).transpose(0, 1)),
                        List.of(engine.full(1, 3, 2)),
                        List.of(engine.full(1, 3, 2)),
                        false))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("contiguous");
    }

    private Tensor leaf() {
        return engine.full(1, 2).requiresGradient(true);
    }
}
