package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import dev.auscult.run.LogHistogram;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSummary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statistics that no sound program writes make no rule fail. */
class HostileTensorsTest {
    private static final double[] ODD = {
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        -Double.MAX_VALUE,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        -1,
        -0.0,
        0,
        1e-300,
        1,
        1024
    };
    private static final List<String> LAYERS = List.of("", "fc1", "fc2", "1", "2", "a/b/3", "bn1", "lstm.gate", "...");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 30, 80})
    void everyRuleSaysSomething(int records) {
        SplittableRandom random = new SplittableRandom(records);
        for (int trial = 0; trial < 40; trial++) {
            Run run = run(random, records, trial % 4 == 0);
            Diagnosis diagnosis = new Doctor(RuleBook.rules(), Map.of()).examine(run);
            assertThat(diagnosis.findings()).allSatisfy(f -> {
                assertThat(f.summary()).isNotBlank().doesNotContain("\n");
                assertThat(f.where().fromStep()).isLessThanOrEqualTo(f.where().toStep());
            });
        }
    }

    private static Run run(SplittableRandom random, int records, boolean constant) {
        RunBuilder run = Run.builder("hostile");
        for (TensorKind kind : TensorKind.values()) {
            for (String layer : LAYERS) {
                TensorSummary same = summary(random);
                for (int i = 0; i < records; i++) {
                    run.tensor(new TensorKey(layer, "weight", kind))
                            .add(i * 10L, Double.NaN, constant ? same : summary(random));
                }
            }
        }
        for (String name : List.of("train/loss", "grad_norm", "loss_scale", "lr", "step_time", "memory")) {
            for (int i = 0; i < records; i++) {
                run.series(name).add(i * 10L, Double.NaN, Double.NaN, odd(random));
            }
        }
        return run.build();
    }

    private static TensorSummary summary(SplittableRandom random) {
        LogHistogram histogram =
                random.nextBoolean() ? null : new LogHistogram(0, new double[0], odd(random), new double[0]);
        return new TensorSummary(
                odd(random),
                odd(random),
                odd(random),
                odd(random),
                odd(random),
                odd(random),
                odd(random),
                odd(random),
                odd(random),
                odd(random),
                histogram);
    }

    private static double odd(SplittableRandom random) {
        return ODD[random.nextInt(ODD.length)];
    }
}
