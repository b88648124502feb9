package dev.auscult.intake.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Setting;
import dev.auscult.run.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecSettingsTest {
    private static final String SPEC = """
            name: digits
            seed: 7
            data:
              train: digits.csv.gz
              augment: []
            loss:
              type: cross-entropy
              reduction: mean
            optimizer:
              type: sgd
              learning-rate: 0.002
              momentum: 0.9
              weight-decay: 1e-4
            schedule:
              type: cosine
              per: step
              warm-up:
                length: 5
                type: linear
            regularization:
              l2: 0.5
              label-smoothing: 0.1
              max-norm: 3
            training:
              epochs: 30
              batch-size: 64
              accumulate: 2
              clip-norm: null
              clip-value: 0.5
              precision: bfloat16
              evaluate-batch: 256
              early-stopping:
                monitor: validation/loss
                patience: 4
            """;

    @TempDir
    Path folder;

    private Settings read(String spec) throws IOException {
        Files.writeString(folder.resolve(RecordingReader.SPEC), spec);
        RunBuilder run = Run.builder("run");
        RecordingReader.readSpec(folder, run);
        return run.build().settings();
    }

    @ParameterizedTest
    @CsvSource({
        "SEED, 7",
        "LOSS, cross-entropy",
        "OPTIMIZER, sgd",
        "LEARNING_RATE, 0.002",
        "MOMENTUM, 0.9",
        "WEIGHT_DECAY, 1e-4",
        "SCHEDULE, cosine",
        "WARMUP_STEPS, 5",
        "LABEL_SMOOTHING, 0.1",
        "EPOCHS, 30",
        "BATCH_SIZE, 64",
        "ACCUMULATE, 2",
        "CLIP_VALUE, 0.5",
        "PRECISION, bfloat16",
        "PATIENCE, 4",
    })
    void aKeyOfTheSpecIsTheSettingThatRulesAskFor(Setting setting, String value) throws IOException {
        assertThat(read(SPEC).text(setting)).contains(value);
    }

    @Test
    void whatIsSwitchedOffIsKnownToBeOff() throws IOException {
        Settings settings = read(SPEC);
        assertThat(settings.number(Setting.CLIP_NORM)).hasValue(0);
        assertThat(settings.isOn(Setting.AUGMENTATION)).isFalse();
        assertThat(read(SPEC.replace("clip-norm: null", "clip-norm: 2")).number(Setting.CLIP_NORM))
                .hasValue(2);
    }

    @Test
    void theUnitOfAWarmUpIsThatOfItsSchedule() throws IOException {
        Settings settings = read(SPEC.replace("per: step", "per: epoch"));
        assertThat(settings.number(Setting.WARMUP_EPOCHS)).hasValue(5);
        assertThat(settings.number(Setting.WARMUP_STEPS)).isEmpty();
    }
}
