package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import dev.auscult.data.DataSettings.Validation;
import dev.auscult.data.Splitter.Known;
import dev.auscult.data.Splitter.Parts;
import dev.auscult.data.error.DataException;
import org.junit.jupiter.api.Test;

/** What must hold for every split, over many random ones. */
class SplitterTest {
    private static Validation fraction(double share, boolean stratified) {
        return new Validation(share, stratified, null, 0, 0, null, null);
    }

    private static Validation fold(int folds, int fold, boolean stratified) {
        return new Validation(0.2, stratified, null, folds, fold, null, null);
    }

    private static void requirePartition(Parts parts, int size) {
        int[] all = IntStream.concat(Arrays.stream(parts.training), Arrays.stream(parts.validation))
                .sorted()
                .toArray();
        assertThat(all).isEqualTo(IntStream.range(0, size).toArray());
        assertThat(parts.training).isSorted().isNotEmpty();
        assertThat(parts.validation).isSorted().isNotEmpty();
    }

    @Test
    void aStratifiedSplitKeepsSharesWithinOneExample() {
        Random random = new Random(5);
        for (int trial = 0; trial < 200; trial++) {
            int size = 20 + random.nextInt(300);
            int[] classes = random.ints(size, 0, 1 + random.nextInt(6)).toArray();
            double share = 0.05 + 0.5 * random.nextDouble();
            Parts parts = Splitter.split(new Known(size, classes, null, null), fraction(share, true), trial);
            requirePartition(parts, size);
            int held = (int) Math.ceil(size * share - 1e-9);
            long several = IntStream.range(0, 6)
                    .filter(k -> Arrays.stream(classes).filter(c -> c == k).count() == 1)
                    .count();
            if (several == 0) {
                assertThat(parts.validation).hasSize(held);
            }
            for (int k = 0; k < 6; k++) {
                int wanted = k;
                long all = Arrays.stream(classes).filter(c -> c == wanted).count();
                long out = Arrays.stream(parts.validation)
                        .filter(i -> classes[i] == wanted)
                        .count();
                assertThat((double) out)
                        .isBetween(all * (double) held / size - 1.0001, all * (double) held / size + 1.0001);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSamePartsAndAnotherSeedOthers() {
        Known known = new Known(500, null, null, null);
        Parts first = Splitter.split(known, fraction(0.2, false), 11);
        assertThat(Splitter.split(known, fraction(0.2, false), 11).validation).isEqualTo(first.validation);
        assertThat(Splitter.split(known, fraction(0.2, false), 12).validation).isNotEqualTo(first.validation);
    }

    @Test
    void aClassWithOneExampleIsLearnt() {
        int[] classes = new int[50];
        classes[17] = 1;
        for (int seed = 0; seed < 40; seed++) {
            assertThat(Splitter.split(new Known(50, classes, null, null), fraction(0.4, true), seed).training)
                    .contains(17);
        }
    }

    @Test
    void groupsAreNeverOnBothSides() {
        Random random = new Random(6);
        for (int trial = 0; trial < 100; trial++) {
            int size = 30 + random.nextInt(200);
            int[] groups = IntStream.range(0, size)
                    .map(i -> i % 7 == 0 ? 0 : random.nextInt(9) + 1)
                    .toArray();
            int[] dense = renumber(groups);
            Known known = new Known(size, null, dense, null);
            Parts parts = Splitter.split(known, fraction(0.3, true), trial);
            requirePartition(parts, size);
            assertThat(groupsOf(dense, parts.training)).doesNotContainAnyElementsOf(groupsOf(dense, parts.validation));
            assertThat(Math.abs(parts.validation.length - 0.3 * size)).isLessThan(0.25 * size);
            boolean[] seen = new boolean[size];
            for (int f = 0; f < 3; f++) {
                Parts fold = Splitter.split(known, fold(3, f, true), trial);
                requirePartition(fold, size);
                assertThat(groupsOf(dense, fold.training))
                        .doesNotContainAnyElementsOf(groupsOf(dense, fold.validation));
                for (int i : fold.validation) {
                    assertThat(seen[i]).isFalse();
                    seen[i] = true;
                }
            }
            assertThat(seen).doesNotContain(false);
        }
    }

    private static int[] renumber(int[] groups) {
        int[] sorted = Arrays.stream(groups).distinct().sorted().toArray();
        return Arrays.stream(groups).map(g -> Arrays.binarySearch(sorted, g)).toArray();
    }

    private static Set<Integer> groupsOf(int[] groups, int[] examples) {
        Set<Integer> found = new HashSet<>();
        for (int i : examples) {
            found.add(groups[i]);
        }
        return found;
    }

    @Test
    void validationIsLaterThanTraining() {
        Random random = new Random(7);
        for (int trial = 0; trial < 100; trial++) {
            int size = 20 + random.nextInt(100);
            double[] times = random.ints(size, 0, 60).asDoubleStream().toArray();
            Parts parts;
            try {
                parts = Splitter.split(new Known(size, null, null, times), fraction(0.25, true), trial);
            } catch (DataException allOfOneMoment) {
                continue;
            }
            requirePartition(parts, size);
            double last = Arrays.stream(parts.training)
                    .mapToDouble(i -> times[i])
                    .max()
                    .orElseThrow();
            double first = Arrays.stream(parts.validation)
                    .mapToDouble(i -> times[i])
                    .min()
                    .orElseThrow();
            assertThat(last).isLessThan(first);
        }
    }

    @Test
    void foldsInTimeAreJudgedByWhatCameBefore() {
        double[] times =
                IntStream.range(0, 100).mapToDouble(i -> (i * 37) % 100).toArray();
        for (int f = 0; f < 4; f++) {
            Parts parts = Splitter.split(new Known(100, null, null, times), fold(4, f, false), 1);
            assertThat(parts.validation).hasSize(20);
            assertThat(parts.training).hasSize(20 * (f + 1));
            double last = Arrays.stream(parts.training)
                    .mapToDouble(i -> times[i])
                    .max()
                    .orElseThrow();
            double first = Arrays.stream(parts.validation)
                    .mapToDouble(i -> times[i])
                    .min()
                    .orElseThrow();
            assertThat(last).isLessThan(first);
        }
    }

    @Test
    void foldsAreDisjointCompleteAndEven() {
        int[] classes = new Random(8).ints(103, 0, 3).toArray();
        for (boolean stratified : new boolean[] {true, false}) {
            boolean[] seen = new boolean[103];
            for (int f = 0; f < 5; f++) {
                Parts parts = Splitter.split(new Known(103, classes, null, null), fold(5, f, stratified), 3);
                requirePartition(parts, 103);
                assertThat(parts.validation.length).isBetween(20, 21);
                for (int k = 0; k < 3 && stratified; k++) {
                    int wanted = k;
                    double share =
                            Arrays.stream(classes).filter(c -> c == wanted).count() / 5.0;
                    assertThat((double) Arrays.stream(parts.validation)
                                    .filter(i -> classes[i] == wanted)
                                    .count())
                            .isBetween(share - 1, share + 1);
                }
                for (int i : parts.validation) {
                    assertThat(seen[i]).isFalse();
                    seen[i] = true;
                }
            }
            assertThat(seen).doesNotContain(false);
        }
    }

    @Test
    void whatCannotBeSplitIsSaidInOneLine() {
        Known ten = new Known(10, null, null, null);
        assertThatThrownBy(() -> Splitter.split(ten, fraction(1, true), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("fraction is 1.0");
        assertThatThrownBy(() -> Splitter.split(ten, fold(11, 0, true), 1)).hasMessageContaining("2 to 10");
        assertThatThrownBy(() -> Splitter.split(ten, fold(5, 5, true), 1)).hasMessageContaining("0 to 4");
        assertThatThrownBy(() -> Splitter.split(new Known(1, null, null, null), fraction(0.2, true), 1))
                .hasMessageContaining("at least 2");
        assertThatThrownBy(() -> Splitter.split(new Known(3, null, new int[3], null), fraction(0.2, true), 1))
                .hasMessageContaining("1 different group");
        assertThatThrownBy(() -> Splitter.split(new Known(3, null, null, new double[3]), fraction(0.2, true), 1))
                .hasMessageContaining("one moment");
    }

    @Test
    void classesOfSingleExamplesAreSplitAtRandomAndNotLeftWithoutValidation() {
        int[] classes = IntStream.range(0, 10).toArray();
        Parts parts = Splitter.split(new Known(10, classes, null, null), fraction(0.2, true), 1);
        requirePartition(parts, 10);
        assertThat(parts.validation).hasSize(2);
        assertThat(parts.how).startsWith("at random (too many classes");
        assertThatThrownBy(() -> Splitter.split(new Known(2, new int[] {0, 1}, null, null), fraction(0.2, true), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there are 2 examples, each of a class of its own");
    }
}
