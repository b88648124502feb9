package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Types of half the width train, and autocast leaves nothing behind. */
@SuppressWarnings("try") // scopes are opened for what their end does
class PrecisionTest {
    private static final long[] ONE = {1, 1};

    private final TorchEngine engine = TorchEngine.open("cpu", 1);

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"BFLOAT16", "FLOAT16"})
    void autocastTrains(DType type) {
        Tensor kernels = engine.random(1).normal(0, 0.3, 4, 1, 3, 3).requiresGradient(true);
        Tensor weight = engine.random(2).normal(0, 0.1, 2, 4 * 6 * 6).requiresGradient(true);
        Tensor inputs = engine.random(3).normal(0, 1, 16, 1, 6, 6);
        long[] classes = new long[16];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = i % 2;
        }
        Tensor target = engine.of(classes, 16);
        double first = 0;
        double last = 0;
        for (int step = 0; step < 80; step++) {
            try (Scope scope = engine.scope()) {
                Tensor logits;
                try (Scope half = engine.autocast(type)) {
                    Tensor maps = engine.conv2d(inputs, kernels, null, ONE, ONE, ONE, 1);
                    assertThat(maps.type()).isEqualTo(type);
                    logits = engine.linear(maps.relu().reshape(16, -1), weight, null);
                }
                assertThat(logits.type()).isEqualTo(type);
                Tensor loss = engine.crossEntropy(logits.to(DType.FLOAT32), target, null, -100, 0, Reduction.MEAN);
                loss.backward();
                last = loss.item();
                first = step == 0 ? last : first;
                try (Scope frozen = engine.withoutGradients()) {
                    for (Tensor parameter : new Tensor[] {kernels, weight}) {
                        Tensor gradient = parameter.gradient().orElseThrow();
                        assertThat(gradient.type()).isEqualTo(DType.FLOAT32);
                        parameter.addInPlace(gradient, -0.3);
                        parameter.clearGradient();
                    }
                }
            }
        }
        assertThat(first).isBetween(0.4, 1.5);
        assertThat(last).isLessThan(first / 4);
    }

    @ParameterizedTest
    @EnumSource(names = {"BFLOAT16", "FLOAT16"})
    void parametersOfHalfTheWidthTrain(DType type) {
        Tensor weight = engine.full(0.5, 1, 4).to(type).detach().requiresGradient(true);
        Tensor inputs = engine.random(1).normal(0, 1, 32, 4).to(type);
        for (int step = 0; step < 50; step++) {
            try (Scope scope = engine.scope()) {
                engine.linear(inputs, weight, null).pow(2).mean().backward();
                try (Scope frozen = engine.withoutGradients()) {
                    weight.addInPlace(weight.gradient().orElseThrow(), -0.1);
                }
                weight.clearGradient();
            }
        }
        assertThat(weight.type()).isEqualTo(type);
        assertThat(weight.norm().item()).isLessThan(0.1);
    }

    @Test
    void autocastSeesWeightsThatChanged() {
        Tensor weight = engine.full(1, 1, 1).requiresGradient(true);
        Tensor one = engine.full(1, 1, 1);
        for (int round = 1; round <= 3; round++) {
            try (Scope half = engine.autocast(DType.BFLOAT16)) {
                assertThat(engine.linear(one, weight, null).item()).isEqualTo(round);
            }
            weight.copyFrom(new float[] {round + 1});
        }
    }

    @Test
    void autocastEndsWithItsScope() {
        Tensor one = engine.full(1, 1, 1);
        try (Scope half = engine.autocast(DType.BFLOAT16)) {
            try (Scope full = engine.autocast(DType.FLOAT32)) {
                assertThat(one.matmul(one).type()).isEqualTo(DType.FLOAT32);
            }
            assertThat(one.matmul(one).type()).isEqualTo(DType.BFLOAT16);
            try (Scope other = engine.autocast(DType.FLOAT16)) {
                assertThat(one.matmul(one).type()).isEqualTo(DType.FLOAT16);
            }
            assertThat(one.matmul(one).type()).isEqualTo(DType.BFLOAT16);
        }
        assertThat(one.matmul(one).type()).isEqualTo(DType.FLOAT32);
        assertThatThrownBy(() -> engine.autocast(DType.INT64)).isInstanceOf(EngineException.class);
    }

    @Test
    void float64IsExact() {
        Tensor third = engine.of(new double[] {1.0 / 3}, 1).requiresGradient(true);
        third.mul(third).backward();
        assertThat(third.gradient().orElseThrow().item()).isCloseTo(2.0 / 3, within(1e-16));
        assertThat(third.type()).isEqualTo(DType.FLOAT64);
    }
}
