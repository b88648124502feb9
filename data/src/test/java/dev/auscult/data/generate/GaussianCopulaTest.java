package dev.auscult.data.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copula learned from rows whose distribution is known. */
class GaussianCopulaTest {
    private static final Feature FIRST = new Feature(0, 1, Feature.Kind.NUMBER);
    private static final Feature SECOND = new Feature(1, 1, Feature.Kind.NUMBER);

    private final Random random = new Random(5);

    private static PreparedRows rows(float[] values, int width, Feature... features) {
        return new PreparedRows(values, width, List.of(features), new int[values.length / width], 1);
    }

    private static float[] drawn(PreparedRows rows, int count, long seed) {
        float[] made = new float[count * rows.width()];
        try (RowSource source = new GaussianCopula().learn(rows, seed)) {
            for (int i = 0; i < count; i++) {
                source.draw(0, made, i * rows.width());
            }
        }
        return made;
    }

    private static double[] column(float[] values, int width, int at) {
        return IntStream.range(0, values.length / width)
                .mapToDouble(i -> values[i * width + at])
                .toArray();
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).average().orElseThrow();
    }

    private static double correlation(double[] x, double[] y) {
        double mx = mean(x);
        double my = mean(y);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }
        return xy / Math.sqrt(xx * yy);
    }

    /** Two normal numbers of a correlation, the second one raised to e: what stands behind is to come back. */
    @ParameterizedTest
    @ValueSource(doubles = {-0.9, -0.3, 0, 0.5, 0.8, 0.95})
    void theCorrelationBehindTheColumnsComesBack(double rho) {
        int n = 4_000;
        float[] values = new float[2 * n];
        for (int i = 0; i < n; i++) {
            double x = random.nextGaussian();
            double y = rho * x + Math.sqrt(1 - rho * rho) * random.nextGaussian();
            values[2 * i] = (float) x;
            values[2 * i + 1] = (float) Math.exp(y);
        }
        float[] made = drawn(rows(values, 2, FIRST, SECOND), n, 3);

        double[] logs = Arrays.stream(column(made, 2, 1)).map(Math::log).toArray();
        // Twice sampled: four standard errors (1 − ρ²)/√n of each, and what shrinkage takes.
        double error = 4 * Math.sqrt(2) * (1 - rho * rho) / Math.sqrt(n) + 0.005;
        assertThat(correlation(column(made, 2, 0), logs)).isCloseTo(rho, within(error));
    }

    /** The largest distance of two empirical distributions is below 1.95·√(2/n) with probability 0.999 (Smirnov). */
    @Test
    void everyColumnKeepsItsDistribution() {
        int n = 3_000;
        float[] values = new float[2 * n];
        for (int i = 0; i < n; i++) {
            values[2 * i] = (float) -Math.log(1 - random.nextDouble());
            values[2 * i + 1] = (random.nextInt(3) == 0 ? 5 : 0) + (float) random.nextGaussian();
        }
        float[] made = drawn(rows(values, 2, FIRST, SECOND), n, 9);

        for (int c = 0; c < 2; c++) {
            double[] real = Arrays.stream(column(values, 2, c)).sorted().toArray();
            double[] like = Arrays.stream(column(made, 2, c)).sorted().toArray();
            double largest = 0;
            int j = 0;
            for (int i = 0; i < n; i++) {
                while (j < n && like[j] <= real[i]) {
                    j++;
                }
                largest = Math.max(largest, Math.abs(i + 1 - j) / (double) n);
            }
            assertThat(largest).isLessThan(1.95 * Math.sqrt(2.0 / n));
            assertThat(like[0]).isGreaterThanOrEqualTo(real[0]);
            assertThat(like[n - 1]).isLessThanOrEqualTo(real[n - 1]);
        }
    }

    @Test
    void categoriesKeepTheirSharesAndWhatTheyHaveToDoWithNumbers() {
        int n = 5_000;
        Feature colour = new Feature(1, 3, Feature.Kind.CATEGORY);
        double[] shares = {0.5, 0.2, 0.3};
        double[] shift = {0, 4, -4};
        float[] values = new float[4 * n];
        for (int i = 0; i < n; i++) {
            double u = random.nextDouble();
            int k = u < 0.5 ? 0 : u < 0.7 ? 1 : 2;
            values[4 * i] = (float) (shift[k] + random.nextGaussian());
            values[4 * i + 1 + k] = 1;
        }
        float[] made = drawn(rows(values, 4, FIRST, colour), n, 2);

        double[] means = new double[3];
        int[] counts = new int[3];
        for (int i = 0; i < n; i++) {
            assertThat(made[4 * i + 1] + made[4 * i + 2] + made[4 * i + 3]).isEqualTo(1);
            int k = colour.category(made, 4 * i);
            counts[k]++;
            means[k] += made[4 * i];
        }
        for (int k = 0; k < 3; k++) {
            assertThat(counts[k] / (double) n)
                    .isCloseTo(shares[k], within(4 * Math.sqrt(2 * shares[k] * (1 - shares[k]) / n)));
        }
        assertThat(means[1] / counts[1]).isGreaterThan(2.5);
        assertThat(means[2] / counts[2]).isLessThan(-2.5);
        assertThat(Math.abs(means[0] / counts[0])).isLessThan(0.6);
    }

    @Test
    void gapsKeepTheirShareAndWhatFillsThem() {
        int n = 4_000;
        Feature age = new Feature(0, 2, Feature.Kind.NUMBER_OR_MISSING);
        float[] values = new float[3 * n];
        for (int i = 0; i < n; i++) {
            double x = random.nextGaussian();
            boolean missing = random.nextInt(5) == 0;
            values[3 * i] = missing ? 0.25f : (float) x;
            values[3 * i + 1] = missing ? 1 : 0;
            values[3 * i + 2] = (float) (0.8 * x + 0.6 * random.nextGaussian());
        }
        float[] made = drawn(rows(values, 3, age, new Feature(2, 1, Feature.Kind.NUMBER)), n, 4);

        int gaps = 0;
        double[] x = new double[n];
        double[] y = new double[n];
        int present = 0;
        for (int i = 0; i < n; i++) {
            if (age.isMissing(made, 3 * i)) {
                gaps++;
                assertThat(made[3 * i]).isEqualTo(0.25f);
            } else {
                x[present] = made[3 * i];
                y[present++] = made[3 * i + 2];
            }
        }
        assertThat(gaps / (double) n).isCloseTo(0.2, within(0.036));
        assertThat(correlation(Arrays.copyOf(x, present), Arrays.copyOf(y, present)))
                .isCloseTo(0.8, within(0.045));
    }

    @Test
    void numbersOfFewValuesTakeNoOthers() {
        float[] values = new float[600];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(6) * 1.5f;
        }
        float[] made = drawn(rows(values, 1, FIRST), 500, 1);

        for (float value : made) {
            assertThat(value / 1.5f).isEqualTo(Math.round(value / 1.5f));
        }
    }

    @Test
    void theSameSeedMakesTheSameRowsAndAnotherSeedOthers() {
        float[] values = new float[400];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        PreparedRows rows = rows(values, 2, FIRST, SECOND);

        assertThat(drawn(rows, 50, 1)).isEqualTo(drawn(rows, 50, 1)).isNotEqualTo(drawn(rows, 50, 2));
    }

    @Test
    void columnsThatFollowFromEachOtherOrNeverChangeCanBeDrawn() {
        int n = 60;
        Feature pair = new Feature(3, 2, Feature.Kind.CATEGORY);
        float[] values = new float[5 * n];
        for (int i = 0; i < n; i++) {
            float x = (float) random.nextGaussian();
            values[5 * i] = x;
            values[5 * i + 1] = -2 * x;
            values[5 * i + 2] = 7;
            values[5 * i + 3 + (x > 0 ? 1 : 0)] = 1;
        }
        float[] made = drawn(rows(values, 5, FIRST, SECOND, new Feature(2, 1, Feature.Kind.NUMBER), pair), 200, 1);

        assertThat(correlation(column(made, 5, 0), column(made, 5, 1))).isLessThan(-0.9);
        assertThat(column(made, 5, 2)).containsOnly(7);
    }

    @Test
    void moreColumnsThanRowsCanBeDrawn() {
        int width = 40;
        float[] values = new float[10 * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        Feature[] features = IntStream.range(0, width)
                .mapToObj(f -> new Feature(f, 1, Feature.Kind.NUMBER))
                .toArray(Feature[]::new);

        for (float value : drawn(rows(values, width, features), 20, 1)) {
            assertThat(value).isFinite();
        }
    }
}
