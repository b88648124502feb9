package dev.auscult.repair.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class BestOfManyTest {
    @Test
    void aFigureThatOnlyFluctuatesIsNotBetterForTheChoice() {
        SplittableRandom random = new SplittableRandom(7);
        double chosen = 0;
        double allowed = 0;
        int trainings = 400;
        for (int i = 0; i < trainings; i++) {
            double[] values = IntStream.range(0, 40)
                    .mapToDouble(e -> 0.8 + 0.01 * normal(random))
                    .toArray();
            chosen += Arrays.stream(values).max().orElseThrow() - values[values.length - 1];
            allowed += BestOfMany.gain(values);
        }
        assertThat(allowed / trainings).isGreaterThan(chosen / trainings);
        assertThat(allowed / trainings).isCloseTo(0.01 * Math.sqrt(2 * Math.log(40)), within(0.002));
    }

    @Test
    void aTrendIsNoFluctuation() {
        double[] rising = IntStream.range(0, 50).mapToDouble(e -> 1 + 0.1 * e).toArray();
        assertThat(BestOfMany.gain(rising)).isCloseTo(0, within(1e-12));
    }

    @Test
    void whatIsTooShortOrNotFiniteTellsNothing() {
        assertThat(BestOfMany.gain(new double[] {1, 5, 2})).isZero();
        assertThat(BestOfMany.gain(new double[] {1, Double.NaN, 5, Double.POSITIVE_INFINITY, 2}))
                .isZero();
        assertThat(BestOfMany.gain(new double[0])).isZero();
    }

    /** By Box and Muller's transformation. */
    private static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
