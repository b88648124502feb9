package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;

class CurveTest {
    private static Curve curve(Split split, int n, int every, double epochEvery, IntToDoubleFunction f) {
        RunBuilder run = Run.builder("r");
        MetricKey key = MetricKey.of(split, Quantity.LOSS, "loss");
        for (int i = 0; i < n; i++) {
            run.series(key).add((long) i * every, i * epochEvery, Double.NaN, f.applyAsDouble(i));
        }
        return Curve.of(run.build().metrics().get(0));
    }

    @Test
    void onlyFinitePointsRemainAndTheOthersAreCounted() {
        Curve curve = curve(Split.TRAIN, 10, 1, Double.NaN, i -> i % 3 == 0 ? Double.NaN : i);
        assertThat(curve.values()).containsExactly(1, 2, 4, 5, 7, 8);
        assertThat(curve.nonFinite()).isEqualTo(4);
    }

    @Test
    void trainingIsAveragedOverTheTimeSinceTheEvaluationBefore() {
        Curve train = curve(Split.TRAIN, 101, 1, Double.NaN, i -> i);
        Curve validation = curve(Split.VALIDATION, 11, 10, Double.NaN, i -> 0);
        double[] aligned = train.alignedTo(validation);
        assertThat(aligned[0]).isZero();
        assertThat(aligned[1]).isCloseTo(5.5, within(1e-12));
        assertThat(aligned[10]).isCloseTo(95.5, within(1e-12));
    }

    @Test
    void seriesOfDifferentCountersAreAlignedByEpoch() {
        Curve train = curve(Split.TRAIN, 100, 50, 0.1, i -> i);
        Curve validation = curve(Split.VALIDATION, 10, 1, 1, i -> 0);
        double[] aligned = train.alignedTo(validation);
        assertThat(aligned[0]).isZero();
        assertThat(aligned[3]).isCloseTo(25.5, within(1e-12));
    }

    @Test
    void seriesOfDifferentCountersWithoutEpochsAreAlignedByTheirShareOfTheRun() {
        Curve train = curve(Split.TRAIN, 1001, 1, Double.NaN, i -> i);
        Curve validation = curve(Split.VALIDATION, 11, 1, Double.NaN, i -> 0);
        assertThat(train.alignedTo(validation)[10]).isCloseTo(950.5, within(1e-9));
    }

    @Test
    void levelsIgnoreASpikeAndBlocksKeepTheMean() {
        Curve curve = curve(Split.TRAIN, 100, 1, Double.NaN, i -> i == 97 ? 1e6 : 2);
        assertThat(curve.endLevel()).isEqualTo(2);
        assertThat(curve.smoothed(2).max()).isEqualTo(2);
        assertThat(Arrays.stream(curve.blockMeans(10)).sum() * 10)
                .isCloseTo(Arrays.stream(curve.values()).sum(), within(1e-6));
    }

    @Test
    void aRunThatLearnedAndWentFlatHasConverged() {
        SplittableRandom random = new SplittableRandom(1);
        IntToDoubleFunction noisy = i -> (0.1 + 2 * Math.exp(-i / 8.0)) * (1 + 0.03 * random.nextGaussian());
        Convergence done = Convergence.of(Optional.of(curve(Split.TRAIN, 100, 1, 1, noisy)), Optional.empty());
        assertThat(done.isConverged()).isTrue();
        Convergence early =
                Convergence.of(Optional.of(curve(Split.TRAIN, 100, 1, 1, i -> 2 - 0.015 * i)), Optional.empty());
        assertThat(early.isConverged()).isFalse();
        Convergence stuck = Convergence.of(Optional.of(curve(Split.TRAIN, 100, 1, 1, i -> 2.3)), Optional.empty());
        assertThat(stuck.flat()).isTrue();
        assertThat(stuck.hasLearned()).isFalse();
    }
}
