package dev.auscult.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;

import dev.auscult.bench.faults.FixedThresholds.Check;
import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Split;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSummary;
import org.junit.jupiter.api.Test;

class FixedThresholdsTest {
    private static final MetricKey LOSS = MetricKey.of(Split.TRAIN, Quantity.LOSS, "train/loss");
    private static final MetricKey HELD = MetricKey.of(Split.VALIDATION, Quantity.LOSS, "validation/loss");
    private static final MetricKey SCORE = MetricKey.of(Split.VALIDATION, Quantity.ACCURACY, "validation/accuracy");

    private static List<String> firing(Consumer<RunBuilder> with) {
        RunBuilder builder = Run.builder("run");
        with.accept(builder);
        return FixedThresholds.firing(new Readings(builder.build())).stream()
                .map(c -> c.tool() + ": " + c.symptom())
                .toList();
    }

    private static void curve(RunBuilder run, MetricKey key, double... values) {
        for (int i = 0; i < values.length; i++) {
            run.series(key).add(i, i, Double.NaN, values[i]);
        }
    }

    private static void gradient(RunBuilder run, String layer, double norm) {
        run.tensor(new TensorKey(layer, "weight", TensorKind.GRADIENT))
                .add(0, Double.NaN, TensorSummary.ofMoments(100, -norm, norm, 0, norm * norm, null));
    }

    @Test
    void nothingFiresWhereNothingWasLogged() {
        assertThat(firing(run -> {})).isEmpty();
    }

    @Test
    void everyToolButNoneSeesALossThatIsNotANumber() {
        assertThat(firing(run -> curve(run, LOSS, 2.3, 2.0, Double.NaN)))
                .filteredOn(s -> s.contains("finite") || s.contains("not a number"))
                .hasSize(5);
    }

    @Test
    void aGradientVanishesBelowAThousandthOfTheLastLayersAndBelowATenThousandth() {
        String vanishing = "AutoTrainer: vanishing gradient: first to last layer below 0.001 and first below 0.0001";
        assertThat(firing(run -> {
                    gradient(run, "0-dense", 0.9e-4);
                    gradient(run, "2-dense", 1);
                }))
                .contains(vanishing);
        assertThat(firing(run -> {
                    gradient(run, "0-dense", 1.1e-4);
                    gradient(run, "2-dense", 1);
                }))
                .doesNotContain(vanishing);
    }

    @Test
    void aGradientExplodesAboveSeventyTimesTheLastLayers() {
        Consumer<RunBuilder> seventyOne = run -> {
            gradient(run, "0-dense", 71);
            gradient(run, "2-dense", 1);
        };
        Consumer<RunBuilder> sixtyNine = run -> {
            gradient(run, "0-dense", 69);
            gradient(run, "2-dense", 1);
        };
        assertThat(firing(seventyOne)).anyMatch(s -> s.startsWith("AutoTrainer: exploding"));
        assertThat(firing(sixtyNine)).noneMatch(s -> s.startsWith("AutoTrainer: exploding"));
    }

    @Test
    void oneEpochOfAHigherHeldOutLossIsOverfittingForUmlautAlone() {
        assertThat(firing(run -> {
                    curve(run, LOSS, 2, 1.9, 1.8);
                    curve(run, HELD, 1.8, 1.7, 1.75);
                }))
                .containsExactly("UMLAUT: overfitting: validation up while training is not, for one epoch");
    }

    @Test
    void anAccuracyThatSwingsBySixPointsOscillates() {
        double[] swinging = {0.5, 0.7, 0.6, 0.72, 0.63, 0.75, 0.66, 0.78, 0.8, 0.81};
        double[] steady = {0.5, 0.6, 0.65, 0.7, 0.72, 0.74, 0.75, 0.76, 0.765, 0.77};
        String oscillating = "AutoTrainer: oscillating loss";
        assertThat(firing(run -> curve(run, SCORE, swinging))).contains(oscillating);
        assertThat(firing(run -> curve(run, SCORE, steady))).doesNotContain(oscillating);
    }

    @Test
    void standardisedInputsAreOutsideTheRangeThatTwoToolsAskFor() {
        assertThat(firing(run -> run.settings().put("data.normalize", "standard")))
                .containsExactly("DeepDiagnosis: input outside ±1", "UMLAUT: input outside ±1");
        assertThat(firing(run -> run.settings().put("data.normalize", "min-max")))
                .isEmpty();
        assertThat(firing(run -> {
                    run.settings().put("data.normalize", "none");
                    run.settings().put("data.text.length", "32");
                }))
                .isEmpty();
    }

    @Test
    void everyCheckNamesACauseAndSaysWhatItSees() {
        assertThat(FixedThresholds.CHECKS).allSatisfy(c -> assertThat(c.names()).isNotEmpty());
        assertThat(FixedThresholds.CHECKS.stream().map(Check::tool).distinct()).hasSize(5);
        assertThat(FixedThresholds.CHECKS.stream().map(c -> c.tool() + c.symptom()))
                .doesNotHaveDuplicates()
                .noneMatch(s -> s.contains("|"));
    }
}
