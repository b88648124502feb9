package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** Figures of columns against slow, obvious twins. */
class StatisticsTest {
    @Test
    void medianIsThatOfTheSortedValues() {
        Random random = new Random(3);
        for (int trial = 0; trial < 60; trial++) {
            int n = 1 + random.nextInt(40);
            double[] x = random.doubles(n)
                    .map(u -> u < 0.2 ? Math.rint(u * 10) : (u - 0.6) * Math.pow(10, random.nextInt(40) - 20))
                    .toArray();
            double[] sorted = x.clone();
            Arrays.sort(sorted);
            double wanted = n % 2 == 1 ? sorted[n / 2] : sorted[n / 2 - 1] / 2 + sorted[n / 2] / 2;
            assertThat(Statistics.of(IntStream.range(0, n).toArray(), i -> x[i]).median())
                    .as(Arrays.toString(sorted))
                    .isEqualTo(wanted);
        }
    }

    @Test
    void missingValuesAreNotCounted() {
        double[] x = {Double.NaN, 1, Double.NaN, 3, 8};
        Statistics figures = Statistics.of(new int[] {0, 1, 2, 3, 4}, i -> x[i]);
        assertThat(figures.count()).isEqualTo(3);
        assertThat(figures.mean()).isEqualTo(4);
        assertThat(figures.median()).isEqualTo(3);
        assertThat(figures.deviation()).isCloseTo(Math.sqrt(26.0 / 3), offset(1e-15));
        assertThat(figures.min()).isEqualTo(1);
        assertThat(figures.max()).isEqualTo(8);
    }

    @Test
    void largeMeansDoNotDrownSmallDeviations() {
        double[] x = IntStream.range(0, 1000).mapToDouble(i -> 1e9 + (i % 2)).toArray();
        Statistics figures = Statistics.of(IntStream.range(0, 1000).toArray(), i -> x[i]);
        assertThat(figures.deviation()).isCloseTo(0.5, offset(1e-12));
        assertThat(figures.constant()).isFalse();
    }

    @Test
    void aTenthManyTimesIsConstant() {
        assertThat(Statistics.of(IntStream.range(0, 1000).toArray(), i -> 0.1).constant())
                .isTrue();
    }
}
