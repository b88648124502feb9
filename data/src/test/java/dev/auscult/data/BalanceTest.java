package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.auscult.data.error.DataException;
import org.junit.jupiter.api.Test;

class BalanceTest {
    private static Examples examples(int... counts) {
        int size = Arrays.stream(counts).sum();
        int[] classes = new int[size];
        float[][] rows = new float[size][2];
        Random random = new Random(3);
        int next = 0;
        for (int c = 0; c < counts.length; c++) {
            for (int i = 0; i < counts[c]; i++) {
                classes[next] = c;
                rows[next][0] = (float) (10 * c + random.nextGaussian());
                rows[next][1] = (float) random.nextGaussian();
                next++;
            }
        }
        return new Examples(
                Vectors.of(rows),
                Target.ofClasses("test", classes, List.of("a", "b", "c").subList(0, counts.length)));
    }

    private static int[] counts(Target target) {
        int[] counts = new int[target.outputs()];
        for (int i = 0; i < target.size(); i++) {
            counts[target.classOf(i)]++;
        }
        return counts;
    }

    private static Examples balanced(Examples examples, String how) {
        return Balance.apply(examples, new ArraySettings().imbalance(how).settings(), 7);
    }

    @Test
    void oversamplingRepeatsEachRareExampleEquallyOften() {
        Examples given = examples(20, 6, 20);
        Examples even = balanced(given, "oversample");
        assertThat(counts(even.target())).containsExactly(20, 20, 20);
        float[] before = Vectors.all(given.inputs());
        float[] after = Vectors.all(even.inputs());
        assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
        int[] times = new int[6];
        for (int i = 0; i < even.size(); i++) {
            for (int rare = 0; rare < 6; rare++) {
                if (after[2 * i] == before[2 * (20 + rare)]) {
                    assertThat(even.target().classOf(i)).isEqualTo(1);
                    times[rare]++;
                }
            }
        }
        assertThat(Arrays.stream(times).sum()).isEqualTo(20);
        assertThat(times).containsOnly(3, 4);
    }

    @Test
    void smotePutsNewExamplesBetweenNearNeighboursOfTheClass() {
        Examples given = examples(60, 10);
        Examples even = balanced(given, "smote");
        assertThat(counts(even.target())).containsExactly(60, 60);
        float[] x = Vectors.all(even.inputs());
        assertThat(Arrays.copyOf(x, 140)).isEqualTo(Vectors.all(given.inputs()));
        int[] quarters = new int[4];
        for (int made = 70; made < 120; made++) {
            double least = Double.MAX_VALUE;
            double share = 0;
            for (int i = 60; i < 70; i++) {
                for (int j : nearest(x, i, 60, 70)) {
                    double dx = x[2 * j] - x[2 * i];
                    double dy = x[2 * j + 1] - x[2 * i + 1];
                    double along = ((x[2 * made] - x[2 * i]) * dx + (x[2 * made + 1] - x[2 * i + 1]) * dy)
                            / (dx * dx + dy * dy);
                    double off = Math.hypot(
                            x[2 * made] - x[2 * i] - along * dx, x[2 * made + 1] - x[2 * i + 1] - along * dy);
                    if (along >= -1e-6 && along <= 1 + 1e-6 && off < least) {
                        least = off;
                        share = along;
                    }
                }
            }
            assertThat(least)
                    .as("distance from a line to one of five neighbours")
                    .isCloseTo(0, within(1e-5));
            quarters[(int) Math.min(3, Math.max(0, share * 4))]++;
        }
        for (int quarter : quarters) {
            assertThat(quarter).isPositive();
        }
    }

    /** The five nearest, the slow way. */
    private static int[] nearest(float[] x, int to, int from, int end) {
        return java.util.stream.IntStream.range(from, end)
                .filter(i -> i != to)
                .boxed()
                .sorted((a, b) -> Double.compare(distance(x, to, a), distance(x, to, b)))
                .limit(5)
                .mapToInt(i -> i)
                .toArray();
    }

    private static double distance(float[] x, int a, int b) {
        return Math.hypot(x[2 * a] - x[2 * b], x[2 * a + 1] - x[2 * b + 1]);
    }

    @Test
    void aSingleExampleIsRepeatedAndAnAbsentClassStaysAbsent() {
        Examples even = balanced(examples(5, 1, 0), "smote");
        assertThat(counts(even.target())).containsExactly(5, 5, 0);
        float[] x = Vectors.all(even.inputs());
        for (int i = 6; i < 10; i++) {
            assertThat(x[2 * i]).isEqualTo(x[10]);
        }
        assertThat(counts(balanced(examples(5, 1, 0), "oversample").target())).containsExactly(5, 5, 0);
    }

    @Test
    void theSeedDecides() {
        Examples given = examples(40, 10);
        for (String how : new String[] {"oversample", "smote"}) {
            DataSettings settings = new ArraySettings().imbalance(how).settings();
            float[] first = Vectors.all(Balance.apply(given, settings, 1).inputs());
            assertThat(Vectors.all(Balance.apply(given, settings, 1).inputs())).isEqualTo(first);
            assertThat(Vectors.all(Balance.apply(given, settings, 2).inputs())).isNotEqualTo(first);
        }
    }

    @Test
    void noneAndClassWeightsChangeNothing() {
        Examples given = examples(5, 2);
        assertThat(balanced(given, "none")).isSameAs(given);
        assertThat(balanced(given, "class-weights")).isSameAs(given);
    }

    @Test
    void whatHasNoClassesOrNoVectorsIsRefused() {
        Examples regression = new Examples(
                Vectors.numbered(2, 3), Target.ofValues(Task.REGRESSION, "test", new float[2], List.of("y")));
        assertThatThrownBy(() -> balanced(regression, "oversample"))
                .isInstanceOf(DataException.class)
                .hasMessage("imbalance: oversample is for a classification, found regression; set it to none");
        Examples images =
                new Examples(Vectors.numbered(2, 1, 3, 3), Target.ofClasses("test", new int[2], List.of("a")));
        assertThatThrownBy(() -> balanced(images, "smote"))
                .hasMessage(
                        "imbalance: smote is for vectors of numbers, found examples of shape 1×3×3; use oversample");
        assertThatThrownBy(() -> balanced(images, "generate"))
                .hasMessage("imbalance: 'generate', wanted one of none, class-weights, oversample, smote");
    }

    @Test
    void betweenYesAndNoThereIsNothing() {
        float[][] rows = new float[40][3];
        int[] classes = new int[40];
        Random random = new Random(6);
        for (int i = 0; i < 40; i++) {
            int category = random.nextInt(2);
            rows[i] = new float[] {(float) random.nextGaussian(), category, 1 - category};
            classes[i] = i < 30 ? 0 : 1;
        }
        Examples even =
                balanced(new Examples(Vectors.of(rows), Target.ofClasses("test", classes, List.of("a", "b"))), "smote");
        float[] x = Vectors.all(even.inputs());
        int between = 0;
        for (int made = 40; made < 60; made++) {
            float own = x[3 * made];
            assertThat(x[3 * made + 1]).isIn(0f, 1f);
            assertThat(x[3 * made + 1] + x[3 * made + 2]).isEqualTo(1);
            between += IntStream.range(0, 40).noneMatch(i -> x[3 * i] == own) ? 1 : 0;
        }
        assertThat(between).isGreaterThan(10);
    }

    @Test
    void neighboursOfALargeClassAreOfTheClass() {
        Examples even = balanced(examples(5_300, 5_200), "smote");
        assertThat(counts(even.target())).containsExactly(5_300, 5_300);
        float[] x = Vectors.all(even.inputs());
        for (int made = 10_500; made < 10_600; made++) {
            assertThat(x[2 * made]).isBetween(4f, 16f);
        }
    }
}
