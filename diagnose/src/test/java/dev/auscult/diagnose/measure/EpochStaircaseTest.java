package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;

import org.junit.jupiter.api.Test;

class EpochStaircaseTest {
    private static final double[] NOISE = Curves.noise(400, 3);

    private static EpochStaircase of(Curve curve) {
        return EpochStaircase.of(curve, Optional.empty()).orElseThrow();
    }

    @Test
    void stairsAreMeasuredExactlyWithoutNoise() {
        EpochStaircase stairs = of(Curves.loss(20, 80, i -> 2 - 0.3 * Math.floorDiv(i, 20)));
        assertThat(stairs.epochs()).isEqualTo(4);
        assertThat(stairs.borders()).isEqualTo(3);
        assertThat(stairs.drop()).isCloseTo(0.3, within(1e-9));
        assertThat(stairs.drift()).isZero();
        assertThat(stairs.shareAtBorders()).isCloseTo(1, within(1e-9));
        assertThat(stairs.relativeDrop()).isCloseTo(0.45, within(1e-9));
        assertThat(stairs.isStaircase()).isTrue();
    }

    @Test
    void noisyStairsAreStairs() {
        assertThat(of(Curves.loss(50, 200, i -> 2 - 0.3 * Math.floorDiv(i, 50) + 0.1 * NOISE[i]))
                        .isStaircase())
                .isTrue();
    }

    @Test
    void aStraightOrConvexDescentHasNone() {
        assertThat(of(Curves.loss(50, 200, i -> 2 - 0.005 * i)).drop()).isCloseTo(0, within(0.011));
        assertThat(of(Curves.loss(50, 200, i -> 2 / (1 + 0.05 * i) + 0.05 * NOISE[i]))
                        .isStaircase())
                .isFalse();
        assertThat(of(Curves.loss(50, 200, i -> 2 - 0.005 * i + 0.1 * NOISE[i])).isStaircase())
                .isFalse();
    }

    @Test
    void aRunningMeanThatStartsAnewEachEpochIsNotStairs() {
        // Mean of a straight descent since the start of the epoch: half of the fall shows at the border.
        Curve curve = Curves.loss(50, 250, i -> {
            int start = i / 50 * 50;
            return 2 - 0.004 * (start + i) / 2.0 + 0.01 * NOISE[i];
        });
        assertThat(of(curve).shareAtBorders()).isCloseTo(0.5, within(0.1));
        assertThat(of(curve).isStaircase()).isFalse();
    }

    @Test
    void dropsWhereTheLearningRateIsCutAreNotCounted() {
        Curve loss = Curves.loss(20, 80, i -> 2 - 0.3 * Math.floorDiv(i, 20));
        Curve lr = Curves.learningRate(80, i -> Math.pow(0.5, Math.floorDiv(i, 20)));
        assertThat(EpochStaircase.of(loss, Optional.of(lr))).isEmpty();
    }

    @Test
    void anEpochAxisAndThreeEpochsAreNeeded() {
        assertThat(EpochStaircase.of(Curves.loss(80, i -> 1), Optional.empty())).isEmpty();
        assertThat(EpochStaircase.of(Curves.loss(40, 80, i -> 1), Optional.empty()))
                .isEmpty();
    }
}
