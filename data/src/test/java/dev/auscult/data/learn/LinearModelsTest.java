package dev.auscult.data.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.auscult.data.checkup.OutOfSample;
import org.junit.jupiter.api.Test;

class LinearModelsTest {
    private static int[] all(int rows) {
        return IntStream.range(0, rows).toArray();
    }

    /** Of one scaled column the weight is sum(x y) / (n + penalty), the constant the mean. */
    @Test
    void ridgeOfOneColumnIsTheClosedForm() {
        FeatureMatrix x = new FeatureMatrix(List.of("x"), new double[][] {{-3, -1, 1, 3}}, 4);
        double[] y = {1, 2, 4, 5};
        LinearInputs scaled = LinearInputs.of(x, all(4));
        double deviation = Math.sqrt(5);
        double product = (-3 * 1 - 1 * 2 + 1 * 4 + 3 * 5) / deviation;
        assertArrayEquals(
                new double[] {product / (4 + 2), 3},
                Ridge.of(scaled, y, all(4), 2).weights(),
                1e-12);
    }

    /** Of a yes-or-no column without a penalty the odds on each side are those of the counts. */
    @Test
    void logisticOfTwoGroupsGivesTheirFrequencies() {
        FeatureMatrix x = new FeatureMatrix(List.of("x"), new double[][] {{0, 0, 0, 0, 1, 1, 1, 1, 1}}, 9);
        int[] y = {0, 0, 0, 1, 1, 1, 1, 1, 0};
        LinearInputs scaled = LinearInputs.of(x, all(9));
        Logistic model = Logistic.of(scaled, y, 2, all(9), 0);
        double[] score = new double[1];
        model.scores(scaled, 0, score);
        assertEquals(Math.log(1.0 / 3), score[0], 1e-4);
        model.scores(scaled, 8, score);
        assertEquals(Math.log(4), score[0], 1e-4);
    }

    @Test
    void logisticOfThreeClassesHasNoSlopeLeft() {
        SplittableRandom random = new SplittableRandom(4);
        int n = 300;
        double[][] columns = new double[2][n];
        int[] y = new int[n];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(3);
            columns[0][i] = random.nextDouble() + 0.4 * y[i];
            columns[1][i] = random.nextDouble() - 0.3 * y[i] * y[i];
        }
        FeatureMatrix inputs = new FeatureMatrix(List.of("a", "b"), columns, n);
        LinearInputs scaled = LinearInputs.of(inputs, all(n));
        Logistic model = Logistic.of(scaled, y, 3, all(n), 1);
        // At the lowest loss the penalty's pull on each weight is what the errors push.
        for (int k = 0; k < 3; k++) {
            double[] push = new double[3];
            for (int i = 0; i < n; i++) {
                double[] scores = new double[3];
                model.scores(scaled, i, scores);
                double error = Softmax.of(scores, 3, 1)[k] - (y[i] == k ? 1 : 0);
                push[0] += error * scaled.row(i)[0];
                push[1] += error * scaled.row(i)[1];
                push[2] += error;
            }
            double[] weights = model.weights(k);
            assertEquals(0, push[0] + weights[0], 1e-3);
            assertEquals(0, push[1] + weights[1], 1e-3);
            assertEquals(0, push[2], 1e-3);
        }
    }

    /** Values of scipy.stats.norm.sf and scipy.stats.t.sf. */
    @Test
    void tailsAreThoseOfScipy() {
        assertEquals(0.5, Tails.normal(0), 1e-15);
        assertEquals(0.15865525393145707, Tails.normal(1), 1e-12);
        assertEquals(0.0013498980316300933, Tails.normal(3), 1e-13);
        assertEquals(9.86587645037698e-10, Tails.normal(6), 1e-19);
        assertEquals(0.09175170953613698, Tails.student(2, 2), 1e-12);
        assertEquals(0.039114137487056166, Tails.student(1.9, 14), 1e-12);
        assertEquals(6.797036611178264e-06, Tails.student(8.5, 9), 1e-15);
        assertEquals(0.3918816460199595, Tails.student(0.3, 3), 1e-12);
    }

    /** Differences 1, 2, 3 of three folds: mean 2, variance 1, so t = 2 / sqrt(1/3 + 1/2) with 2 degrees of freedom. */
    @Test
    void chanceIsTheCorrectedTest() {
        double t = 2 / Math.sqrt(1.0 / 3 + 1.0 / 2);
        // Student's distribution of two degrees has the tail (1 - t / sqrt(2 + t²)) / 2.
        assertEquals((1 - t / Math.sqrt(2 + t * t)) / 2, LinearTrial.chance(new double[] {1, 2, 3}, 3), 1e-12);
        assertEquals(1, LinearTrial.chance(new double[] {-1, -2, -3}, 3), 0);
    }

    @Test
    void ranksOfEqualsAreEqual() {
        assertArrayEquals(
                new double[] {0.125, 0.5, 0.5, 0.875, Double.NaN},
                Ranks.of(new double[] {1, 5, 5, 900, Double.NaN}),
                1e-12);
    }

    @Test
    void foldsShareClassesOut() {
        int[] labels = IntStream.range(0, 103).map(i -> i % 10 == 0 ? 1 : 0).toArray();
        Folds folds = Folds.stratified(labels, 5, 3);
        for (int f = 0; f < 5; f++) {
            long ones = IntStream.of(folds.rows(f)).filter(i -> labels[i] == 1).count();
            assertTrue(ones == 2 || ones == 3, "class 1 in fold " + f + ": " + ones);
            assertEquals(103, folds.rows(f).length + folds.others(f).length);
        }
    }

    @Test
    void temperatureMakesWhatIsTooSureHonest() {
        // Three of four are right: log(3) is the honest score, whatever was said.
        double[][] scores = {{5}, {5}, {5}, {5}};
        float[][] p = OutOfSample.calibrated(scores, new int[] {1, 1, 1, 0}, 2);
        assertEquals(0.75, p[0][1], 1e-3);
    }
}
