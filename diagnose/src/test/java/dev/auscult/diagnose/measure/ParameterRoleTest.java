package dev.auscult.diagnose.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterRoleTest {
    @ParameterizedTest
    @CsvSource({
        "fc1, weight, MATRIX",
        "lstm, weight_ih_l0, MATRIX",
        "dense, kernel, MATRIX",
        "fc1, bias, BIAS",
        "lstm, bias_hh_l0, BIAS",
        "bn1, weight, NORM",
        "layer1.0.bn2, weight, NORM",
        "batch_normalization_3, gamma, NORM",
        "transformer.h.0.ln_1, weight, NORM",
        "transformer.wte, weight, EMBEDDING",
        "q_proj.lora_B, weight, ZERO_START",
        "q_proj.lora_A, weight, MATRIX",
        "bn1, running_mean, BUFFER",
        "teacher.fc1, weight, BUFFER",
        "system.fc1, weight, MATRIX",
        "subnet, weight, MATRIX"
    })
    void namesTellTheRole(String layer, String parameter, ParameterRole role) {
        assertThat(roleOf(builder(layer, parameter, 4096), 0)).isEqualTo(role);
    }

    @Test
    void aWeightAsLargeAsItsBiasIsAGain() {
        RunBuilder run = builder("downsample.1", "weight", 64);
        add(run, "downsample.1", "bias", 64);
        assertThat(roleOf(run, 0)).isEqualTo(ParameterRole.NORM);
        RunBuilder dense = builder("downsample.0", "weight", 4096);
        add(dense, "downsample.0", "bias", 64);
        assertThat(roleOf(dense, 0)).isEqualTo(ParameterRole.MATRIX);
    }

    private static ParameterRole roleOf(RunBuilder builder, int tensor) {
        Run run = builder.build();
        return ParameterRole.of(run, run.tensors().get(tensor));
    }

    private static RunBuilder builder(String layer, String parameter, double count) {
        RunBuilder run = Run.builder("r");
        add(run, layer, parameter, count);
        return run;
    }

    private static void add(RunBuilder run, String layer, String parameter, double count) {
        run.tensor(new TensorKey(layer, parameter, TensorKind.WEIGHT))
                .add(0, Double.NaN, TensorSummary.ofMoments(count, -1, 1, 0, count, null));
    }
}
