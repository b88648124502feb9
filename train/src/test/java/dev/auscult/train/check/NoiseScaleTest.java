package dev.auscult.train.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoiseScaleTest {
    @TempDir
    Path folder;

    /** E|G_b|² = |G|² + tr Σ / b, exactly put in. */
    @Test
    void theFormulaUndoesTheNoise() {
        NoiseScale.Result result = NoiseScale.of(2 + 30.0 / 8, 2 + 30.0 / 64, 8, 64);
        assertThat(result.squaredGradient()).isCloseTo(2, within(1e-12));
        assertThat(result.trace()).isCloseTo(30, within(1e-12));
        assertThat(result.examples().orElseThrow()).isCloseTo(15, within(1e-11));
    }

    @Test
    void aGradientThatIsAllNoiseHasNoScale() {
        assertThat(NoiseScale.of(8, 0.5, 8, 64).examples()).isEmpty();
    }

    @Test
    void aRealNetworkHasOne() {
        try (Engine engine = TorchEngine.open("cpu", 1);
                Setup setup = Toy.open(engine, folder, Toy.MLP)) {
            assertThat(NoiseScale.run(setup).examples().orElseThrow()).isBetween(0.1, 1000.0);
        }
    }
}
