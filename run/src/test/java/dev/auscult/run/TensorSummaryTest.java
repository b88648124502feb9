package dev.auscult.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class TensorSummaryTest {
    @Test
    void momentsGiveBackWhatTheElementsGive() {
        double[] elements = new SplittableRandom(3).doubles(1000, -2, 3).toArray();
        double mean = Arrays.stream(elements).average().orElseThrow();
        double variance = Arrays.stream(elements)
                .map(e -> (e - mean) * (e - mean))
                .average()
                .orElseThrow();
        double squares = Arrays.stream(elements).map(e -> e * e).sum();
        TensorSummary summary =
                TensorSummary.ofMoments(1000, -2, 3, Arrays.stream(elements).sum(), squares, null);
        assertThat(summary.mean()).isCloseTo(mean, within(1e-12));
        assertThat(summary.standardDeviation()).isCloseTo(Math.sqrt(variance), within(1e-9));
        assertThat(summary.l2Norm()).isCloseTo(Math.sqrt(squares), within(1e-12));
        assertThat(summary.rootMeanSquare()).isCloseTo(Math.sqrt(squares / 1000), within(1e-12));
    }

    @Test
    void aHistogramCountsByOctave() {
        LogHistogram histogram = new LogHistogram(-2, new double[] {1, 2}, 5, new double[] {0, 3, 4});
        assertThat(histogram.total()).isEqualTo(15);
        assertThat(histogram.negative(-1)).isEqualTo(2);
        assertThat(histogram.negative(0)).isZero();
        assertThat(histogram.positive(0)).isEqualTo(4);
        assertThat(histogram.endExponent()).isEqualTo(1);
        assertThat(histogram.shareAtLeast(-1)).isCloseTo((2 + 3 + 4) / 15.0, within(1e-12));
        assertThat(histogram.shareAtLeast(-100)).isCloseTo(10 / 15.0, within(1e-12));
        assertThat(histogram.shareAtLeast(7)).isZero();
    }
}
