package dev.auscult.repair.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The paired sign-flip test against counting. */
class SignFlipTest {
    @Test
    void itGivesWhatCountingByHandGives() {
        assertThat(SignFlip.p(new double[] {.1, .2, .05, .3, .15})).isEqualTo(0.03125);
        assertThat(SignFlip.p(new double[] {.1, -.05, .2, .3, .02})).isEqualTo(0.09375);
        assertThat(SignFlip.p(new double[] {1.5, -2.25, 0.5, 3, 0.25, 1, -0.75, 2}))
                .isEqualTo(0.15625);
        assertThat(SignFlip.p(new double[] {0, 0.1, 0.2, 0, 0.3})).isEqualTo(0.125);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 9, 13})
    void itGivesWhatCountingAllPatternsGives(int pairs) {
        Random random = new Random(pairs);
        for (int trial = 0; trial < 20; trial++) {
            // Eighths, so that sums are exact and patterns tie.
            double[] gains = random.ints(pairs, -8, 9).mapToDouble(i -> i / 8.0).toArray();
            assertThat(SignFlip.p(gains)).isEqualTo(counted(gains));
        }
    }

    private static double counted(double[] gains) {
        double seen = 0;
        for (double gain : gains) {
            seen += gain;
        }
        int atLeast = 0;
        for (int pattern = 0; pattern < 1 << gains.length; pattern++) {
            double sum = 0;
            for (int i = 0; i < gains.length; i++) {
                sum += (pattern >> i & 1) == 0 ? gains[i] : -gains[i];
            }
            atLeast += sum >= seen ? 1 : 0;
        }
        return (double) atLeast / (1 << gains.length);
    }

    @Test
    void manyPairsAreSampledCloseToTheNormalLimit() {
        double[] gains = new double[400];
        for (int i = 0; i < gains.length; i++) {
            gains[i] = i % 20 < 11 ? 1 : -1;
        }
        // 40 of a standard deviation of 20, half a step more for continuity: P(Z ≥ 1.95).
        assertThat(SignFlip.p(gains)).isCloseTo(0.0256, within(0.001)).isEqualTo(SignFlip.p(gains));
    }

    @Test
    void nothingGainedIsNoEvidence() {
        assertThat(SignFlip.p(new double[] {})).isEqualTo(1);
        assertThat(SignFlip.p(new double[] {0, 0, 0})).isEqualTo(1);
        assertThat(SignFlip.p(new double[] {-1, -2, -3})).isEqualTo(1);
    }

    @Test
    void hugeGainsDoNotOverflow() {
        assertThat(SignFlip.p(new double[] {1e308, 1e308, 1e308, 1e-300, 1e308}))
                .isEqualTo(0.0625);
        assertThatThrownBy(() -> SignFlip.p(new double[] {1, Double.NaN})).hasMessageContaining("finite");
    }
}
