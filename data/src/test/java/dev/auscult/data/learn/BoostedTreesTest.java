package dev.auscult.data.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.auscult.data.checkup.OutOfSample;
import dev.auscult.data.profile.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoostedTreesTest {
    private static final BoostedTrees.Settings ONE_SPLIT = new BoostedTrees.Settings(1, 1, 1, 1, 0);

    private static FeatureMatrix column(double... values) {
        return new FeatureMatrix(List.of("x"), new double[][] {values}, values.length);
    }

    private static int[] all(int rows) {
        return IntStream.range(0, rows).toArray();
    }

    @Test
    void oneSplitOfNumbersIsTheBestStump() {
        FeatureMatrix x = column(1, 2, 3, 4, 5, 6);
        double[] y = {1, 1, 1, 1, 7, 9};
        Bins bins = Bins.of(x);
        BoostedTrees trees = BoostedTrees.ofNumbers(bins, y, all(6), ONE_SPLIT, 1);
        // Squared errors 2 beside 0: no other border leaves less.
        assertArrayEquals(
                new double[] {1, 1, 1, 1, 8, 8},
                IntStream.range(0, 6).mapToDouble(i -> trees.predict(bins, i)).toArray(),
                1e-12);
        assertEquals(8, trees.predict(bins.like(column(4.6, 100)), 0), 1e-12, "borders lie in the middle");
        assertEquals(1, trees.predict(bins.like(column(4.4, 100)), 0), 1e-12);
    }

    @Test
    void missingValuesGoWhereTheyBelong() {
        double none = Double.NaN;
        Bins bins = Bins.of(column(1, 2, none, none, 3, 4, none, 5));
        double[] y = {0, 0, 6, 6, 0, 0, 6, 0};
        BoostedTrees trees = BoostedTrees.ofNumbers(bins, y, all(8), ONE_SPLIT, 1);
        assertEquals(6, trees.predict(bins, 2), 1e-12);
        assertEquals(0, trees.predict(bins, 7), 1e-12);
    }

    @Test
    void leavesOfTwoClassesAreNewtonSteps() {
        Bins bins = Bins.of(column(1, 1, 1, 1, 2, 2, 2, 2));
        int[] y = {0, 0, 0, 1, 1, 1, 1, 0};
        BoostedTrees trees = BoostedTrees.ofClasses(bins, y, 2, all(8), ONE_SPLIT, 1);
        // From even odds: gradient sum 1, second derivatives 4 / 4, so the score is -1 and +1.
        assertEquals(1 / (1 + Math.exp(1)), trees.probabilities(bins, 0)[1], 1e-12);
        assertEquals(1 / (1 + Math.exp(-1)), trees.probabilities(bins, 4)[1], 1e-12);
    }

    @Test
    void learnsAnExclusiveOrOfNoisyManyRows() {
        SplittableRandom random = new SplittableRandom(5);
        int n = 4000;
        double[][] x = new double[4][n];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 4; c++) {
                x[c][i] = random.nextDouble();
            }
            boolean one = (x[0][i] > 0.5) != (x[1][i] > 0.5);
            y[i] = one != random.nextDouble() < 0.1 ? 1 : 0;
        }
        FeatureMatrix inputs = new FeatureMatrix(List.of("a", "b", "c", "d"), x, n);
        float[][] p = OutOfSample.probabilities(inputs, y, 2, 3, Progress.SILENT);
        // The entropy of labels of which a tenth is flipped is 0.325; nothing can be better.
        assertTrue(logLoss(p, y) < 0.36, "log loss " + logLoss(p, y));
        assertArrayEquals(
                p[17], OutOfSample.probabilities(inputs, y, 2, 3, Progress.SILENT)[17], "same seed, same bits");
    }

    @Test
    void labelsWithoutSenseGetTheirFrequencies() {
        SplittableRandom random = new SplittableRandom(6);
        int n = 1000;
        double[][] x = new double[3][n];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 3; c++) {
                x[c][i] = random.nextDouble();
            }
            y[i] = random.nextInt(4);
        }
        float[][] p =
                OutOfSample.probabilities(new FeatureMatrix(List.of("a", "b", "c"), x, n), y, 4, 3, Progress.SILENT);
        assertTrue(logLoss(p, y) < Math.log(4) + 0.02, "log loss " + logLoss(p, y));
    }

    /** Not much worse than scikit-learn's trees with the same settings, whose scores differ by the drawing of the folds. */
    @ParameterizedTest
    @ValueSource(strings = {"breast_cancer", "wine", "digits"})
    void isAsGoodAsScikitLearnInClasses(String name) throws IOException {
        RealTable table = RealTable.of(name);
        String[] oracle = oracle(name);
        float[][] p = OutOfSample.probabilities(table.inputs(), table.labels(), table.classes(), 1, Progress.SILENT);
        double loss = logLoss(p, table.labels());
        double accuracy = accuracy(p, table.labels());
        assertEquals(table.labels().length, Integer.parseInt(oracle[1]));
        assertTrue(loss < 1.1 * Double.parseDouble(oracle[2]) + 2 * Double.parseDouble(oracle[3]), "log loss " + loss);
        assertTrue(accuracy > Double.parseDouble(oracle[4]) - 0.015, "accuracy " + accuracy);
    }

    @Test
    void isAsGoodAsScikitLearnInNumbers() throws IOException {
        RealTable table = RealTable.of("diabetes");
        String[] oracle = oracle("diabetes");
        double[] y = table.target();
        double[] predicted = OutOfSample.predictions(table.inputs(), y, 1, Progress.SILENT);
        double mean =
                IntStream.range(0, y.length).mapToDouble(i -> y[i]).average().orElseThrow();
        double error = 0;
        double variance = 0;
        for (int i = 0; i < y.length; i++) {
            error += (y[i] - predicted[i]) * (y[i] - predicted[i]);
            variance += (y[i] - mean) * (y[i] - mean);
        }
        assertTrue(
                error / variance < Double.parseDouble(oracle[2]) + 2 * Double.parseDouble(oracle[3]),
                "1 - R2 = " + error / variance);
    }

    private static String[] oracle(String name) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(BoostedTreesTest.class.getResourceAsStream("boosting.tsv")),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(l -> l.split("\t", -1))
                    .filter(w -> w[0].equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static double logLoss(float[][] p, int[] labels) {
        return IntStream.range(0, labels.length)
                .mapToDouble(i -> -Math.log(Math.max(1e-12, p[i][labels[i]])))
                .average()
                .orElseThrow();
    }

    static double accuracy(float[][] p, int[] labels) {
        return IntStream.range(0, labels.length)
                        .filter(i -> IntStream.range(0, p[i].length).allMatch(k -> p[i][k] <= p[i][labels[i]]))
                        .count()
                / (double) labels.length;
    }
}
