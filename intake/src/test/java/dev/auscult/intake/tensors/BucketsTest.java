package dev.auscult.intake.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import dev.auscult.run.LogHistogram;
import dev.auscult.run.TensorSummary;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private final Buckets buckets = new Buckets();

    @Test
    void splitsABucketByTheWidthOfTheOctavesItCovers() {
        buckets.add(1, 8, 70);
        LogHistogram h = buckets.takeHistogram();
        assertThat(h.positive(0)).isCloseTo(10, within(1e-12));
        assertThat(h.positive(1)).isCloseTo(20, within(1e-12));
        assertThat(h.positive(2)).isCloseTo(40, within(1e-12));
        assertThat(h.total()).isCloseTo(70, within(1e-12));
    }

    @Test
    void splitsABucketThatSpansZeroBySign() {
        buckets.add(-1, 3, 40);
        LogHistogram h = buckets.takeHistogram();
        double negative = 0;
        for (int e = h.lowestExponent(); e < h.endExponent(); e++) {
            negative += h.negative(e);
        }
        assertThat(negative).isCloseTo(10, within(1e-9));
        assertThat(h.total()).isCloseTo(40, within(1e-9));
        assertThat(h.positive(1)).isCloseTo(10, within(1e-9));
    }

    @Test
    void takesTheFinestBucketForZeros() {
        buckets.add(0, 1e-12, 5);
        buckets.add(2, 2, 1);
        LogHistogram h = buckets.takeHistogram();
        assertThat(h.zero()).isEqualTo(5);
        assertThat(h.positive(1)).isEqualTo(1);
    }

    @Test
    void estimatesMomentsOfFineBuckets() {
        double sum = 0;
        double sumSquares = 0;
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double x = random.nextGaussian();
            double left = Math.floor(x * 1000) / 1000;
            buckets.add(left, left + 0.001, 1);
            sum += x;
            sumSquares += x * x;
        }
        TensorSummary summary = buckets.takeSummary();
        assertThat(summary.count()).isEqualTo(10_000);
        assertThat(summary.mean()).isCloseTo(sum / 10_000, within(1e-3));
        assertThat(summary.l2Norm()).isCloseTo(Math.sqrt(sumSquares), within(0.1));
    }

    @Test
    void neverLosesACount() {
        Random random = new Random(2);
        for (int round = 0; round < 2000; round++) {
            double expected = 0;
            for (int i = 0; i < 5; i++) {
                double a = wild(random);
                double b = wild(random);
                double count = random.nextInt(100);
                buckets.add(Math.min(a, b), Math.max(a, b), count);
                expected += count;
            }
            assertThat(buckets.takeHistogram().total()).isCloseTo(expected, within(1e-6));
        }
    }

    @Test
    void leavesOutWhatHasNoPlace() {
        buckets.add(Double.NaN, 1, 1);
        buckets.add(-Double.MAX_VALUE, Double.MAX_VALUE, 1);
        buckets.add(0, 1, Double.NaN);
        buckets.add(0, 1, -3);
        assertThat(buckets.takeSummary()).isNull();
        buckets.add(-Double.MAX_VALUE, 2, 1);
        assertThat(buckets.takeHistogram().positive(1)).isEqualTo(1);
    }

    private static double wild(Random random) {
        double magnitude = Math.scalb(random.nextDouble(), random.nextInt(2000) - 1000);
        return random.nextBoolean() ? magnitude : -magnitude;
    }
}
