package dev.auscult.data.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.auscult.data.profile.FrameMaker;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import org.junit.jupiter.api.Test;

class TargetLeakTest {
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void aCopyInOtherWordsIsACopy() {
        String[] label = IntStream.range(0, 200)
                .mapToObj(i -> random.nextInt(3) == 0 ? "1" : "0")
                .toArray(String[]::new);
        String[] alive =
                Arrays.stream(label).map(l -> l.equals("1") ? "yes" : "no").toArray(String[]::new);
        double[] noise = random.doubles(200).toArray();
        List<Observation> seen = TargetLeak.observe(
                FrameMaker.train()
                        .categories("alive", alive)
                        .numeric("noise", noise)
                        .target("classification")
                        .categories("survived", label)
                        .make(),
                Progress.SILENT);
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).columns()).containsExactly("alive");
        assertThat(seen.get(0).get("score")).isEqualTo(1);
        assertThat(seen.get(0).get("copy")).isEqualTo(1);
        assertThat(seen.get(0).get("p-value")).isLessThan(1e-20);
        assertThat(seen.get(1).get("copy")).isZero();
        assertThat(seen.get(1).get("score")).isLessThan(0.2);
    }

    @Test
    void eachRowIsPredictedFromOthers() {
        // Every value occurs once: nothing can be learned of it, though it "determines" the label.
        double[] unique = IntStream.range(0, 100).mapToDouble(i -> 0.37 * i % 1).toArray();
        String[] label = IntStream.range(0, 100)
                .mapToObj(i -> random.nextBoolean() ? "a" : "b")
                .toArray(String[]::new);
        Observation seen = TargetLeak.observe(
                        FrameMaker.train()
                                .numeric("unique", unique)
                                .target("classification")
                                .categories("y", label)
                                .make(),
                        Progress.SILENT)
                .get(0);
        assertThat(seen.get("score")).isLessThan(0.3);
    }

    @Test
    void theErrorOfAGroupIsCountedWithoutTheRowItself() {
        // Value 0: labels a a b; value 1: labels b b. Left out in turn, a and a are guessed right (tie to the first), b
        // of the
        // first group wrong, both of the second right.
        Observation seen = TargetLeak.observe(
                        FrameMaker.train()
                                .numeric("x", 0.5, 0.5, 0.5, 1, 1, 0.5, 0.5, 0.5, 1, 1)
                                .target("classification")
                                .categories("y", "a", "a", "b", "b", "b", "a", "a", "b", "b", "b")
                                .make(),
                        Progress.SILENT)
                .get(0);
        assertThat(seen.get("error")).isCloseTo(0.2, within(1e-12));
        assertThat(seen.get("baseline")).isCloseTo(0.4, within(1e-12));
        assertThat(seen.get("score")).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void aNumberIsPredictedFromItsNeighboursWhateverItsScale() {
        double[] y = random.doubles(500).toArray();
        double[] copy = Arrays.stream(y).map(v -> Math.exp(9 * v)).toArray();
        double[] vague =
                Arrays.stream(y).map(v -> v + 0.3 * random.nextGaussian()).toArray();
        List<Observation> seen = TargetLeak.observe(
                FrameMaker.train()
                        .numeric("vague", vague)
                        .numeric("copy", copy)
                        .target("regression")
                        .numeric("y", y)
                        .make(),
                Progress.SILENT);
        assertThat(seen.get(0).columns()).containsExactly("copy");
        assertThat(seen.get(0).get("score")).isGreaterThan(0.9999);
        assertThat(seen.get(1).get("score")).isBetween(0.1, 0.6);
    }
}
