package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.SeriesBuilder;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;

class RiseTest {
    private static final MetricKey KEY = MetricKey.of(Split.VALIDATION, Quantity.LOSS, "val_loss");

    private static Curve curve(double... values) {
        var run = Run.builder("test");
        SeriesBuilder series = run.series(KEY);
        for (int i = 0; i < values.length; i++) {
            series.add(i, Double.NaN, Double.NaN, values[i]);
        }
        return Curve.of(run.build().metrics().get(0));
    }

    /** Falls from 1 to 0.4 over the first half, then goes to {@code end}. */
    private static Curve valley(int n, double end, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return curve(IntStream.range(0, n)
                .mapToDouble(i -> {
                    double x = 2.0 * i / (n - 1);
                    double clean = x < 1 ? 1 - 0.6 * x : 0.4 + (x - 1) * (end - 0.4);
                    return clean * (1 + noise * random.nextGaussian());
                })
                .toArray());
    }

    @Test
    void measuresAValleyExactly() {
        Rise rise = Rise.of(curve(1, 0.6, 0.4, 0.5, 0.6, 0.6));
        assertThat(rise.bottomAt()).isEqualTo(2);
        assertThat(rise.relative()).isCloseTo(0.5, within(1e-12));
        assertThat(rise.sustained()).isEqualTo(3);
        assertThat(rise.bottomShare()).isEqualTo(0.4);
        assertThat(rise.descentFrom(0)).isCloseTo(0.6, within(1e-12));
        assertThat(rise.isReal()).isTrue();
    }

    @Test
    void oneBadPointAtTheEndIsNoRise() {
        assertThat(Rise.of(curve(1, 0.6, 0.4, 0.4, 0.8)).isReal()).isFalse();
        Curve plateau = valley(40, 0.4, 0.01, 3);
        double[] values = plateau.values();
        values[39] *= 3;
        assertThat(Rise.of(curve(values)).relative()).isLessThan(0.05);
    }

    @Test
    void noiseIsSeldomARise() {
        int alarms = 0;
        for (int seed = 0; seed < 400; seed++) {
            Rise rise = Rise.of(valley(20 + seed % 100, 0.4, 0.15, seed));
            alarms += rise.isReal() && rise.relative() >= 0.1 ? 1 : 0;
        }
        assertThat(alarms).isLessThan(20);
    }

    @Test
    void noiseIsSeldomARiseOfAShortCurveEither() {
        int alarms = 0;
        for (int seed = 0; seed < 400; seed++) {
            Rise rise = Rise.of(valley(5 + seed % 5, 0.4, 0.15, seed));
            alarms += rise.isReal() && rise.relative() >= 0.1 ? 1 : 0;
        }
        assertThat(alarms).isLessThan(20);
    }

    @Test
    void aClearRiseIsSeenAtEveryLengthAndUnderNoise() {
        int seen = 0;
        for (int seed = 0; seed < 200; seed++) {
            Rise rise = Rise.of(valley(12 + 5 * seed, 0.7, 0.04, seed));
            seen += rise.isReal() && rise.relative() >= 0.3 ? 1 : 0;
        }
        assertThat(seen).isGreaterThan(190);
    }

    @Test
    void doesNotDependOnTheUnitOfTheCurve() {
        Curve curve = valley(50, 0.6, 0.03, 9);
        double[] scaled = curve.values();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= 1024;
        }
        Rise one = Rise.of(curve);
        Rise other = Rise.of(curve(scaled));
        assertThat(other.relative()).isCloseTo(one.relative(), within(1e-12));
        assertThat(other.isReal()).isEqualTo(one.isReal());
        assertThat(other.bottomAt()).isEqualTo(one.bottomAt());
    }
}
