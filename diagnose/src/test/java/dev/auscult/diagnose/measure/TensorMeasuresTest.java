package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;

import dev.auscult.run.LogHistogram;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSummary;
import org.junit.jupiter.api.Test;

class TensorMeasuresTest {
    private static TensorSummary of(double... values) {
        return TensorSummary.ofMoments(
                values.length,
                Arrays.stream(values).min().orElse(Double.NaN),
                Arrays.stream(values).max().orElse(Double.NaN),
                Arrays.stream(values).sum(),
                Arrays.stream(values).map(v -> v * v).sum(),
                null);
    }

    @Test
    void rootMeanSquareIsTheSameFromNormAndFromMoments() {
        TensorSummary exact = of(1, -2, 3, 4);
        TensorSummary moments = new TensorSummary(
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                exact.mean(),
                exact.standardDeviation(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                null);
        assertThat(TensorCurves.rootMeanSquare(exact)).isCloseTo(Math.sqrt(30 / 4.0), within(1e-12));
        assertThat(TensorCurves.rootMeanSquare(moments)).isCloseTo(Math.sqrt(30 / 4.0), within(1e-12));
        assertThat(TensorCurves.rootMeanSquare(TensorSummary.UNKNOWN)).isNaN();
    }

    @Test
    void zerosComeFromTheCountElseFromTheHistogramElseAreUnknown() {
        assertThat(TensorCurves.zeroShare(of(0, 0, 1, 2).withCounts(0, 2))).isEqualTo(0.5);
        assertThat(TensorCurves.zeroShare(of(0, 0, 0))).isEqualTo(1);
        assertThat(TensorCurves.zeroShare(of(0, 1))).isNaN();
        LogHistogram histogram = new LogHistogram(0, new double[] {1}, 6, new double[] {1});
        assertThat(TensorCurves.zeroShare(TensorSummary.ofMoments(8, -1, 1, 0, 2, histogram)))
                .isEqualTo(0.75);
    }

    @Test
    void theNormOfTheWholeGradientIsThatOfItsPartsWhereAllAreThere() {
        RunBuilder builder = Run.builder("r");
        add(builder, "a", 0, of(3, 0));
        add(builder, "b", 0, of(0, 4));
        add(builder, "a", 1, of(1, 1));
        add(builder, "a", 2, of(6, 0));
        add(builder, "b", 2, of(0, 8));
        GradientNorm norm = GradientNorm.of(builder.build()).orElseThrow();
        assertThat(norm.curve().steps()).containsExactly(0, 2);
        assertThat(norm.curve().values()).containsExactly(5, 10);
        assertThat(norm.layers()).containsExactly("a", "b");
    }

    @Test
    void aLoggedNormComesFirstAndKeepsWhatIsNotFinite() {
        RunBuilder builder = Run.builder("r");
        add(builder, "a", 0, of(3, 0));
        builder.series("grad_norm").add(0, Double.NaN, Double.NaN, 7);
        builder.series("grad_norm").add(1, Double.NaN, Double.NaN, Double.NaN);
        GradientNorm norm = GradientNorm.of(builder.build()).orElseThrow();
        assertThat(norm.size()).isEqualTo(2);
        assertThat(norm.step(1)).isEqualTo(1);
        assertThat(norm.value(1)).isNaN();
        assertThat(norm.curve().values()).containsExactly(7);
        assertThat(norm.curve().nonFinite()).isEqualTo(1);
        assertThat(norm.series()).containsExactly("gradient_norm");
    }

    private static void add(RunBuilder builder, String layer, long step, TensorSummary summary) {
        builder.tensor(new TensorKey(layer, "weight", TensorKind.GRADIENT)).add(step, Double.NaN, summary);
    }
}
