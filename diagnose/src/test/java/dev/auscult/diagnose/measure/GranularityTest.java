package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class GranularityTest {
    @Test
    void findsTheNumberOfExamplesFromWhichSharesWereMade() {
        for (int n : new int[] {7, 16, 30, 61, 97, 128, 199}) {
            SplittableRandom random = new SplittableRandom(n);
            double[] shares = IntStream.range(0, 20)
                    .mapToDouble(i -> (float) (random.nextInt(n + 1) / (double) n))
                    .toArray();
            // A prime n cannot be less; a composite one only if all the counts drawn share a factor with it.
            assertThat(Granularity.examples(shares, 200)).as("n = %d", n).isEqualTo(n);
        }
    }

    @Test
    void fineSharesAreNotCoarse() {
        SplittableRandom random = new SplittableRandom(1);
        double[] shares = IntStream.range(0, 20)
                .mapToDouble(i -> random.nextInt(10000) / 10000.0)
                .toArray();
        assertThat(Granularity.examples(shares, 200)).isZero();
    }

    @Test
    void fewDecimalsDoNotTell() {
        // Every value of two decimals is k/100, and many are k/n within half a hundredth.
        assertThat(Granularity.examples(new double[] {0.61, 0.65, 0.68, 0.72}, 200))
                .isZero();
    }

    @Test
    void perfectAndZeroSaysNothing() {
        assertThat(Granularity.examples(new double[] {0, 1, 1, 0.5}, 200)).isZero();
    }
}
