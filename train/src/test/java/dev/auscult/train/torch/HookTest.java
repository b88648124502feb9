package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hooks hear gradients, live until the scope ends, and not longer. */
@SuppressWarnings("try") // scopes are opened for what their end does
class HookTest {
    private final TorchEngine engine = TorchEngine.open("cpu", 1);
    private final List<float[]> heard = new ArrayList<>();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void survivesTheGarbageCollector() {
        Tensor weight = engine.full(3, 2).requiresGradient(true);
        try (Scope scope = engine.scope()) {
            Tensor middle = weight.mul(weight);
            middle.onGradient(gradient -> heard.add(gradient.toFloats()));
            Tensor loss = middle.mul(5).sum();
            for (int i = 0; i < 3; i++) {
                System.gc();
                System.runFinalization();
            }
            loss.backward();
        }
        assertThat(heard).containsExactly(new float[] {5, 5});
    }

    @Test
    void endsWithItsScope() {
        Tensor weight = engine.full(1, 1).requiresGradient(true);
        for (int round = 0; round < 3; round++) {
            try (Scope scope = engine.scope()) {
                weight.onGradient(gradient -> heard.add(gradient.toFloats()));
                weight.mul(2).backward();
            }
        }
        try (Scope scope = engine.scope()) {
            weight.mul(2).backward();
        }
        assertThat(heard).hasSize(3);
        assertThat(weight.gradient().orElseThrow().item()).isEqualTo(8);
    }

    @Test
    void survivesTheTensorItListensTo() {
        Tensor weight = engine.full(1, 1).requiresGradient(true);
        try (Scope scope = engine.scope()) {
            Tensor middle = weight.mul(2);
            middle.onGradient(gradient -> heard.add(gradient.toFloats()));
            Tensor loss = middle.mul(3);
            middle.close();
            loss.backward();
        }
        assertThat(heard).containsExactly(new float[] {3});
    }

    @Test
    void itsExceptionComesThrough() {
        Tensor weight = engine.full(1, 1).requiresGradient(true);
        try (Scope scope = engine.scope()) {
            Tensor middle = weight.mul(2);
            middle.onGradient(gradient -> {
                throw new IllegalStateException("no");
            });
            assertThatThrownBy(middle::backward)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no");
        }
        try (Scope scope = engine.scope()) {
            Tensor other = engine.full(1, 2).requiresGradient(true);
            assertThatThrownBy(other::backward).isInstanceOf(EngineException.class);
        }
    }

    @Test
    void needsAScope() {
        Tensor weight = engine.full(1, 1).requiresGradient(true);
        assertThatThrownBy(() -> weight.onGradient(gradient -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("scope");
    }

    @Test
    void whatItMakesDiesUnlessKept() {
        Tensor weight = engine.full(1, 1).requiresGradient(true);
        List<Tensor> made = new ArrayList<>();
        try (Scope scope = engine.scope()) {
            Tensor middle = weight.mul(2);
            middle.onGradient(gradient -> {
                made.add(gradient);
                made.add(gradient.mul(10).keep());
            });
            middle.backward();
        }
        assertThatThrownBy(made.get(0)::item).isInstanceOf(EngineException.class);
        assertThat(made.get(1).item()).isEqualTo(10);
    }
}
