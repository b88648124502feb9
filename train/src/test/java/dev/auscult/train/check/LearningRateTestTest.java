package dev.auscult.train.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningRateTestTest {
    @TempDir
    Path folder;

    /** A loss that falls at η = 10⁻³ and blows up from 10⁻¹ on; what fastai 2 says to it. */
    @Test
    void saysWhatFastaiSays() {
        LearningRateTest.Result result = LearningRateTest.over(100, 0, rate -> {
            double x = Math.log10(rate);
            return 2.3 - 1.5 / (1 + Math.exp(-3 * (x + 3))) + Math.pow(10, 2 * (x + 0.3));
        });
        assertThat(result.curve().size()).isEqualTo(88);
        assertThat(result.diverged()).isTrue();
        assertThat(result.curve().rates()[87]).isCloseTo(0.912, within(1e-3));
        assertThat(result.suggestions().steepest()).isCloseTo(8.3176e-4, within(1e-8));
        assertThat(result.suggestions().minimum()).isCloseTo(3.9811e-3, within(1e-7));
        assertThat(result.suggestions().valley()).isCloseTo(1.3183e-4, within(1e-8));
        assertThat(result.suggestions().slide()).isCloseTo(2.7542e-6, within(1e-10));
        assertThat(result.suggestions().lowest()).isEqualTo(result.suggestions().slide());
        assertThat(result.suggestions().highest())
                .isEqualTo(result.suggestions().minimum());
    }

    @Test
    void aLossThatIsNotANumberEndsIt() {
        LearningRateTest.Result result = LearningRateTest.over(100, 0.98, rate -> rate > 1e-6 ? Double.NaN : 1);
        assertThat(result.diverged()).isTrue();
        assertThat(result.curve().size()).isBetween(12, 14);
        assertThat(result.suggestions().valley()).isNaN();
    }

    @Test
    void aRealNetworkGivesUsableRates() {
        try (Engine engine = TorchEngine.open("cpu", 1);
                Setup setup = Toy.open(engine, folder, Toy.MLP)) {
            LearningRateTest.Result result = LearningRateTest.run(setup, step -> {});
            assertThat(result.suggestions().minimum()).isBetween(1e-4, 1.0);
            assertThat(result.suggestions().highest()).isLessThan(1);
            assertThat(result.curve().smoothed()[0]).isEqualTo(result.curve().losses()[0], within(1e-9));
        }
    }
}
