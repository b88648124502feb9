package dev.auscult.train.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;

import dev.auscult.train.check.GradientCheck.Block;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = TorchEngine.open("cpu", 1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @SuppressWarnings("try") // Scopes work by being open.
    private static Block check(Function<Tensor, Tensor> function, double... at) {
        try (Scope scope = engine.scope()) {
            Tensor input = engine.of(at, at.length);
            Block block = GradientCheck.of(x -> function.apply(x.get(0)), List.of(input), engine)
                    .blocks()
                    .get(0);
            assertThat(input.toDoubles()).containsExactly(at);
            return block;
        }
    }

    @Test
    void smoothFunctionsAgree() {
        Block block = check(x -> x.tanh().mul(x.exp()).sum(), -2, -0.3, 0, 0.7, 3);
        assertThat(block.checked()).isEqualTo(5);
        assertThat(block.kinks()).isZero();
        assertThat(block.relativeError()).isLessThan(1e-8);
    }

    @Test
    void aWrongGradientIsFoundWhereItIs() {
        // x·x with one factor cut off: the gradient is half of what it should be, but for 0.
        Block block = check(
                x -> engine.cat(
                                List.of(
                                        x.narrow(0, 0, 2).pow(2),
                                        x.narrow(0, 2, 1).mul(x.narrow(0, 2, 1).detach())),
                                0)
                        .sum(),
                1,
                2,
                3);
        assertThat(block.isRight(1e-4)).isFalse();
        assertThat(block.coordinate()).isEqualTo(2);
        assertThat(block.analytic()).isCloseTo(3, within(1e-12));
        assertThat(block.numeric()).isCloseTo(6, within(1e-6));
        assertThat(block.relativeError()).isCloseTo(0.5, within(1e-6));
        assertThat(block.kinks()).isZero();
    }

    @Test
    void aWrongSignIsAnErrorOfTwo() {
        Block block = check(x -> x.mul(2).detach().sub(x).sum(), 1.5);
        assertThat(block.relativeError()).isCloseTo(2, within(1e-6));
    }

    @Test
    void kinksAreCountedApart() {
        // At a kink, just beside it, and far from it.
        Block block = check(x -> x.relu().sum(), 0, 1e-7, -3e-6, 1, -1);
        assertThat(block.kinks()).isEqualTo(3);
        assertThat(block.checked()).isEqualTo(2);
        assertThat(block.isRight(1e-8)).isTrue();
    }

    @Test
    void aWrongGradientIsNoKink() {
        // Curved, so that the one-sided quotients differ.
        Block block = check(
                x -> x.pow(3)
                        .mul(1.01)
                        .detach()
                        .add(x.pow(3))
                        .sub(x.pow(3).detach())
                        .sum(),
                0.5,
                2,
                5);
        assertThat(block.kinks()).isZero();
        assertThat(block.checked()).isEqualTo(3);
        assertThat(block.relativeError()).isCloseTo(0.01 / 1.01, within(1e-4));
    }

    @Test
    void aConstantHasNoGradient() {
        Block block = check(x -> x.detach().mul(0).sum(), 1, 2);
        assertThat(block.relativeError()).isZero();
        assertThat(block.checked()).isEqualTo(2);
    }

    @Test
    void gradientsLostInRoundingAreNotBlamed() {
        Block block = check(x -> x.mul(1e-9).add(1000).sum(), 1, 2);
        assertThat(block.isRight(1e-6)).isTrue();
    }

    @Test
    @SuppressWarnings("try") // Scopes work by being open.
    void float32IsRefused() {
        try (Scope scope = engine.scope()) {
            List<Tensor> inputs = List.of(engine.zeros(DType.FLOAT32, 2));
            assertThatThrownBy(() -> GradientCheck.of(x -> x.get(0).sum(), inputs, engine))
                    .hasMessageContaining("wanted FLOAT64");
        }
    }
}
