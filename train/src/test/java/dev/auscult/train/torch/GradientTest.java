package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gradients are gathered, replaced, forgotten, and differentiated again. */
@SuppressWarnings("try") // scopes are opened for what their end does
class GradientTest {
    private final TorchEngine engine = TorchEngine.open("cpu", 1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aGradientThatIsNotFiniteIsForgotten() {
        Tensor weight = engine.full(0, 1).requiresGradient(true);
        weight.log().mul(0).backward();
        assertThat(weight.gradient().orElseThrow().item()).isNaN();

        weight.clearGradient();

        assertThat(weight.gradient()).isEmpty();
        weight.mul(3).backward();
        assertThat(weight.gradient().orElseThrow().item()).isEqualTo(3);
    }

    @Test
    void gradientsAddUpUntilTheyAreForgotten() {
        Tensor weight = engine.full(1, 2).requiresGradient(true);
        weight.sum().backward();
        weight.sum().backward();
        assertThat(weight.gradient().orElseThrow().toFloats()).containsExactly(2, 2);
        weight.setGradient(engine.full(7, 2));
        weight.sum().backward();
        assertThat(weight.gradient().orElseThrow().toFloats()).containsExactly(8, 8);
    }

    @Test
    void whatIsNoLeafKeepsItsGradientIfAsked() {
        Tensor weight = engine.full(1, 2).requiresGradient(true);
        Tensor retained = weight.mul(2);
        Tensor other = weight.mul(3);
        retained.retainGradient();
        retained.mul(other).sum().backward();
        assertThat(retained.gradient().orElseThrow().toFloats()).containsExactly(3, 3);
        assertThat(other.gradient()).isEmpty();
    }

    @Test
    void noGradientsAreFollowedWhereNoneAreWanted() {
        Tensor weight = engine.full(1, 2).requiresGradient(true);
        try (Scope frozen = engine.withoutGradients()) {
            try (Scope again = engine.withoutGradients()) {
                assertThat(weight.mul(2).requiresGradient()).isFalse();
            }
            assertThat(weight.mul(2).requiresGradient()).isFalse();
        }
        assertThat(weight.mul(2).requiresGradient()).isTrue();
        assertThat(weight.mul(2).detach().requiresGradient()).isFalse();
        assertThat(weight.requiresGradient(false).mul(2).requiresGradient()).isFalse();
    }

    @Test
    void gradientsOfGradients() {
        Tensor x = engine.of(new double[] {2, -1}, 2).requiresGradient(true);
        Tensor unused = engine.of(new double[] {5}, 1).requiresGradient(true);
        List<Tensor> first = engine.gradients(x.pow(3).sum(), List.of(x, unused), true);
        assertThat(first.get(0).toDoubles()).containsExactly(12, 3);
        assertThat(first.get(1).toDoubles()).containsExactly(0);
        List<Tensor> second = engine.gradients(first.get(0).sum(), List.of(x), false);
        assertThat(second.get(0).toDoubles()).containsExactly(12, -6);
        assertThat(x.gradient()).isEmpty();
    }
}
