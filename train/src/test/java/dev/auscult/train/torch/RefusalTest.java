package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.Recurrent;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Tensor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What does not fit is refused in one line that names operation and shapes, and the process lives on. */
class RefusalTest {
    private final TorchEngine engine = TorchEngine.open("cpu", 1);

    @AfterEach
    void close() {
        engine.close();
    }

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOf(EngineException.class)
                .message()
                .doesNotContain("\n")
                .hasSizeLessThan(400)
                .contains(parts);
    }

    @Test
    void shapesThatDoNotFit() {
        Tensor first = engine.full(1, 2, 3);
        Tensor second = engine.full(1, 4, 5);
        refused(() -> first.matmul(second), "matmul of float32 [2, 3], float32 [4, 5]: ");
        refused(() -> first.add(second), "add of float32 [2, 3], float32 [4, 5]: ");
        refused(() -> first.addInPlace(second), "addInPlace of float32 [2, 3], float32 [4, 5]: ");
        refused(() -> first.reshape(4), "reshape to [4] of float32 [2, 3]: ");
        refused(() -> engine.linear(first, second, null), "linear of float32 [2, 3], float32 [4, 5]: ");
        refused(() -> engine.cat(List.of(first, second), 0), "cat of float32 [2, 3], float32 [4, 5]: ");
        refused(() -> first.copyFrom(second), "copyFrom of float32 [2, 3], float32 [4, 5]: ");
        refused(() -> first.setGradient(second), "setGradient of float32 [2, 3], float32 [4, 5]: ");
        refused(() -> engine.meanSquaredError(first, engine.full(1, 3), Reduction.MEAN), "the same shape");
        refused(first::item, "item of float32 [2, 3]: ");
        refused(() -> first.sum(false, 5), "sum over [5] of float32 [2, 3]: ");
        refused(
                () -> engine.recurrent(Recurrent.GRU, engine.full(1, 2, 3, 4), List.of(first), false),
                "gru of float32 [2, 3, 4]: wanted 4 parameters, found 1");
    }

    @Test
    void batchNormalisationOfOneValuePerChannel() {
        Tensor zeros = engine.full(0, 3);
        Tensor ones = engine.full(1, 3);
        refused(
                () -> engine.batchNorm(engine.full(1, 1, 3), null, null, zeros, ones, true, 0.1, 1e-5),
                "one value per channel",
                "training.drop-last: true");
        assertThat(engine.batchNorm(engine.full(1, 1, 3), null, null, zeros, ones, false, 0.1, 1e-5)
                        .shape())
                .containsExactly(1, 3);
        assertThat(engine.batchNorm(engine.full(1, 2, 3), null, null, zeros, ones, true, 0.1, 1e-5)
                        .shape())
                .containsExactly(2, 3);
    }

    @Test
    void tooFewNumbers() {
        refused(() -> engine.of(new float[3], 2, 2), "4 elements", "from 3");
        refused(() -> engine.full(1, 2, 2).copyFrom(new float[3]), "4 elements", "from 3");
        refused(() -> engine.range(4).copyFrom(new double[3]), "4 elements", "from 3");
    }

    @Test
    void indicesOutOfBounds() {
        Tensor weight = engine.full(1, 5, 2);
        refused(() -> engine.embedding(weight, engine.of(new long[] {5}, 1), -1), "embedding of float32 [5, 2]");
        refused(
                () -> engine.crossEntropy(
                        weight, engine.of(new long[] {0, 1, 2, 0, 1}, 5), null, -100, 0, Reduction.MEAN),
                "crossEntropy of float32 [5, 2], int64 [5]: ",
                "out of bounds");
        refused(() -> weight.select(0, 9), "select of float32 [5, 2]: ");
    }

    @Test
    void aSecondBackwardPass() {
        Tensor weight = engine.full(2, 1).requiresGradient(true);
        Tensor loss = weight.mul(weight);
        loss.backward(engine.full(1, 1), true);
        loss.backward();
        assertThat(weight.gradient().orElseThrow().item()).isEqualTo(8);
        refused(loss::backward, "backward of float32 [1]: ", "second time");
    }

    @Test
    void aBackwardPassWithoutGradients() {
        refused(() -> engine.full(2, 1).backward(), "backward of float32 [1]: ");
        refused(() -> engine.range(3).requiresGradient(true), "requiresGradient of int64 [3]: ");
        refused(() -> engine.full(1, 3).requiresGradient(true).mulInPlace(2), "mulInPlace of float32 [3]: ");
    }

    @Test
    void closedTensors() {
        Tensor closed = engine.full(1, 2);
        Tensor open = engine.full(1, 2);
        closed.close();
        refused(closed::relu, "relu of a closed tensor: the tensor is closed");
        refused(() -> open.add(closed), "add of float32 [2], a closed tensor: the tensor is closed");
        refused(() -> closed.mul(2), "the tensor is closed");
        refused(() -> closed.mulInPlace(2), "the tensor is closed");
        refused(closed::shape, "the tensor is closed");
        refused(closed::backward, "the tensor is closed");
        refused(closed::gradient, "the tensor is closed");
        refused(closed::clearGradient, "the tensor is closed");
        refused(closed::toDoubles, "the tensor is closed");
        refused(() -> engine.linear(closed, open, null), "the tensor is closed");
        refused(() -> engine.stack(List.of(open, closed), 0), "the tensor is closed");
        refused(() -> engine.globalNorm(List.of(open, closed)), "the tensor is closed");
        refused(() -> engine.unscale(List.of(open, closed), 1), "the tensor is closed");
        assertThat(engine.unscale(List.of(open), 2)).isFalse();
        assertThat(open.toFloats()).containsExactly(2, 2);
        assertThat(closed).hasToString("a closed tensor");
        assertThat(open).hasToString("float32 [2]");
    }

    @Test
    void moreMemoryThanThereIs() {
        refused(() -> engine.zeros(DType.FLOAT32, 1L << 40), "zeros");
    }

    @Test
    void filesThatAreNoScripts() {
        refused(() -> engine.script(Path.of("no-such-file.pt")), "no-such-file.pt");
        refused(() -> engine.script(Path.of("pom.xml")), "pom.xml");
    }

    @Test
    void devicesThatAreNotThere() {
        refused(() -> TorchEngine.open("tpu", 1), "device tpu: not one of cpu, cuda, auto");
        refused(() -> TorchEngine.open("cpu", 0), "threads");
        Assumptions.assumeFalse(torch.cuda_is_available(), "there is a graphics card");
        refused(() -> TorchEngine.open("cuda", 1), "device cuda: ");
        try (TorchEngine automatic = TorchEngine.open("auto", 1)) {
            assertThat(automatic.device()).isEqualTo("cpu");
            assertThat(automatic.description()).isEqualTo("libtorch 2.10.0, CPU, 1 thread");
        }
    }

    @Test
    void anOldSystemIsNamed() {
        assertThat(Natives.refusal(new UnsatisfiedLinkError(
                        "libtorch_cpu.so: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.35' not found")))
                .contains("glibc 2.35")
                .doesNotContain("\n");
        assertThat(Natives.refusal(new LinkageError("x", new UnsatisfiedLinkError("no jnitorch in path"))))
                .contains("no jnitorch in path")
                .doesNotContain("\n");
    }
}
