package dev.auscult.data.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TailsTest {
    @Test
    void distancesAreThoseOfSciPy() {
        for (double[] row : oracle("numbers.tsv")) {
            double[] a = sequence((int) row[0], 0.6180339887498949, 1);
            double[] b = sequence((int) row[1], 0.7548776662466927, row[2]);
            Shift shift = Shift.ofNumbers(a, b, 1);
            assertThat(shift.effect()).isCloseTo(row[3], within(1e-12));
            assertThat(shift.pValue()).isCloseTo(row[4], within(1e-9 + 1e-6 * row[4]));
            double mean = Arrays.stream(a).average().orElseThrow();
            double squares = Arrays.stream(a).map(v -> (v - mean) * (v - mean)).sum();
            assertThat(shift.numbers().get("wasserstein") * Math.sqrt(squares / (a.length - 1)))
                    .isCloseTo(row[5], within(1e-9));
        }
    }

    @Test
    void tailsOfDrawingAreThoseOfSciPy() {
        for (double[] row : oracle("counts.tsv")) {
            double p = Tails.hypergeometric((long) row[0], (long) row[1], (long) row[2], (long) row[3]);
            assertThat(Math.log(p / 2)).isCloseTo(row[4], within(1e-6 * Math.abs(row[4]) + 1e-8));
        }
    }

    @Test
    void factorialsAreExact() {
        double sum = 0;
        for (int n = 1; n <= 300; n++) {
            sum += Math.log(n);
            assertThat(Tails.logFactorial(n)).isCloseTo(sum, within(1e-9));
        }
        assertThat(Tails.logFactorial(0)).isCloseTo(0, within(1e-12));
        assertThat(Math.exp(Tails.logChoose(52, 5))).isCloseTo(2598960, Percentage.withPercentage(1e-8));
        assertThat(Tails.logChoose(3, 4)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void aBinomialTailIsItsSum() {
        // Chance of at most 2 heads of 10: (1 + 10 + 45) / 1024.
        assertThat(Tails.binomialAtMost(2, 10, 0.5)).isCloseTo(56.0 / 1024, within(1e-12));
        assertThat(Tails.binomialAtMost(10, 10, 0.5)).isEqualTo(1);
    }

    @Test
    void theBoundIsAboveTheExactTailAndNotFar() {
        for (int count : new int[] {60, 80, 100}) {
            double bound = Tails.atLeast(count, new double[] {0.3}, new double[] {100});
            double exact = Tails.binomialAtMost(100 - count, 100, 0.7);
            assertThat(bound).isGreaterThanOrEqualTo(exact * (1 - 1e-9)).isLessThan(20 * exact);
        }
        assertThat(Tails.atLeast(3, new double[] {0.3}, new double[] {100})).isEqualTo(1);
        assertThat(Tails.atLeast(101, new double[] {0.3}, new double[] {100})).isZero();
    }

    @Test
    void theBoundOfAChiSquareTailHolds() {
        // Quantiles of the chi-square distribution: 10.8276 (1 degree) and 29.5883 (10 degrees) leave 0.001.
        assertThat(Association.chiSquareTail(10.8276, 1)).isBetween(0.001, 0.06);
        assertThat(Association.chiSquareTail(29.5883, 10)).isBetween(0.001, 0.06);
    }

    @Test
    void aDistanceDoesNotDependOnOrderSideOrMonotoneChange() {
        SplittableRandom random = new SplittableRandom(3);
        double[] a = random.doubles(200).sorted().toArray();
        double[] b = random.doubles(150, 0.2, 1.1).sorted().toArray();
        Shift one = Shift.ofNumbers(a, b, 1);
        Shift turned = Shift.ofNumbers(b, a, 1);
        Shift changed = Shift.ofNumbers(
                Arrays.stream(a).map(Math::exp).toArray(),
                Arrays.stream(b).map(Math::exp).toArray(),
                1);
        assertThat(turned.effect()).isCloseTo(one.effect(), within(1e-12));
        assertThat(turned.pValue()).isCloseTo(one.pValue(), within(1e-12));
        assertThat(changed.effect()).isCloseTo(one.effect(), within(1e-12));
        assertThat(changed.pValue()).isCloseTo(one.pValue(), within(1e-12));
    }

    @Test
    void categoriesThatHaveNothingInCommonAreAtDistanceOne() {
        List<String> names = List.of("a", "b");
        Shift apart = Shift.ofCategories(new long[] {10_000, 0}, new long[] {0, 10_000}, names, 1);
        assertThat(apart.effect()).isCloseTo(1, within(1e-3));
        assertThat(apart.pValue()).isLessThan(1e-300);
        Shift alike = Shift.ofCategories(new long[] {500, 500}, new long[] {250, 250}, names, 1);
        assertThat(alike.effect()).isZero();
        assertThat(alike.pValue()).isEqualTo(1);
    }

    @Test
    void theDistanceOfCategoriesDoesNotDependOnTheSizesOfTheParts() {
        List<String> names = List.of("a", "b", "c");
        double even = Shift.ofCategories(
                        new long[] {60_000, 30_000, 10_000}, new long[] {40_000, 40_000, 20_000}, names, 1)
                .effect();
        double uneven = Shift.ofCategories(
                        new long[] {600_000, 300_000, 100_000}, new long[] {4000, 4000, 2000}, names, 1)
                .effect();
        assertThat(uneven).isCloseTo(even, within(1e-3));
    }

    @Test
    void chancesOfCategoriesAreNotTooSmallInSmallSamples() {
        SplittableRandom random = new SplittableRandom(11);
        List<String> names = IntStream.range(0, 20).mapToObj(c -> "c" + c).toList();
        int below = 0;
        for (int i = 0; i < 3000; i++) {
            Shift shift = Shift.ofCategories(drawn(random, 2000), drawn(random, 40), names, 1);
            below += shift.pValue() < 0.01 ? 1 : 0;
        }
        assertThat(below).isLessThanOrEqualTo(45);
    }

    /** Rows of 20 categories, the k-th about half as frequent as the one before. */
    private static long[] drawn(SplittableRandom random, int rows) {
        long[] counts = new long[20];
        for (int i = 0; i < rows; i++) {
            counts[Math.min(19, Long.numberOfTrailingZeros(random.nextLong() | 1L << 19))]++;
        }
        return counts;
    }

    private static double[] sequence(int n, double factor, double power) {
        return IntStream.rangeClosed(1, n)
                .mapToDouble(i -> Math.pow(i * factor % 1, power))
                .sorted()
                .toArray();
    }

    private static List<double[]> oracle(String name) {
        try (var in = Objects.requireNonNull(TailsTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(l -> Arrays.stream(l.split("\t", -1))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
