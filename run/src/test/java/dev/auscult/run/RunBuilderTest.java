package dev.auscult.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

class RunBuilderTest {
    private static final MetricKey LOSS = MetricKey.of(Split.TRAIN, Quantity.LOSS, "loss");
    private static final TensorKey WEIGHT = new TensorKey("fc1", "weight", TensorKind.WEIGHT);

    @Test
    void pointsInAnyOrderOfStepGiveAnOrderedSeriesInWhichTheLatestOfAStepWins() {
        SplittableRandom random = new SplittableRandom(7);
        for (int repeat = 0; repeat < 50; repeat++) {
            RunBuilder builder = Run.builder("r");
            TreeMap<Long, Double> oracle = new TreeMap<>();
            int n = 1 + random.nextInt(300);
            oracle.put(-1L, 0.5);
            builder.series(LOSS).add(-1, 0.5);
            for (int i = 0; i < n; i++) {
                long step = random.nextInt(100);
                oracle.put(step, (double) i);
                builder.series(LOSS).add(step, i);
            }
            Series series = builder.build().metrics().get(0);
            assertThat(series.steps())
                    .containsExactly(
                            oracle.keySet().stream().mapToLong(Long::longValue).toArray());
            assertThat(series.values())
                    .containsExactly(oracle.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray());
        }
    }

    @Test
    void columnsLongerThanAChunkComeBackWhole() {
        int n = 100_003;
        SeriesBuilder column = Run.builder("r").series(LOSS);
        for (int i = 0; i < n; i++) {
            column.add(2L * i, i >= 50_000 ? i / 10.0 : Double.NaN, Double.NaN, Math.sqrt(i));
        }
        Series series = column.build();
        assertThat(series.size()).isEqualTo(n);
        assertThat(series.hasWallTimes()).isFalse();
        assertThat(series.epoch(49_999)).isNaN();
        for (int i = 50_000; i < n; i += 997) {
            assertThat(series.step(i)).isEqualTo(2L * i);
            assertThat(series.epoch(i)).isEqualTo(i / 10.0);
            assertThat(series.value(i)).isEqualTo(Math.sqrt(i));
        }
    }

    @Test
    void whatIsSaidTwiceIsKeptOnce() {
        RunBuilder builder = Run.builder("r");
        for (int i = 0; i < 2; i++) {
            builder.problem("a.yaml", 3, "a fault").event(RunEvent.Kind.RESTART, 5, "back to 5");
        }
        builder.merge(Run.builder("s").problem("a.yaml", 3, "a fault").problem("b.yaml", 3, "a fault"));
        assertThat(builder.build().problems()).hasSize(2);
        assertThat(builder.build().events()).hasSize(1);
    }

    @Test
    void keysAreThoseWithPoints() {
        RunBuilder builder = Run.builder("r");
        builder.series("val_loss");
        builder.series(LOSS).add(0, 1);
        assertThat(builder.keys()).containsExactly(LOSS);
    }

    @Test
    void repeatedStepsAreCountedInAnEvent() {
        RunBuilder builder = Run.builder("r");
        for (int i = 0; i < 10; i++) {
            builder.series(LOSS).add(i, 1);
            builder.series(LOSS).add(i, 2);
        }
        Run run = builder.build();
        assertThat(run.metrics().get(0).values()).containsOnly(2).hasSize(10);
        assertThat(run.events()).hasSize(1).allSatisfy(e -> {
            assertThat(e.kind()).isEqualTo(RunEvent.Kind.DUPLICATE_STEPS);
            assertThat(e.detail()).startsWith("10 points");
        });
    }

    @Test
    void aLogThatNeverCountedItsStepsIsOrderedByWriting() {
        RunBuilder builder = Run.builder("r");
        for (double value : new double[] {3, 2, 1}) {
            builder.series(LOSS).add(0, value);
        }
        Series series = builder.build().metrics().get(0);
        assertThat(series.steps()).containsExactly(0, 1, 2);
        assertThat(series.values()).containsExactly(3, 2, 1);
    }

    @Test
    void aRestartForgetsWhatIsWrittenAgain() {
        RunBuilder builder = Run.builder("r");
        for (int i = 0; i < 10; i++) {
            builder.series(LOSS).add(i, i);
            builder.tensor(WEIGHT).add(i, Double.NaN, TensorSummary.UNKNOWN);
        }
        builder.restartAt(6, "second file");
        builder.series(LOSS).add(6, -6);
        Run run = builder.build();
        assertThat(run.metrics().get(0).values()).containsExactly(0, 1, 2, 3, 4, 5, -6);
        assertThat(run.tensors().get(0).size()).isEqualTo(6);
        assertThat(run.events())
                .containsExactly(new RunEvent(RunEvent.Kind.RESTART, 6, "second file, 8 points written again"));
    }

    @Test
    void goingOnWithoutOverlapIsAResumeAndForgetsNothing() {
        RunBuilder builder = Run.builder("r");
        builder.series(LOSS).add(0, 1);
        builder.restartAt(1, "second file");
        assertThat(builder.build().has(RunEvent.Kind.RESUMED)).isTrue();
        assertThat(builder.points()).isEqualTo(1);
    }

    @Test
    void mergingKeepsTheFullerOfTwoColumnsForOneMeasure() {
        RunBuilder few = Run.builder("csv");
        few.series(LOSS).add(0, 1);
        few.settings().put(Setting.LEARNING_RATE, "0.1");
        RunBuilder many = Run.builder("events");
        many.series(MetricKey.of(Split.TRAIN, Quantity.LOSS, "Loss/train")).add(0, 5);
        many.series(MetricKey.of(Split.TRAIN, Quantity.LOSS, "Loss/train")).add(1, 4);
        many.series(MetricKey.of(Split.VALIDATION, Quantity.LOSS, "Loss/val")).add(1, 6);
        many.settings().put(Setting.LEARNING_RATE, "0.2");
        Run run = few.merge(many).build();
        assertThat(run.metrics().stream().map(s -> s.key().name()).toList())
                .containsExactlyInAnyOrder("Loss/train", "Loss/val");
        assertThat(run.settings().number(Setting.LEARNING_RATE)).hasValue(0.1);
    }

    @Test
    void aBuilderGoesOnCollectingAfterItsRunWasBuilt() {
        RunBuilder builder = Run.builder("r");
        builder.series(LOSS).add(0, 1);
        Run first = builder.build();
        builder.series(LOSS).add(1, 2);
        assertThat(first.points()).isEqualTo(1);
        assertThat(builder.build().points()).isEqualTo(2);
        assertThat(builder.build().lastStep()).isEqualTo(1);
    }

    @Test
    void tensorsAreOrderedLikeMetrics() {
        RunBuilder builder = Run.builder("r");
        for (long step : new long[] {5, 1, 3, 1}) {
            TensorSummary summary = TensorSummary.ofMoments(4, -1, 1, (double) step, 4, null);
            builder.tensor(WEIGHT).add(step, Double.NaN, summary);
        }
        TensorSeries series = builder.build().tensors().get(0);
        assertThat(List.of(series.step(0), series.step(1), series.step(2))).containsExactly(1L, 3L, 5L);
        assertThat(series.last().mean()).isEqualTo(5 / 4.0);
    }
}
