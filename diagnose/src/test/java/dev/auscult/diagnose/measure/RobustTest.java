package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

class RobustTest {
    @Test
    void quantilesAreThoseOfTypeSeven() {
        double[] values = {4, Double.NaN, 1, 3, 2, Double.POSITIVE_INFINITY};
        assertThat(Robust.median(values)).isEqualTo(2.5);
        assertThat(Robust.quantile(values, 0)).isEqualTo(1);
        assertThat(Robust.quantile(values, 1)).isEqualTo(4);
        assertThat(Robust.quantile(values, 0.25)).isCloseTo(1.75, within(1e-12));
        assertThat(Robust.median(new double[] {Double.NaN})).isNaN();
    }

    @Test
    void scaleAndNoiseEstimateTheStandardDeviationOfNormalNoise() {
        SplittableRandom random = new SplittableRandom(11);
        double[] flat =
                random.doubles(20_000).map(u -> 0.3 * random.nextGaussian()).toArray();
        double[] onATrend = flat.clone();
        for (int i = 0; i < onATrend.length; i++) {
            onATrend[i] += 100 - 0.5 * i;
        }
        assertThat(Robust.scale(flat)).isCloseTo(0.3, within(0.01));
        assertThat(Robust.noise(flat)).isCloseTo(0.3, within(0.01));
        assertThat(Robust.noise(onATrend)).isCloseTo(0.3, within(0.01));
    }

    @Test
    void aFewWildPointsDoNotMoveThem() {
        SplittableRandom random = new SplittableRandom(5);
        double[] values = random.doubles(1000).map(u -> random.nextGaussian()).toArray();
        double clean = Robust.noise(values);
        for (int i = 0; i < 30; i++) {
            values[random.nextInt(values.length)] = 1e9;
        }
        assertThat(Robust.noise(values)).isCloseTo(clean, within(0.2 * clean));
        assertThat(Robust.scale(values)).isCloseTo(1, within(0.15));
    }

    @Test
    void theTrendIsTheMedianOfAllPairwiseSlopes() {
        double[] y = {1, 2, 4, 3, 5, 6, 50, 8, 9};
        double[] slopes = new double[y.length * (y.length - 1) / 2];
        int k = 0;
        for (int i = 0; i < y.length; i++) {
            for (int j = i + 1; j < y.length; j++) {
                slopes[k++] = (y[j] - y[i]) / (j - i);
            }
        }
        Arrays.sort(slopes);
        assertThat(Trend.of(y).slope()).isCloseTo(slopes[slopes.length / 2], within(1e-12));
        assertThat(Trend.of(y).rises()).isTrue();
    }

    @Test
    void mannKendallMatchesAPublishedFormulaOnTies() {
        // S = 6 for 1 2 3 4; Var = 4·3·13/18 = 8.667; z = 5/√8.667 (Kendall, 1975).
        assertThat(Trend.of(new double[] {1, 2, 3, 4}).z()).isCloseTo(5 / Math.sqrt(4 * 3 * 13 / 18.0), within(1e-12));
        assertThat(Trend.of(new double[] {2, 2, 2, 2}).z()).isZero();
    }

    @Test
    void pureNoiseHasNoTrendInAboutNinetyNineOfAHundred() {
        SplittableRandom random = new SplittableRandom(23);
        int alarms = 0;
        for (int repeat = 0; repeat < 1000; repeat++) {
            double[] y = random.doubles(50).map(u -> random.nextGaussian()).toArray();
            Trend trend = Trend.of(y);
            alarms += trend.rises() || trend.falls() ? 1 : 0;
        }
        assertThat(alarms).isBetween(1, 25);
    }

    @Test
    void aLongCurveHasTheSlopeOfItsPoints() {
        double[] y = new double[10_000];
        Arrays.setAll(y, i -> 7 - 0.001 * i);
        assertThat(Trend.of(y).slope()).isCloseTo(-0.001, within(1e-6));
        assertThat(Trend.of(y).falls()).isTrue();
    }
}
