package dev.auscult.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;

import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.InitializerSettings;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Initial weights have the deviation, the range or the angles that their formulas promise. */
@SuppressWarnings("try") // scopes are opened for what their end does
class InitializerTest {
    private static final long IN = 400;
    private static final long OUT = 250;

    private final TorchEngine engine = TorchEngine.open("cpu", 1);

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({
        // √(2/400), √(6/400)/√3, √(2/650), √(6/650)/√3, √(1/400), √(1/400)/√3
        "he, 0, 0.0707107, 0",
        "he-uniform, 0, 0.0707107, 0.1224745",
        "glorot, 0, 0.0554700, 0",
        "glorot-uniform, 0, 0.0554700, 0.0960769",
        "lecun, 0, 0.05, 0",
        "default, 0, 0.0288675, 0.05",
        "normal, 0.3, 0.3, 0",
        "uniform, 0.3, 0.173205, 0.3"
    })
    void theDeviationIsAsPromised(String type, double amount, double deviation, double widest) {
        double[] weights = weights(type, amount, OUT, IN);
        double mean = Arrays.stream(weights).average().orElseThrow();
        double variance =
                Arrays.stream(weights).map(w -> (w - mean) * (w - mean)).sum() / weights.length;
        // 100,000 numbers: the deviation of a sample deviates by 0.22 %, its mean by σ/316.
        assertThat(Math.sqrt(variance)).isCloseTo(deviation, within(0.01 * deviation));
        assertThat(mean).isCloseTo(0, within(5 * deviation / Math.sqrt(weights.length)));
        double largest = Arrays.stream(weights).map(Math::abs).max().orElseThrow();
        if (widest > 0) {
            assertThat(largest).isBetween(0.99 * widest, widest * 1.000001);
        } else {
            assertThat(largest).isGreaterThan(3.5 * deviation);
        }
    }

    @Test
    void constantsAreConstant() {
        assertThat(weights("zeros", 0, 2, 3)).containsOnly(0);
        assertThat(weights("ones", 0, 2, 3)).containsOnly(1);
        assertThat(weights("constant", 0.5, 2, 3)).containsOnly(0.5);
    }

    @Test
    void orthogonalRowsOrColumnsAreOrthonormal() {
        for (long[] shape : new long[][] {{8, 5}, {5, 8}, {6, 6}, {4, 3, 3, 3}}) {
            int rows = (int) shape[0];
            double[] weights = weights("orthogonal", 2, shape);
            int columns = weights.length / rows;
            boolean wide = rows <= columns;
            int vectors = wide ? rows : columns;
            for (int a = 0; a < vectors; a++) {
                for (int b = 0; b <= a; b++) {
                    double product = 0;
                    for (int i = 0; i < (wide ? columns : rows); i++) {
                        product += wide
                                ? weights[a * columns + i] * weights[b * columns + i]
                                : weights[i * columns + a] * weights[i * columns + b];
                    }
                    // The gain of 2 counts twice.
                    assertThat(product).isCloseTo(a == b ? 4 : 0, within(1e-4));
                }
            }
        }
    }

    @Test
    void orthogonalMatricesFavourNoDirection() {
        // Without corrected signs the first element of Q from a Householder QR is never positive.
        int positive = 0;
        for (int seed = 0; seed < 60; seed++) {
            try (Scope scope = engine.scope();
                    RandomSource random = engine.random(seed)) {
                positive += initializer("orthogonal", 1, random)
                                        .weights(new Fans(3, 3), 3, 3)
                                        .toDoubles()[0]
                                > 0
                        ? 1
                        : 0;
            }
        }
        assertThat(positive).isBetween(15, 45);
    }

    @Test
    void biasesAreZeroButForTheDefault() {
        try (Scope scope = engine.scope();
                RandomSource random = engine.random(3)) {
            assertThat(initializer("he", 0, random).biases(new Fans(IN, OUT), 4).toDoubles())
                    .containsOnly(0);
            double[] biases = initializer("default", 0, random)
                    .biases(new Fans(IN, OUT), 1000)
                    .toDoubles();
            assertThat(Arrays.stream(biases).map(Math::abs).max().orElseThrow()).isBetween(0.049, 0.0500001);
        }
    }

    private double[] weights(String type, double amount, long... shape) {
        try (Scope scope = engine.scope();
                RandomSource random = engine.random(11)) {
            Tensor weights = initializer(type, amount, random).weights(Fans.of(shape), shape);
            assertThat(weights.shape()).isEqualTo(shape);
            return weights.toDoubles();
        }
    }

    private Initializer initializer(String type, double amount, RandomSource random) {
        return new Initializer(new InitializerSettings(type, amount), engine, random);
    }
}
