package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;

/** One illness that several rules or series show is one group. */
class GroupingTest {
    private static final Finding TRAIN = finding("LOS107", 80, 0, 100, "train/loss");
    private static final Finding HELD_OUT = finding("LOS107", 70, 0, 100, "validation/loss");

    @Test
    void bothSplitsOfOneQuantityAreOneIllness() {
        assertThat(groups(HELD_OUT, TRAIN)).containsExactly(List.of(TRAIN, HELD_OUT));
    }

    @Test
    void partsBelongToTheirLoss() {
        Finding part = finding("LOS108", 30, 50, 52, "train/box_loss");
        Finding whole = finding("LOS108", 35, 50, 51, "validation/loss");
        assertThat(groups(part, whole)).containsExactly(List.of(whole, part));
    }

    @Test
    void generalisationShowsInLossAndScore() {
        Finding overfitting = finding("FIT101", 89, 20, 100, "validation/loss", "train/loss");
        Finding overtraining = finding("FIT103", 30, 30, 100, "validation/accuracy");
        assertThat(groups(overfitting, overtraining)).containsExactly(List.of(overfitting, overtraining));
    }

    @Test
    void oneRuleOnBothSplitsIsOneIllnessHoweverLittleTheyOverlap() {
        Finding train = finding("LOS107", 80, 0, 60, "train/loss");
        Finding heldOut = finding("LOS107", 70, 50, 100, "validation/loss");
        assertThat(groups(train, heldOut)).containsExactly(List.of(train, heldOut));
    }

    @Test
    void spikesAtOneStepAreOneIllness() {
        Finding loss = spike("LOS108", "loss-spike", 50, 50, "train/loss");
        Finding norm = spike("GRD104", "gradient-norm-spike", 40, 50, "gradient_norm");
        Finding later = spike("GRD104", "gradient-norm-spike", 30, 90, "gradient_norm");
        assertThat(groups(norm, loss, later)).containsExactly(List.of(loss, norm), List.of(later));
    }

    @Test
    void otherTimesAreOtherIllnesses() {
        Finding early = finding("LOS108", 30, 10, 12, "train/loss");
        Finding late = finding("LOS108", 35, 80, 82, "validation/loss");
        assertThat(groups(early, late)).containsExactly(List.of(late), List.of(early));
    }

    @Test
    void otherQuantitiesAreOtherIllnesses() {
        Finding speed = finding("RES101", 30, 0, 100, "step_time");
        Finding remark = finding("LOG101", 20, 0, 100, "train/loss");
        assertThat(groups(TRAIN, speed, remark)).containsExactly(List.of(TRAIN), List.of(speed), List.of(remark));
    }

    private static List<List<Finding>> groups(Finding... findings) {
        RunBuilder run = Run.builder("run");
        run.series(MetricKey.of(Split.TRAIN, Quantity.LOSS, "loss")).add(100, Double.NaN, Double.NaN, 1);
        return Grouping.group(run.build(), List.of(findings)).stream()
                .map(Diagnosis.Group::findings)
                .toList();
    }

    private static Finding finding(String code, int score, long from, long to, String... series) {
        return new Finding(
                RuleInfo.stable(code, "toy"),
                score,
                "summary",
                Where.series(List.of(series), from, to),
                Evidence.of("one", 1, ""));
    }

    private static Finding spike(String code, String name, int score, long step, String series) {
        return new Finding(
                RuleInfo.stable(code, name),
                score,
                "summary",
                Where.series(series, step, step),
                Evidence.of("one", 1, ""));
    }
}
