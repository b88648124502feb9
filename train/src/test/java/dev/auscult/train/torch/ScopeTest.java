package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;

import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tensors live as long as their scope, and no native memory is left behind. */
@SuppressWarnings("try") // scopes are opened for what their end does
class ScopeTest {
    private final TorchEngine engine = TorchEngine.open("cpu", 1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void tensorsDieWithTheirScope() {
        Tensor outer;
        Tensor inner;
        Tensor kept;
        try (Scope first = engine.scope()) {
            outer = engine.full(1, 2);
            try (Scope second = engine.scope()) {
                inner = outer.add(1);
                kept = inner.add(1).keep().keep();
            }
            assertThat(outer.toFloats()).containsExactly(1, 1);
            assertThatThrownBy(inner::toFloats)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("closed");
        }
        assertThatThrownBy(outer::sum).isInstanceOf(EngineException.class).hasMessageContaining("closed");
        assertThat(kept.toFloats()).containsExactly(3, 3);

        kept.close();

        assertThatThrownBy(kept::sum).isInstanceOf(EngineException.class).hasMessageContaining("closed");
    }

    @Test
    void aTensorCanBeClosedBeforeItsScope() {
        try (Scope scope = engine.scope()) {
            Tensor kept = engine.full(1, 2).keep();
            kept.close();
            kept.close();
            assertThatThrownBy(kept::count).isInstanceOf(EngineException.class);
            assertThatThrownBy(kept::keep).isInstanceOf(EngineException.class);
        }
    }

    @Test
    void whatWasMadeBeforeTheScopeStays() {
        Tensor before = engine.full(2, 3);
        try (Scope scope = engine.scope()) {
            before.mulInPlace(2);
        }
        assertThat(before.toFloats()).containsExactly(4, 4, 4);
    }

    @Test
    void anEngineOpenedInAScopeOfAnotherOutlivesIt() {
        TorchEngine other;
        try (Scope scope = engine.scope()) {
            other = TorchEngine.open("cpu", 1);
        }
        assertThat(other.full(1, 2).add(0.5).toFloats()).containsExactly(1.5f, 1.5f);
        other.close();
    }

    @Test
    void gradientsOutliveTheScopeOfTheirBackwardPass() {
        Tensor weight = engine.full(3, 2).requiresGradient(true);
        try (Scope scope = engine.scope()) {
            weight.mul(weight).sum().backward();
        }
        try (Scope scope = engine.scope()) {
            assertThat(weight.gradient().orElseThrow().toFloats()).containsExactly(6, 6);
        }
        try (Scope scope = engine.scope()) {
            Tensor gradient = weight.gradient().orElseThrow();
            weight.clearGradient();
            assertThat(gradient.toFloats()).containsExactly(6, 6);
            assertThat(weight.gradient()).isEmpty();
        }
    }

    @Test
    void stepsLeaveNothingBehind() {
        Tensor weight = engine.random(1).normal(0, 0.1, 10, 256).requiresGradient(true);
        Tensor inputs = engine.random(2).normal(0, 1, 64, 256);
        Tensor classes = engine.of(new long[64], 64);
        for (int step = 0; step < 300; step++) {
            step(weight, inputs, classes);
        }
        long objects = Pointer.totalCount();
        long memory = Pointer.physicalBytes();
        for (int step = 0; step < 3000; step++) {
            step(weight, inputs, classes);
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(objects);
        // One step makes some 200 kB: 3000 of them would be 600 MB.
        assertThat(Pointer.physicalBytes() - memory).isLessThan(100_000_000);
    }

    private void step(Tensor weight, Tensor inputs, Tensor classes) {
        try (Scope scope = engine.scope()) {
            Tensor logits = engine.linear(inputs.mul(1.5), weight, null);
            logits.onGradient(gradient -> gradient.norm().item());
            engine.crossEntropy(logits, classes, null, -100, 0.1, Reduction.MEAN)
                    .backward();
            weight.clearGradient();
        }
    }

    @Test
    void aViewFollowsItsTensorAndIsRefusedAfterIt() {
        Tensor tensor = engine.full(1, 2, 2);
        FloatBuffer view = tensor.view().orElseThrow();
        tensor.mulInPlace(3);
        assertThat(view.get(3)).isEqualTo(3);
        view.put(0, 7);
        assertThat(tensor.toFloats()).containsExactly(7, 3, 3, 3);
        assertThat(view.capacity()).isEqualTo(4);

        tensor.close();

        assertThatThrownBy(tensor::view).isInstanceOf(EngineException.class).hasMessageContaining("closed");
    }

    @Test
    void onlyPlainTensorsHaveAView() {
        Tensor tensor = engine.full(1, 2, 3);
        assertThat(tensor.transpose(0, 1).view()).isEmpty();
        assertThat(engine.range(3).view()).isEmpty();
        assertThat(engine.full(1, 0).view().orElseThrow().capacity()).isZero();
        assertThat(tensor.select(0, 1).view().orElseThrow().capacity()).isEqualTo(3);
    }
}
