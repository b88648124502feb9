package dev.auscult.repair.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;

import dev.auscult.repair.experiment.Trace.Ending;
import org.junit.jupiter.api.Test;

/** One training is better than another by an effect that matters and with evidence, or not at all. */
class ComparingTest {
    private static final Ending ENDING = new Ending(new double[0], new double[0], new double[0]);

    /** 90 steps from 1, where guessing is, to an end, with normal noise. */
    private static Trace trace(double end, double noise, long seed) {
        Random random = new Random(seed);
        double[] losses = IntStream.range(0, 90)
                .mapToDouble(i -> Math.max(end, 1 - i / 30.0) + noise * random.nextGaussian())
                .toArray();
        return new Trace(losses, true, 1, 0, ENDING);
    }

    @Test
    void theStandardErrorIsThatOfTheMean() {
        assertThat(Comparing.standardError(new double[] {1, 2, 3, 4})).isCloseTo(Math.sqrt(5.0 / 3 / 4), within(1e-12));
        assertThat(Comparing.standardError(new double[] {1})).isInfinite();
    }

    @Test
    void aQuarterLessIsBetterAndTheOtherWayRoundWorse() {
        assertThat(Comparing.outcome(trace(0.4, 0.01, 1), trace(0.3, 0.01, 2), false))
                .isEqualTo("better");
        assertThat(Comparing.outcome(trace(0.3, 0.01, 1), trace(0.4, 0.01, 2), false))
                .isEqualTo("worse");
    }

    @Test
    void aClearDifferenceThatDoesNotMatterIsNone() {
        assertThat(Comparing.outcome(trace(0.4, 0, 1), trace(0.38, 0, 1), true)).isEqualTo("same");
    }

    @Test
    void aLargeDifferenceThatDrownsInNoiseIsNone() {
        assertThat(Comparing.outcome(trace(0.4, 1, 1), trace(0.3, 1, 2), false)).isIn("same", "neither-learns");
    }

    @Test
    void noiseThatIsCommonToBothIsLeftOut() {
        assertThat(Comparing.outcome(trace(0.4, 0.5, 1), trace(0.3, 0.5, 1), true))
                .isEqualTo("better");
    }

    @Test
    void equalTrainingsDifferRarely() {
        long differ = IntStream.range(0, 500)
                .filter(i -> !Comparing.outcome(trace(0.3, 0.2, i), trace(0.3, 0.2, i + 1000), false)
                        .equals("same"))
                .count();
        assertThat(differ).isLessThanOrEqualTo(10);
    }

    @Test
    void whereNeitherIsBetterThanGuessingNeitherLearns() {
        assertThat(Comparing.outcome(trace(0.98, 0.01, 1), trace(0.97, 0.01, 2), false))
                .isEqualTo("neither-learns");
    }

    @Test
    void whatDivergesIsWorseThanWhatDoesNotAndTwoThatDivergeAreAlike() {
        Trace sound = trace(0.5, 0.01, 1);
        Trace infinite = new Trace(new double[] {1, 50, 1e30}, false, 1, 0, Ending.NOT_FINITE);
        Trace huge = new Trace(new double[] {1, 50, 1e30}, true, 1, 0, ENDING);
        for (Trace diverged : new Trace[] {infinite, huge}) {
            assertThat(Comparing.outcome(diverged, sound, true)).isEqualTo("better");
            assertThat(Comparing.outcome(sound, diverged, true)).isEqualTo("worse");
        }
        assertThat(Comparing.outcome(infinite, huge, true)).isEqualTo("neither-learns");
    }
}
