package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;

class LossProgressTest {
    private static final double[] NOISE = Curves.noise(200, 5);

    @Test
    void aFallingLossIsNeitherStuckNorRising() {
        LossProgress progress = progress(200, i -> 2 * Math.exp(-i / 50.0) * (1 + 0.03 * NOISE[i]));
        assertThat(progress.falls()).isTrue();
        assertThat(progress.fall()).isCloseTo(1 - Math.exp(-180 / 50.0), within(0.02));
        assertThat(progress.isBad()).isFalse();
    }

    @Test
    void noiseAroundALevelIsStuckAndDoesNotRise() {
        LossProgress progress = progress(200, i -> 2.3 * (1 + 0.03 * NOISE[i]));
        assertThat(progress.isStuck()).isTrue();
        assertThat(progress.suffers()).isFalse();
    }

    @Test
    void aSlowFineTuneIsNotStuck() {
        assertThat(progress(200, i -> (1.9 - 0.0005 * i) * (1 + 0.02 * NOISE[i]))
                        .isStuck())
                .isFalse();
    }

    @Test
    void aLossThatLosesAFifthOfItsGainRises() {
        assertThat(progress(200, i -> i < 100 ? 2 - 0.01 * i : 1 + 0.005 * (i - 100))
                        .rises())
                .isTrue();
        assertThat(progress(200, i -> i < 100 ? 2 - 0.01 * i : 1 + 0.0005 * (i - 100))
                        .rises())
                .isFalse();
    }

    /** Outputs too large at first cost more than guessing; what falls from there to guessing has learned nothing. */
    @Test
    void comingDownToGuessingIsStuck() {
        IntToDoubleFunction toGuessing = i -> Math.log(10) + 0.15 * Math.exp(-i / 5.0) + (200 - i) * 1e-5;
        assertThat(progress(200, toGuessing).isStuck()).isFalse();
        assertThat(progress(10, 200, toGuessing).isStuck()).isTrue();
        assertThat(progress(10, 200, i -> i == 0 ? 2.3 : i < 20 ? 80 - 3 * i : 2.32)
                        .isStuck())
                .isTrue();
        assertThat(progress(10, 200, i -> 2.3 - 0.002 * i).isStuck()).isFalse();
        assertThat(progress(10, 200, i -> 64 * (2.3 - 0.002 * i)).isStuck()).isFalse();
    }

    @Test
    void nanAtTheEndIsNoted() {
        assertThat(progress(200, i -> i > 190 ? Double.NaN : 1).endsNonFinite()).isTrue();
        assertThat(progress(200, i -> i == 100 ? Double.NaN : 1).endsNonFinite())
                .isFalse();
    }

    @Test
    void threePointsTellNothing() {
        LossProgress progress = progress(3, i -> 1);
        assertThat(progress.known()).isFalse();
        assertThat(progress.isBad()).isFalse();
    }

    private static LossProgress progress(int n, IntToDoubleFunction value) {
        return progress(0, n, value);
    }

    private static LossProgress progress(int classes, int n, IntToDoubleFunction value) {
        RunBuilder builder = Run.builder("r");
        if (classes > 0) {
            builder.settings().put(Setting.CLASSES, String.valueOf(classes));
        }
        for (int i = 0; i < n; i++) {
            builder.series(MetricKey.of(Split.TRAIN, Quantity.LOSS, "loss"))
                    .add(i, Double.NaN, Double.NaN, value.applyAsDouble(i));
        }
        Run run = builder.build();
        return LossProgress.of(run, Optional.of(Curve.of(run.metrics().get(0))));
    }
}
