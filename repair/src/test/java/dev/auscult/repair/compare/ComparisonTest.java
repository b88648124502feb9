package dev.auscult.repair.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;

/** A figure before and after, over matched seeds. */
class ComparisonTest {
    private static final double NAN = Double.NaN;

    @Test
    void theEffectIsTheMeanGainByItsDeviation() {
        Comparison c =
                Comparison.of("validation/accuracy", true, new double[] {.5, .6, .55}, new double[] {.6, .8, .7});
        assertThat(c.gain()).isCloseTo(0.15, within(1e-12));
        assertThat(c.effect()).isCloseTo(3, within(1e-9));
        assertThat(c.p()).isEqualTo(0.125);
    }

    @Test
    void anErrorIsBetterWhereItIsLower() {
        Comparison c = Comparison.of("validation/rmse", false, new double[] {5, 6}, new double[] {2, 2});
        assertThat(c.gain()).isEqualTo(3.5);
        assertThat(c.reversed(OptionalDouble.empty()).gain()).isEqualTo(-3.5);
    }

    @Test
    void aTrainingThatCameToNothingCountsAsTheWorst() {
        Comparison mended = Comparison.of(
                "validation/accuracy",
                true,
                new double[] {NAN, NAN, 0.2, NAN, NAN},
                new double[] {.9, .9, .9, .9, .9},
                OptionalDouble.of(0));
        assertThat(mended.p()).isEqualTo(0.03125);
        assertThat(mended.gain()).isCloseTo(0.86, within(1e-12));
        Comparison broken = Comparison.of(
                "validation/rmse", false, new double[] {1, 2, 1, 2, 1}, new double[] {.5, .5, .5, .5, NAN});
        assertThat(broken.p()).isGreaterThan(0.05);
        Comparison neither = Comparison.of("validation/rmse", false, new double[] {NAN}, new double[] {NAN});
        assertThat(neither.p()).isEqualTo(1);
        assertThat(neither.gain()).isZero();
    }

    @Test
    void whatIsBeyondTheWorstIsNotToldApart() {
        Comparison c = Comparison.of(
                "validation/r2",
                true,
                new double[] {-1e30, -2, -1.5, -9, -3},
                new double[] {.5, .5, .5, .5, .5},
                OptionalDouble.of(-1));
        assertThat(c.gain()).isEqualTo(1.5);
        assertThat(c.effect()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void theTestIsTheSameWhicheverSideDiverged() {
        double[] a = {1, NAN, 3, 2};
        double[] b = {2, 1, NAN, 4};
        Comparison there = Comparison.of("m", true, a, b);
        Comparison back = Comparison.of("m", true, b, a);
        assertThat(there.gain()).isEqualTo(-back.gain());
    }

    @Test
    void onlyPairsAreCompared() {
        assertThatThrownBy(() -> Comparison.of("m", true, new double[1], new double[2]))
                .hasMessageContaining("1 figures before and 2 after");
    }
}
