package dev.auscult.intake.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.auscult.intake.json.Reading;
import dev.auscult.run.Quantity;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerStateReaderTest {
    private static final String STATE = """
            {"best_model_checkpoint": "/home/someone/out/checkpoint-20", "epoch": 1.5, "global_step": 30,
             "log_history": [
              {"epoch": 0.0, "eval_loss": 2.5, "eval_runtime": 3.0, "step": 0},
              {"epoch": 0.5, "loss": 2.0, "grad_norm": NaN, "learning_rate": 0.0001, "step": 10},
              {"epoch": 1.0, "loss": "1.5", "grad_norm": Infinity, "learning_rate": 0.00005, "step": 20},
              {"epoch": 1.0, "eval_loss": 1.75, "eval_legal_loss": 1.9, "step": 20},
              {"epoch": 1.0, "eval_loss": 1.8, "step": 20},
              {"epoch": 1.5, "loss": 1.25, "grad_norm": 1.0, "learning_rate": 0, "step": 30}
             ],
             "max_steps": 40, "num_train_epochs": 2, "train_batch_size": 8, "logging_steps": 10,
             "stateful_callbacks": {"TrainerControl": {"args": {"should_save": true}}}}
            """;

    private final TrainerStateReader reader = new TrainerStateReader();

    @TempDir
    Path folder;

    private Reading read(String text) {
        return Reading.of(reader, folder, "trainer_state.json", text);
    }

    @Test
    void rowsOfTrainingAndOfEvaluationBecomeSeries() {
        Reading reading = read(STATE);

        assertThat(reading.values("loss")).containsExactly(2.0, 1.5, 1.25);
        assertThat(reading.steps("loss")).containsExactly(10, 20, 30);
        assertThat(reading.series("loss").epoch(0)).isEqualTo(0.5);
        assertThat(reading.values("grad_norm")).containsExactly(Double.NaN, Double.POSITIVE_INFINITY, 1.0);
        assertThat(reading.series("loss").key().split()).isEqualTo(Split.TRAIN);
        assertThat(reading.series("eval_legal_loss").key().quantity()).isEqualTo(Quantity.LOSS);
        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void theFirstEvaluationMayStandBeforeTrainingAndTheLastBeWrittenTwice() {
        Reading reading = read(STATE);

        assertThat(reading.steps("eval_loss")).containsExactly(0, 20);
        assertThat(reading.values("eval_loss")).containsExactly(2.5, 1.8);
        assertThat(reading.run(0).has(RunEvent.Kind.DUPLICATE_STEPS)).isFalse();
    }

    @Test
    void settingsAndEventsAreTaken() {
        Reading reading = read(STATE);

        assertThat(reading.run(0).settings().number(Setting.STEPS)).hasValue(40);
        assertThat(reading.run(0).settings().number(Setting.EPOCHS)).hasValue(2);
        assertThat(reading.run(0).settings().number(Setting.BATCH_SIZE)).hasValue(8);
        assertThat(reading.event(RunEvent.Kind.INTERRUPTED).detail()).contains("30 of 40 steps");
        assertThat(reading.event(RunEvent.Kind.CHECKPOINT).step()).isEqualTo(20);
        assertThat(reading.event(RunEvent.Kind.CHECKPOINT).detail()).doesNotContain("someone");
    }

    @Test
    void theSummaryRowIsNoPointButTellsThatTrainingEnded() {
        String summary = "{\"log_history\": [{\"loss\": 1.0, \"step\": 10},"
                + " {\"train_loss\": 5.0, \"train_runtime\": 9.0, \"step\": %d}], \"max_steps\": 20, \"global_step\": %d}";

        Reading whole = read(summary.formatted(20, 20));
        assertThat(whole.run(0).points()).isEqualTo(1);
        assertThat(whole.run(0).has(RunEvent.Kind.COMPLETED)).isTrue();

        Reading early = read(summary.formatted(15, 15));
        assertThat(early.run(0).has(RunEvent.Kind.EARLY_STOP)).isTrue();
        assertThat(early.run(0).has(RunEvent.Kind.INTERRUPTED)).isFalse();
    }

    @Test
    void isKnownByItsKeys() {
        assertThat(Reading.recognise(reader, folder, "state.txt", STATE)).isGreaterThan(90);
        assertThat(Reading.recognise(reader, folder, "trainer_state.json", "{\"loss\": [1, 2]}"))
                .isZero();
        assertThat(Reading.recognise(reader, folder, "trainer_state.json", "")).isZero();
    }

    @Test
    void aStateWithoutLossIsRefused() {
        assertThat(read("{\"log_history\": [], \"global_step\": 0}").refusal()).contains("0 rows");
        assertThat(read("").refusal()).isNotEmpty();
    }

    @Test
    void aTornFileKeepsWhatStandsBefore() {
        Reading.cutEverywhere(
                reader,
                folder,
                "trainer_state.json",
                STATE.replace("{\"epoch\": 1.0, \"eval_loss\": 1.8, \"step\": 20},", ""));

        Reading torn = read(STATE.substring(0, STATE.indexOf("\"eval_legal")));
        assertThat(torn.values("loss")).containsExactly(2.0, 1.5);
        assertThat(torn.problems()).singleElement().asString().startsWith("6: the JSON is cut off");
        assertThat(torn.run(0).has(RunEvent.Kind.INTERRUPTED)).isTrue();
    }

    @Test
    void randomChangesNeverCrash() {
        Reading.fuzz(reader, folder, "trainer_state.json", STATE.getBytes(StandardCharsets.UTF_8), 200);
    }
}
