package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.SeriesBuilder;
import dev.auscult.run.Split;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ErrorPointsTest {
    private static Optional<Curve> points(Quantity quantity, double... values) {
        var run = Run.builder("test");
        SeriesBuilder series = run.series(MetricKey.of(Split.VALIDATION, quantity, "score"));
        for (int i = 0; i < values.length; i++) {
            series.add(i, Double.NaN, Double.NaN, values[i]);
        }
        return ErrorPoints.of(Curve.of(run.build().metrics().get(0)));
    }

    @Test
    void sharesPercentAndErrorRatesMeanTheSame() {
        Offset<Double> rounding = Offset.offset(1e-9);
        double[] wanted = {40, 10};
        assertThat(points(Quantity.ACCURACY, 0.6, 0.9).orElseThrow().values()).containsExactly(wanted, rounding);
        assertThat(points(Quantity.ACCURACY, 60, 90).orElseThrow().values()).containsExactly(wanted, rounding);
        assertThat(points(Quantity.ERROR_RATE, 0.4, 0.1).orElseThrow().values()).containsExactly(wanted, rounding);
        assertThat(points(Quantity.ERROR_RATE, 40, 10).orElseThrow().values()).containsExactly(wanted, rounding);
    }

    @Test
    void anythingWithoutAPerfectValueIsLeftAlone() {
        assertThat(points(Quantity.REWARD, 0.1, 0.9)).isEmpty();
        assertThat(points(Quantity.LOSS, 0.1, 0.9)).isEmpty();
        assertThat(points(Quantity.ACCURACY, -0.1, 0.9)).isEmpty();
        assertThat(points(Quantity.F1, 50, 900)).isEmpty();
    }
}
