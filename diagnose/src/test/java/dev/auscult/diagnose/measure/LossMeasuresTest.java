package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;

import dev.auscult.run.Quantity;
import org.junit.jupiter.api.Test;

class LossMeasuresTest {
    private static final double[] NOISE = Curves.noise(2000, 11);

    private static Curve values(double... v) {
        return Curves.loss(1, v.length, i -> v[i]);
    }

    @Test
    void divergenceIsEndOverLowestLevel() {
        Divergence d = Divergence.of(Curves.loss(100, i -> i < 50 ? 2 - 0.02 * i : 1 + 0.08 * (i - 50)));
        assertThat(d.lowest()).isCloseTo(1, within(0.1));
        assertThat(d.end()).isCloseTo(4.56, within(0.01));
        assertThat(d.isDiverged(3)).isTrue();
        assertThat(d.isDiverged(6)).isFalse();
    }

    @Test
    void divergenceDoesNotDependOnTheUnitOfTheLoss() {
        for (double unit : new double[] {1e-6, 1, 1e6}) {
            Divergence d = Divergence.of(Curves.loss(100, i -> unit * (i < 50 ? 2 - 0.02 * i : 1 + 0.08 * (i - 50))));
            assertThat(d.ratio()).isCloseTo(4.38, within(0.2));
            assertThat(d.isDiverged(3)).isTrue();
        }
    }

    @Test
    void aLastHighPointIsNoDivergence() {
        assertThat(Divergence.of(values(2, 1, 0.5, 0.4, 0.4, 0.4, 0.4, 9)).isDiverged(3))
                .isFalse();
    }

    @Test
    void aSignedLossDivergesByTheShareOfItsDescent() {
        Divergence back = Divergence.of(Curves.loss(60, i -> i < 30 ? 10 - i : -20 + 0.8 * (i - 30)));
        assertThat(back.undone()).isCloseTo(0.7, within(0.1));
        assertThat(back.isDiverged(3)).isTrue();
    }

    @Test
    void movesAreCountedOneByOne() {
        Oscillation o = Oscillation.of(values(1, 2, 1, 2, 1, 2, 1, 2, 1), 0.3).orElseThrow();
        assertThat(o.moves()).isEqualTo(8);
        assertThat(o.big()).isEqualTo(8);
        assertThat(o.lateUp()).isEqualTo(2);
        assertThat(o.typical()).isCloseTo(1, within(1e-9));
        assertThat(o.isUndamped(0.25)).isTrue();
    }

    @Test
    void aDescentHasBigMovesButDoesNotOscillate() {
        Oscillation o =
                Oscillation.of(Curves.loss(1, 20, i -> Math.pow(0.5, i)), 0.3).orElseThrow();
        assertThat(o.isUndamped(0.25)).isFalse();
    }

    @Test
    void spikesAreFoundWhereTheyWerePut() {
        Curve curve = Curves.loss(
                500, i -> (2 * Math.exp(-i / 50.0) + 0.3) * (1 + 0.03 * NOISE[i]) * (i == 200 || i == 350 ? 5 : 1));
        List<Spikes.Spike> spikes = Spikes.of(curve, 2);
        assertThat(spikes).extracting(Spikes.Spike::at).containsExactly(200, 350);
        assertThat(spikes).allMatch(Spikes.Spike::recovered);
        assertThat(spikes.get(0).ratio()).isCloseTo(5, within(0.6));
    }

    @Test
    void heavyTailsAreNotSpikes() {
        // exponential noise: the largest of 1000 is seven times the mean
        Curve curve = Curves.loss(1000, i -> {
            double chi = NOISE[i] * NOISE[i] + NOISE[i + 1000] * NOISE[i + 1000];
            return 0.2 + chi / 2;
        });
        assertThat(Spikes.of(curve, 2)).isEmpty();
    }

    @Test
    void aStraightLineIsStraightAndAnExponentialIsNot() {
        Descent line = Descent.of(Curves.loss(60, i -> 3 - 0.02 * i));
        assertThat(line.linearity()).isCloseTo(1, within(1e-9));
        assertThat(line.relativeFall()).isCloseTo(0.8 / 2.81, within(1e-9));
        assertThat(line.isStraight()).isTrue();
        assertThat(Descent.of(Curves.loss(60, i -> 3 * Math.exp(-i / 10.0))).isStraight())
                .isFalse();
    }

    @Test
    void epochMeansAreTheMeansOfTheEpochs() {
        Curve means = Cadence.epochMeans(Curves.loss(4, 12, i -> i)).orElseThrow();
        assertThat(means.values()).containsExactly(1.5, 5.5, 9.5);
        assertThat(Cadence.isPerEpoch(means)).isTrue();
        assertThat(Cadence.epochMeans(Curves.loss(12, i -> i))).isEmpty();
    }

    @Test
    void aScoreGivesTheSizeOfASmallDataSetAway() {
        double[] sixteenths = {0.75, 0.8125, 0.9375, 0.875, 1};
        assertThat(Task.rows(Curves.of(Quantity.ACCURACY, 1, 5, i -> sixteenths[i])))
                .hasValue(16);
        assertThat(Task.rows(Curves.of(Quantity.ACCURACY, 1, 50, i -> 0.5 + 0.1 * Math.sin(i))))
                .isEmpty();
    }

    @Test
    void aScheduleKnowsItsPeakItsFloorAndItsJumps() {
        double[] sgdr = new double[60];
        Arrays.setAll(sgdr, i -> 0.05 * (1 + Math.cos(Math.PI * (i % 20) / 20.0)) + 1e-4);
        Schedule schedule = new Schedule(Curves.learningRate(60, i -> sgdr[i]));
        assertThat(schedule.peakAt()).isZero();
        assertThat(schedule.jumps()).containsExactly(20, 40);
        assertThat(Schedule.isPeriodic(schedule.curve(), schedule.jumps())).isTrue();

        Schedule steps = new Schedule(Curves.learningRate(90, i -> Math.pow(0.1, 1 + Math.floorDiv(i, 30))));
        assertThat(steps.staysBelow(0.1)).hasValue(30L);
        assertThat(steps.staysBelow(0.01)).hasValue(60L);
        assertThat(steps.staysBelow(1e-3)).isEmpty();
        assertThat(steps.jumps()).isEmpty();

        Schedule warmUp = new Schedule(Curves.learningRate(30, i -> i * 1e-4));
        assertThat(warmUp.stillWarmingUp()).isTrue();
    }

    @Test
    void aCutWhileTheLossFellIsMeasured() {
        Curve rate = Curves.learningRate(90, i -> i < 30 ? 0.1 : 0.005);
        Curve stopped = Curves.loss(90, i -> i < 30 ? 3 - 0.05 * i : 1.5);
        EarlyCut cut = EarlyCut.of(stopped, rate, 0.1).orElseThrow();
        assertThat(cut.step()).isEqualTo(30);
        assertThat(cut.share()).isCloseTo(30 / 89.0, within(1e-9));
        assertThat(cut.cut()).isCloseTo(20, within(1e-9));
        assertThat(cut.gainAfter()).isCloseTo(0.05 / 1.55, within(1e-6));
        assertThat(cut.stoppedProgress(0.05)).isTrue();

        Curve dropped = Curves.loss(90, i -> i < 30 ? 3 - 0.05 * i : 0.8);
        assertThat(EarlyCut.of(dropped, rate, 0.1).orElseThrow().stoppedProgress(0.05))
                .isFalse();
        Curve plateau = Curves.loss(90, i -> 1.5 + 0.01 * NOISE[i]);
        assertThat(EarlyCut.of(plateau, rate, 0.1).orElseThrow().stoppedProgress(0.05))
                .isFalse();
    }
}
