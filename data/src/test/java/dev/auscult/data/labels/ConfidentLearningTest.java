package dev.auscult.data.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfidentLearningTest {
    /** By hand: class 0 has five examples, of which one is unsure and one looks like class 1; class 1 has four. */
    private static final int[] GIVEN = {0, 0, 0, 0, 0, 1, 1, 1, 1};

    private static final double[] P = {
        0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.2, 0.8, 0.55, 0.45, //
        0.1, 0.9, 0.3, 0.7, 0.4, 0.6, 0.9, 0.1
    };

    private static Set<Integer> indices(ConfidentLearning found) {
        Set<Integer> indices = new TreeSet<>();
        found.suspects().forEach(s -> indices.add(s.index()));
        return indices;
    }

    @Test
    void nineExamplesByHand() throws IOException {
        ConfidentLearning found = ConfidentLearning.of(GIVEN, Probabilities.of(P, 2), Method.PBNR);
        // (0.9 + 0.8 + 0.7 + 0.2 + 0.55) / 5 and (0.9 + 0.7 + 0.6 + 0.1) / 4
        assertThat(found.thresholds()).containsExactly(new double[] {0.63, 0.575}, within(1e-12));
        ConfidentJoint joint = found.joint();
        assertThat(new int[] {joint.count(0, 0), joint.count(0, 1), joint.count(1, 0), joint.count(1, 1)})
                .containsExactly(3, 1, 1, 3);
        // Row 0 has four counts for five examples.
        assertThat(joint.row(0)).containsExactly(new double[] {3.75 / 9, 1.25 / 9}, within(1e-12));
        assertThat(joint.row(1)).containsExactly(new double[] {1.0 / 9, 3.0 / 9}, within(1e-12));
        assertThat(joint.share(0, 1)).isEqualTo(joint.row(0)[1]);
        assertThat(found.noise()).isCloseTo(2.25 / 9, within(1e-12));
        // 3.75 and 1.25 become 4 and 1: one suspect in each class.
        assertThat(joint.estimates()).containsExactly(4, 1, 1, 3);
        assertThat(found.suspects()).hasSize(2);
        assertThat(found.suspects().get(0)).isEqualTo(new Suspect(8, 1, 0, 0.1 - 0.9));
        assertThat(found.suspects().get(1)).isEqualTo(new Suspect(3, 0, 1, 0.2 - 0.8));
        assertThat(found.disagreements()).isEqualTo(2);
        assertThat(found.meanOfGiven()).isCloseTo((3.15 + 2.3) / 9, within(1e-12));
        assertThat(found.looksInSample()).isFalse();
    }

    @Test
    void aThresholdIsReachedFromJustBelow() throws IOException {
        // The thresholds are 0.7 and 0.6; the last example misses that of class 1 by 5e-7 or by 2e-6.
        for (double miss : new double[] {5e-7, 2e-6}) {
            double near = 0.6 - miss;
            double[] p = {0.7, 0.3, 0.7, 0.3, 0.4, 0.6, 0.4, 0.6, 1 - near, near};
            int[] given = {0, 0, 1, 1, 0};
            double t0 = (0.7 + 0.7 + 1 - near) / 3;
            ConfidentLearning found = ConfidentLearning.of(given, Probabilities.of(p, 2), Method.JOINT);
            assertThat(found.thresholds()[0]).isCloseTo(t0, within(1e-12));
            assertThat(found.joint().count(0, 1)).isEqualTo(miss < 1e-6 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void doesWhatTheSlowTwinDoes(Method method) throws IOException {
        for (long seed = 1; seed <= 12; seed++) {
            int classes = 2 + (int) seed;
            NoisyData data = new NoisyData(40 * (int) seed, classes, Math.max(2, classes - (int) seed % 3), 0.3, seed);
            SlowTwin slow = new SlowTwin(data.given, data.p);
            ConfidentLearning found = ConfidentLearning.of(data.given, data.probabilities(), method);
            assertThat(found.thresholds()).containsExactly(slow.thresholds, within(1e-12));
            assertThat(found.noise()).isCloseTo(slow.noise, within(1e-12));
            for (int a = 0; a < classes; a++) {
                assertThat(found.joint().row(a)).containsExactly(slow.share[a], within(1e-12));
                for (int b = 0; b < classes; b++) {
                    assertThat(found.joint().count(a, b)).isEqualTo((int) slow.counts[a][b]);
                }
            }
            assertThat(indices(found)).isEqualTo(slow.picked(method)).isNotEmpty();
            for (Suspect s : found.suspects()) {
                assertThat(s.given()).isEqualTo(data.given[s.index()]);
                assertThat(s.suggested()).isEqualTo(slow.suggested(s.index(), method));
                assertThat(s.margin()).isCloseTo(slow.margin(s.index()), within(1e-12));
            }
            assertThat(found.suspects()).isSortedAccordingTo((s, t) -> Double.compare(s.margin(), t.margin()));
        }
    }

    @Test
    void whatWasMadeWrongIsFound() throws IOException {
        NoisyData data = new NoisyData(20_000, 5, 5, 0.25, 3);
        ConfidentLearning found = ConfidentLearning.of(data.given, data.probabilities(), Method.PBNR);
        long right = found.suspects().stream()
                .filter(s -> data.truth[s.index()] != s.given() && data.truth[s.index()] == s.suggested())
                .count();
        assertThat(found.noise()).isBetween(0.15, 0.3);
        assertThat((double) right / found.suspects().size()).isGreaterThan(0.75);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void otherOrderOfRowsOtherOrderOfSuspectsAndNoMore(Method method) throws IOException {
        NoisyData data = new NoisyData(500, 6, 6, 0.3, 5);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(9));
        int[] given = new int[500];
        double[][] p = new double[500][];
        for (int i = 0; i < 500; i++) {
            given[i] = data.given[order.get(i)];
            p[i] = data.p[order.get(i)];
        }
        ConfidentLearning straight = ConfidentLearning.of(data.given, data.probabilities(), method);
        ConfidentLearning shuffled = ConfidentLearning.of(given, Probabilities.of(NoisyData.flat(p), 6), method);
        List<Suspect> back = shuffled.suspects().stream()
                .map(s -> new Suspect(order.get(s.index()), s.given(), s.suggested(), s.margin()))
                .toList();
        assertThat(back).isEqualTo(straight.suspects());
        assertThat(shuffled.noise()).isEqualTo(straight.noise());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void otherNamesOfClassesNameTheSameSuspects(Method method) throws IOException {
        int classes = 3;
        int[] name = {2, 0, 1};
        int compared = 0;
        for (int seed = 1; seed <= 30; seed++) {
            NoisyData data = new NoisyData(2000, classes, classes, 0.3, seed);
            ConfidentLearning one = ConfidentLearning.of(data.given, data.probabilities(), method);
            if (hasEqualCells(one.joint())) {
                // Of equal cells the first is rounded up, and which is the first depends on the names.
                continue;
            }
            compared++;
            int[] given = Arrays.stream(data.given).map(y -> name[y]).toArray();
            double[][] p = new double[data.given.length][classes];
            for (int i = 0; i < p.length; i++) {
                for (int k = 0; k < classes; k++) {
                    p[i][name[k]] = data.p[i][k];
                }
            }
            ConfidentLearning other = ConfidentLearning.of(given, Probabilities.of(NoisyData.flat(p), classes), method);
            List<Suspect> renamed = one.suspects().stream()
                    .map(s -> new Suspect(s.index(), name[s.given()], name[s.suggested()], s.margin()))
                    .toList();
            assertThat(other.suspects()).isEqualTo(renamed);
            assertThat(other.noise()).isCloseTo(one.noise(), within(1e-12));
            for (int a = 0; a < classes; a++) {
                for (int b = 0; b < classes; b++) {
                    assertThat(other.joint().share(name[a], name[b]))
                            .isEqualTo(one.joint().share(a, b));
                }
            }
        }
        assertThat(compared).isGreaterThan(3);
    }

    private static boolean hasEqualCells(ConfidentJoint joint) {
        for (int a = 0; a < joint.classes(); a++) {
            Set<Integer> counts = new TreeSet<>();
            for (int b = 0; b < joint.classes(); b++) {
                if (b != a && !counts.add(joint.count(a, b))) {
                    return true;
                }
            }
        }
        return false;
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void perfectLabelsGiveNoSuspectAndNoNoise(Method method) throws IOException {
        int[] given = new int[300];
        double[] p = new double[300 * 3];
        for (int i = 0; i < 300; i++) {
            given[i] = i % 3;
            double sure = 0.6 + 0.001 * i;
            Arrays.fill(p, 3 * i, 3 * i + 3, (1 - sure) / 2);
            p[3 * i + given[i]] = sure;
        }
        ConfidentLearning found = ConfidentLearning.of(given, Probabilities.of(p, 3), method);
        assertThat(found.suspects()).isEmpty();
        assertThat(found.noise()).isZero();
        assertThat(found.looksInSample()).isFalse();
    }

    @Test
    void aModelThatKnowsTheLabelsIsNoticed() throws IOException {
        float[] p = new float[400];
        int[] given = new int[200];
        for (int i = 0; i < 200; i++) {
            given[i] = i % 2;
            p[2 * i + i % 2] = 0.9995f;
            p[2 * i + 1 - i % 2] = 0.0005f;
        }
        assertThat(ConfidentLearning.of(given, Probabilities.of(p, 2), Method.PBNR)
                        .looksInSample())
                .isTrue();
    }

    @Test
    void thousandsOfClassesMostOfThemWithoutExamples() throws IOException {
        NoisyData data = new NoisyData(600, 3000, 40, 0.2, 2);
        for (double[] row : data.p) {
            double rest = 0;
            for (int k = 0; k < row.length; k++) {
                row[k] = k < 40 ? row[k] + 0.001 : row[k] * 1e-3;
                rest += row[k];
            }
            for (int k = 0; k < row.length; k++) {
                row[k] /= rest;
            }
        }
        SlowTwin slow = new SlowTwin(data.given, data.p);
        ConfidentLearning found = ConfidentLearning.of(data.given, data.probabilities(), Method.BOTH);
        assertThat(indices(found)).isEqualTo(slow.picked(Method.BOTH)).isNotEmpty();
        assertThat(found.thresholds()[2999]).isGreaterThan(1);
        assertThat(found.joint().count(2999, 2999)).isOne();
        assertThat(found.joint().share(2999, 2999)).isZero();
    }

    @Test
    void aClassKeepsAtLeastOneExample() throws IOException {
        // Both examples of class 1 look like class 0 or 2 to a model that is sure.
        double[] p = {0.9, 0.05, 0.05, 0.8, 0.1, 0.1, 0.95, 0.03, 0.02, 0.03, 0.02, 0.95, 0.1, 0.1, 0.8, 0.05, 0.05, 0.9
        };
        int[] given = {0, 0, 1, 1, 2, 2};
        ConfidentLearning found = ConfidentLearning.of(given, Probabilities.of(p, 3), Method.PBNR);
        // Counts 1, 1 and the 1 of the diagonal for two examples: each cell two thirds, the diagonal rounded up first.
        assertThat(found.joint().row(1)).containsExactly(new double[] {2.0 / 18, 2.0 / 18, 2.0 / 18}, within(1e-12));
        assertThat(indices(found)).containsExactly(2);
    }

    @Test
    void everyClassKeepsAnExampleWhateverTheGuesses() {
        Random random = new Random(6);
        for (int round = 0; round < 500; round++) {
            int size = 1 + random.nextInt(30);
            int[] guess = new int[size];
            for (int i = 0; i < size; i++) {
                guess[i] = random.nextInt(5) - 1;
                guess[i] = guess[i] == 0 ? 3 : guess[i];
            }
            int[] estimates = ConfidentJoint.of(new int[size], guess, new int[] {size, 0, 0, 0})
                    .estimates();
            assertThat(estimates[0]).isPositive();
            assertThat(Arrays.stream(estimates).sum()).isEqualTo(size);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 1 0   | 0.5 0.5 0.5 0.5             | found 3 labels and probabilities of 2 examples",
                "0 2     | 0.5 0.5 0.5 0.5             | label 2 of example 1, wanted 0 to 1",
                "0 1     | 0.5 0.5 1.5 -0.5            | probability 1.500 of class 0 for example 1, wanted 0 to 1",
                "0 1     | 0.5 0.5 NaN 0.5             | probability NaN of class 0 for example 1",
                "0 1     | 0.5 0.5 0.5 Infinity        | probability Infinity of class 1 for example 1",
                "0 1     | 0.5 0.5 0.9 0.9             | probabilities of example 1 sum to 1.800, wanted about 1",
            })
    void whatIsWrongIsSaidInOneLine(String labels, String numbers, String said) {
        int[] given = Arrays.stream(labels.strip().split(" +", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        double[] p = Arrays.stream(numbers.strip().split(" +", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThatThrownBy(() -> ConfidentLearning.of(given, Probabilities.of(p, 2), Method.PBNR))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(said)
                .message()
                .hasLineCount(1);
    }

    @Test
    void oneColumnAndNoExampleAreRefused() {
        assertThatThrownBy(() ->
                        ConfidentLearning.of(new int[2], Probabilities.of(new double[] {0.5, 0.5}, 1), Method.PBNR))
                .hasMessageContaining("np.column_stack([1 - p, p])");
        assertThatThrownBy(() -> ConfidentLearning.of(new int[0], Probabilities.of(new double[0], 2), Method.PBNR))
                .hasMessageContaining("found no examples");
    }

    @Test
    void progressRunsFromNothingToOne() throws IOException {
        NoisyData data = new NoisyData(30_000, 4, 4, 0.1, 4);
        List<Double> shares = new ArrayList<>();
        ConfidentLearning.of(data.given, data.probabilities(), Method.PBNR, shares::add);
        assertThat(shares).isSorted().hasSizeGreaterThan(6).endsWith(1.0);
    }
}
