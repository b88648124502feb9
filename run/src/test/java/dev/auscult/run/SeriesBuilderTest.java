package dev.auscult.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class SeriesBuilderTest {
    private final SeriesBuilder builder = new SeriesBuilder(MetricKey.of(Split.TRAIN, Quantity.LOSS, "loss"));

    @Test
    void keepsEveryPointAcrossChunks() {
        int n = 3 * Chunk.POINTS + 5;
        for (int i = 0; i < n; i++) {
            builder.add(i, i % 2 == 0 ? Double.NaN : i / 10.0, 1e9 + i, Math.sin(i));
        }
        Series series = builder.build();
        assertThat(series.size()).isEqualTo(n);
        assertThat(series.steps()).isEqualTo(LongStream.range(0, n).toArray());
        for (int i = 0; i < n; i++) {
            assertThat(series.value(i)).isEqualTo(Math.sin(i));
            assertThat(series.wallTime(i)).isEqualTo(1e9 + i);
        }
        assertThat(series.values()[n - 1]).isEqualTo(Math.sin(n - 1));
        assertThat(series.values(Chunk.POINTS - 1, Chunk.POINTS + 1))
                .containsExactly(Math.sin(Chunk.POINTS - 1), Math.sin(Chunk.POINTS));
        assertThat(series.epoch(Chunk.POINTS)).isNaN();
        assertThat(series.epoch(Chunk.POINTS + 1)).isEqualTo((Chunk.POINTS + 1) / 10.0);
    }

    @Test
    void aSeriesStaysAsItWasBuilt() {
        builder.add(0, 1);
        Series early = builder.build();
        for (int i = 1; i < 40; i++) {
            builder.add(i, 2);
        }
        builder.fillEpochs(step -> step);
        builder.dropFrom(0);
        builder.add(0, 9);
        assertThat(early.size()).isEqualTo(1);
        assertThat(early.value(0)).isEqualTo(1);
        assertThat(early.hasEpochs()).isFalse();
        assertThatThrownBy(() -> early.value(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void ofPointsWithTheSameStepTheLastOneWins() {
        builder.add(1, 10);
        builder.add(3, 30);
        builder.add(2, 20);
        builder.add(3, 31);
        Series series = builder.build();
        assertThat(series.steps()).containsExactly(1, 2, 3);
        assertThat(series.values()).containsExactly(10, 20, 31);
        assertThat(builder.duplicates()).isZero();
        builder.add(4, 40);
        builder.build();
        assertThat(builder.duplicates()).isEqualTo(1);
    }

    @Test
    void anEvaluationWrittenTwiceAtTheEndIsNoRepetition() {
        builder.add(0, 9);
        builder.add(0, 8);
        builder.add(1, 7);
        builder.add(2, 6);
        builder.add(2, 6);
        assertThat(builder.build().values()).containsExactly(8, 7, 6);
        assertThat(builder.duplicates()).isZero();
        for (int i = 0; i < 2; i++) {
            builder.add(2, 6);
        }
        builder.build();
        assertThat(builder.duplicates()).isEqualTo(4);
    }

    @Test
    void stepsThatNeverMoveBecomeAnIndex() {
        builder.add(7, 1);
        builder.add(7, 2);
        builder.add(7, 3);
        assertThat(builder.build().steps()).containsExactly(0, 1, 2);
        assertThat(builder.build().values()).containsExactly(1, 2, 3);
    }

    @Test
    void fillsOnlyUnknownEpochs() {
        builder.add(1, 0.5, Double.NaN, 1);
        builder.add(2, Double.NaN, Double.NaN, 2);
        builder.add(3, Double.NaN, Double.NaN, 3);
        builder.fillEpochs(step -> step == 3 ? Double.NaN : 10 * step);
        Series series = builder.build();
        assertThat(series.epoch(0)).isEqualTo(0.5);
        assertThat(series.epoch(1)).isEqualTo(20);
        assertThat(series.epoch(2)).isNaN();
    }

    @Test
    void forgetsFromAStepOn() {
        for (int i = 0; i < 2 * Chunk.POINTS; i++) {
            builder.add(i, i);
        }
        assertThat(builder.dropFrom(Chunk.POINTS + 3)).isEqualTo(Chunk.POINTS - 3);
        assertThat(builder.lastStep()).isEqualTo(Chunk.POINTS + 2);
        assertThat(builder.build().last()).isEqualTo(Chunk.POINTS + 2);
    }
}
