package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static RunBuilder run(double... epochs) {
        RunBuilder run = Run.builder("test");
        for (int i = 0; i < epochs.length; i++) {
            run.series(MetricKey.of(Split.TRAIN, Quantity.LOSS, "loss")).add(100L * (i + 1), epochs[i], Double.NaN, 1);
        }
        return run;
    }

    @Test
    void epochsThatCountFromZeroEndOneLater() {
        RunBuilder run = run(0, 1, 2, 3);
        run.settings().put(Setting.EPOCHS, "4");
        assertThat(Plan.of(run.build()).share()).isEqualTo(1);
        RunBuilder several = run(0, 0, 0, 1, 1, 1);
        several.settings().put(Setting.EPOCHS, "4");
        assertThat(Plan.of(several.build()).share()).isEqualTo(0.5);
    }

    @Test
    void epochsThatCountFromOneAndFractionsEndWhereTheySay() {
        RunBuilder fromOne = run(1, 2);
        fromOne.settings().put(Setting.EPOCHS, "4");
        assertThat(Plan.of(fromOne.build()).share()).isEqualTo(0.5);
        RunBuilder fractions = run(0, 0.5, 1.0);
        fractions.settings().put(Setting.EPOCHS, "4");
        assertThat(Plan.of(fractions.build()).share()).isEqualTo(0.25);
    }

    @Test
    void stepsSpeakWhereEpochsAreUnknown() {
        RunBuilder run = run(Double.NaN, Double.NaN);
        run.settings().put(Setting.EPOCHS, "4").put(Setting.STEPS, "400");
        assertThat(Plan.of(run.build()).share()).isEqualTo(0.5);
    }

    @Test
    void withoutAPlanItIsReached() {
        assertThat(Plan.of(run(1, 2).build()).share()).isEqualTo(1);
    }
}
