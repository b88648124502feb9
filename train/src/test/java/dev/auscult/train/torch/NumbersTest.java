package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Numbers go in and come out in row-major order, whatever the type and layout. */
class NumbersTest {
    private final TorchEngine engine = TorchEngine.open("cpu", 1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void comeOutInRowMajorOrder() {
        Tensor tensor = engine.of(new float[] {1, 2, 3, 4, 5, 6, 99}, 2, 3);
        Tensor turned = tensor.transpose(0, 1);
        assertThat(turned.shape()).containsExactly(3, 2);
        assertThat(turned.toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(turned.toDoubles()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(turned.toLongs()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(engine.range(3).toFloats()).containsExactly(0, 1, 2);
        assertThat(tensor.to(DType.BFLOAT16).toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(tensor.greaterThan(3).toLongs()).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(engine.zeros(DType.FLOAT32, 0, 3).toFloats()).isEmpty();
        assertThat(tensor.requiresGradient(true).mul(2).toFloats()).hasSize(6);
    }

    @Test
    void goInEverywhere() {
        for (DType type : DType.values()) {
            Tensor tensor = engine.zeros(type, 2, 2).transpose(0, 1);
            tensor.copyFrom(new float[] {1, 0, 1, 1});
            assertThat(tensor.toFloats()).as("%s", type).containsExactly(1, 0, 1, 1);
            tensor.copyFrom(new double[] {0, 1, 0, 0, 5});
            assertThat(tensor.toDoubles()).as("%s", type).containsExactly(0, 1, 0, 0);
            tensor.copyFrom(new long[] {1, 1, 1, 0});
            assertThat(tensor.toLongs()).as("%s", type).containsExactly(1, 1, 1, 0);
            assertThat(tensor.type()).isEqualTo(type);
        }
        Tensor parameter = engine.full(0, 2).requiresGradient(true);
        parameter.copyFrom(engine.of(new double[] {3, 4}, 2));
        assertThat(parameter.toFloats()).containsExactly(3, 4);
        parameter.copyFrom(new float[] {5, 6});
        assertThat(parameter.toFloats()).containsExactly(5, 6);
        assertThat(parameter.requiresGradient()).isTrue();
    }

    @Test
    void wholeNumbersStayWhole() {
        Tensor counts = engine.range(4);
        assertThat(counts.addInPlace(2).mulInPlace(3).type()).isEqualTo(DType.INT64);
        assertThat(counts.toLongs()).containsExactly(6, 9, 12, 15);
        assertThat(counts.equalTo(12).toLongs()).containsExactly(0, 0, 1, 0);
        assertThat(counts.mul(0.5).toFloats()).containsExactly(3, 4.5f, 6, 7.5f);
    }

    @Test
    void manyDifferentNumbersAreNotMixedUp() {
        Tensor one = engine.of(new double[] {1}, 1);
        for (int i = 0; i < 3000; i++) {
            double number = i * 0.37 - 400;
            assertThat(one.mul(number).item()).isEqualTo(number);
            assertThat(engine.range(2).add(i).toLongs()).containsExactly(i, i + 1);
        }
        assertThat(one.mul(-0.0).item()).isEqualTo(-0.0);
        assertThat(one.mul(Double.NaN).item()).isNaN();
        assertThat(one.add(Double.NEGATIVE_INFINITY).item()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(one.clamp(Double.NEGATIVE_INFINITY, 0.5).item()).isEqualTo(0.5);
    }

    @Test
    void finiteOnesAreFound() {
        Tensor tensor = engine.of(new float[] {1, Float.NaN, Float.POSITIVE_INFINITY, -2}, 4);
        assertThat(tensor.isFinite().toLongs()).containsExactly(1, 0, 0, 1);
    }

    @Test
    void aGlobalNormIsThatOfAllElements() {
        Tensor first = engine.of(new float[] {1, 2}, 2);
        Tensor second = engine.of(new float[] {-4, 2, 0, 0}, 2, 2);
        assertThat(engine.globalNorm(List.of(first, second))).isCloseTo(5, within(1e-6));
        assertThat(engine.globalNorm(List.of())).isZero();
        assertThat(engine.globalNorm(List.of(first, engine.full(Double.NaN, 1))))
                .isNaN();
        assertThat(engine.globalNorm(List.of(first, engine.full(Double.NEGATIVE_INFINITY, 1))))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void unscalingSaysWhatIsNotFinite() {
        Tensor first = engine.of(new float[] {1, 2}, 2);
        Tensor second = engine.of(new float[] {3e38f, 3e38f}, 2);
        assertThat(engine.unscale(List.of(first, second), 0.5)).isFalse();
        assertThat(first.toFloats()).containsExactly(0.5f, 1);
        assertThat(engine.unscale(List.of(first, engine.full(Double.NaN, 3)), 1))
                .isTrue();
        assertThat(engine.unscale(List.of(engine.full(Double.POSITIVE_INFINITY, 3), first), 1))
                .isTrue();
        assertThat(engine.unscale(List.of(first), 1)).isFalse();
    }

    @Test
    void orthonormalColumns() {
        Tensor matrix = engine.random(4).normal(0, 1, 7, 4);
        Tensor basis = engine.orthonormal(matrix);
        assertThat(basis.shape()).containsExactly(7, 4);
        Tensor product = basis.transpose(0, 1).matmul(basis);
        assertThat(product.sub(engine.identity(4)).abs().max().item()).isLessThan(1e-5);
        // R = Qᵀ A is upper triangular with a positive diagonal.
        float[] upper = basis.transpose(0, 1).matmul(matrix).toFloats();
        for (int row = 0; row < 4; row++) {
            assertThat(upper[row * 4 + row]).isPositive();
            for (int column = 0; column < row; column++) {
                assertThat((double) upper[row * 4 + column]).isCloseTo(0, within(1e-5));
            }
        }
    }

    @Test
    void memoryIsCounted() {
        assertThat(engine.availableMemory()).isPositive();
    }
}
