package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.SeriesBuilder;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;

class LateGainTest {
    private static Curve curve(int n, IntToDoubleFunction value) {
        var run = Run.builder("test");
        SeriesBuilder series = run.series(MetricKey.of(Split.VALIDATION, Quantity.LOSS, "val_loss"));
        for (int i = 0; i < n; i++) {
            series.add(i, Double.NaN, Double.NaN, value.applyAsDouble(i));
        }
        return Curve.of(run.build().metrics().get(0));
    }

    @Test
    void aStraightLineFallsByAboutAFifthOfItsWayOverTheLastFifth() {
        LateGain gain = LateGain.of(curve(100, i -> 1 - 0.005 * i));
        // The medians lie at 72 % and 95 % of the points.
        assertThat(gain.fall()).isCloseTo(0.005 * 22.5, within(0.005));
        assertThat(gain.beyondNoise()).isTrue();
    }

    @Test
    void aPlateauSeldomFallsBeyondNoise() {
        int seen = 0;
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LateGain gain = LateGain.of(curve(60, i -> 1 + 0.1 * random.nextGaussian()));
            seen += gain.beyondNoise() && gain.relative() >= 0.02 ? 1 : 0;
        }
        assertThat(seen).isLessThan(20);
    }

    @Test
    void ofFewPointsTheLastTwoIntervalsMustFall() {
        assertThat(LateGain.of(curve(5, i -> 1.0 / (i + 1))).beyondNoise()).isTrue();
        assertThat(LateGain.of(curve(5, i -> i == 4 ? 0.3 : i == 3 ? 0.5 : 0.4)).beyondNoise())
                .isFalse();
    }

    @Test
    void aRisingCurveHasANegativeGain() {
        LateGain gain = LateGain.of(curve(50, i -> 1 + 0.01 * i));
        assertThat(gain.relative()).isNegative();
        assertThat(gain.beyondNoise()).isFalse();
    }
}
