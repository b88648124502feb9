package dev.auscult.data.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class DrawsTest {
    private static final int N = 200_000;

    private final Draws draws = new Draws().begin(7, 0, 0, 0);

    @Test
    void whatTheyAreForDecidesAll() {
        long first = new Draws().begin(1, 2, 3, 4).nextLong();
        Draws used = new Draws().begin(9, 9, 9, 9);
        used.nextGaussian();
        assertThat(used.begin(1, 2, 3, 4).nextLong()).isEqualTo(first);
        for (long[] other :
                new long[][] {{0, 2, 3, 4}, {1, 0, 3, 4}, {1, 2, 0, 4}, {1, 2, 3, 0}, {2, 1, 3, 4}, {1, 3, 2, 4}}) {
            assertThat(new Draws().begin(other[0], other[1], other[2], other[3]).nextLong())
                    .isNotEqualTo(first);
        }
    }

    @Test
    void uniformNumbersAreUniform() {
        int[] counts = new int[10];
        int[] whole = new int[7];
        for (int i = 0; i < N; i++) {
            counts[(int) (draws.nextDouble() * 10)]++;
            whole[draws.nextInt(7)]++;
        }
        // Five standard deviations of a count.
        for (int count : counts) {
            assertThat((double) count).isCloseTo(N / 10.0, within(5 * Math.sqrt(N * 0.09)));
        }
        for (int count : whole) {
            assertThat((double) count).isCloseTo(N / 7.0, within(5 * Math.sqrt(N * 6 / 49.0)));
        }
        assertThat(draws.nextInt(1)).isZero();
    }

    @Test
    void exampleAfterExampleIsUniformToo() {
        // Each example asks a stream of its own for one number: neighbours must not be alike.
        double sum = 0;
        double product = 0;
        double before = 0.5;
        for (int i = 0; i < N; i++) {
            double x = new Draws().begin(3, 1, i, 0).nextDouble();
            sum += x;
            product += (x - 0.5) * (before - 0.5);
            before = x;
        }
        assertThat(sum / N).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / N)));
        assertThat(product / N).isCloseTo(0, within(5 / 12.0 / Math.sqrt(N)));
    }

    @Test
    void normalNumbersHaveTheMomentsOfTheNormal() {
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        for (int i = 0; i < N; i++) {
            double x = draws.nextGaussian();
            sum += x;
            squares += x * x;
            fourth += x * x * x * x;
        }
        assertThat(sum / N).isCloseTo(0, within(5 / Math.sqrt(N)));
        assertThat(squares / N).isCloseTo(1, within(5 * Math.sqrt(2.0 / N)));
        assertThat(fourth / N).isCloseTo(3, within(5 * Math.sqrt(96.0 / N)));
    }

    @Test
    void betaHasItsMeanAndVariance() {
        for (double alpha : new double[] {0.01, 0.2, 1, 4}) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < N; i++) {
                double x = draws.nextBeta(alpha);
                assertThat(x).isBetween(0.0, 1.0);
                sum += x;
                squares += (x - 0.5) * (x - 0.5);
            }
            // Var Beta(α, α) = 1 / (4 (2α + 1)); |x − ½| ≤ ½ bounds the spread of the squares.
            double variance = 1 / (4 * (2 * alpha + 1));
            assertThat(sum / N).as("α %s", alpha).isCloseTo(0.5, within(5 * Math.sqrt(variance / N)));
            assertThat(squares / N).as("α %s", alpha).isCloseTo(variance, within(5 * 0.25 / Math.sqrt(N)));
        }
    }

    @Test
    void aPermutationHoldsEachOnceAndBelongsToItsEpoch() {
        int[] order = new int[1000];
        Permutation.fill(order, 5, 3);
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            assertThat(sorted[i]).isEqualTo(i);
        }
        int[] again = new int[1000];
        Permutation.fill(again, 5, 3);
        assertThat(again).isEqualTo(order);
        Permutation.fill(again, 5, 4);
        assertThat(again).isNotEqualTo(order);
        Permutation.fill(again, 6, 3);
        assertThat(again).isNotEqualTo(order);
    }

    @Test
    void allPermutationsAreEquallyLikely() {
        int[] counts = new int[27];
        int epochs = 60_000;
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order = new int[3];
            Permutation.fill(order, 1, epoch);
            counts[order[0] * 9 + order[1] * 3 + order[2]]++;
        }
        int[] possible = Arrays.stream(counts).filter(c -> c > 0).toArray();
        assertThat(possible).hasSize(6);
        for (int count : possible) {
            assertThat((double) count).isCloseTo(epochs / 6.0, within(5 * Math.sqrt(epochs * 5 / 36.0)));
        }
    }
}
