package dev.auscult.intake.llamafactory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.auscult.intake.json.Reading;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerLogReaderTest {
    private static final String LOG = """
            {"current_steps": 5, "total_steps": 15, "loss": 2.0, "lr": 1e-05, "epoch": 0.5, "percentage": 33.33, "elapsed_time": "0:00:30", "remaining_time": "0:01:00"}
            {"current_steps": 10, "total_steps": 15, "loss": 1.5, "learning_rate": 5e-06, "epoch": 1.0, "percentage": 66.67, "elapsed_time": "1:00:00"}
            {"current_steps": 10, "total_steps": 15, "eval_loss": 1.75, "epoch": 1.0, "percentage": 66.67, "elapsed_time": "1:00:10"}
            {"current_steps": 15, "total_steps": 15, "epoch": 1.5, "percentage": 100.0, "elapsed_time": "2 days, 0:00:01"}
            """;

    private final TrainerLogReader reader = new TrainerLogReader();

    @TempDir
    Path folder;

    private Reading read(String text) {
        return Reading.of(reader, folder, "trainer_log.jsonl", text);
    }

    private static String line(int step, double loss, String elapsed) {
        return "{\"current_steps\": " + step + ", \"total_steps\": 100, \"loss\": " + loss + ", \"elapsed_time\": \""
                + elapsed + "\"}\n";
    }

    @Test
    void progressLinesBecomeSeries() {
        Reading reading = read(LOG);

        assertThat(reading.values("loss")).containsExactly(2.0, 1.5);
        assertThat(reading.steps("loss")).containsExactly(5, 10);
        assertThat(reading.values("eval_loss")).containsExactly(1.75);
        assertThat(reading.series("loss").wallTime(1)).isEqualTo(3600);
        assertThat(reading.series("loss").epoch(1)).isEqualTo(1.0);
        assertThat(reading.run(0).settings().number(Setting.STEPS)).hasValue(15);
        assertThat(reading.run(0).has(RunEvent.Kind.COMPLETED)).isTrue();
        assertThat(Reading.recognise(reader, folder, "a.jsonl", LOG)).isGreaterThan(90);
    }

    @Test
    void durationsOfDaysAreRead() {
        assertThat(ElapsedTime.seconds("9 days, 21:39:23")).isEqualTo(((9 * 24 + 21) * 60 + 39) * 60 + 23);
        assertThat(ElapsedTime.seconds("1 day, 0:08:23")).isEqualTo(86_400 + 503);
        assertThat(ElapsedTime.seconds("soon")).isNaN();
    }

    @Test
    void twoRanksInOneFileAreOneRunWithRepeatedSteps() {
        Reading reading = read(line(10, 1.0, "0:10:00")
                + line(10, 1.1, "0:10:01")
                + line(30, 0.7, "0:30:00")
                + line(20, 0.9, "0:30:30")
                + line(20, 0.8, "0:31:00")
                + line(30, 0.6, "0:32:00"));

        assertThat(reading.runs()).isEqualTo(1);
        assertThat(reading.steps("loss")).containsExactly(10, 20, 30);
        assertThat(reading.values("loss")).containsExactly(1.1, 0.8, 0.6);
        assertThat(reading.event(RunEvent.Kind.DUPLICATE_STEPS).detail()).startsWith("3 points");
        assertThat(reading.run(0).has(RunEvent.Kind.RESTART)).isFalse();
    }

    @Test
    void aClockThatStartsAgainTellsARestartOrAnotherRun() {
        String first = line(10, 1.0, "0:10:00") + line(20, 0.9, "0:20:00") + line(30, 0.8, "0:30:00");

        Reading resumed = read(first + line(20, 0.5, "0:01:00"));
        assertThat(resumed.values("loss")).containsExactly(1.0, 0.5);
        assertThat(resumed.event(RunEvent.Kind.RESTART).step()).isEqualTo(20);

        Reading again = read(first + line(10, 0.4, "0:01:00"));
        assertThat(again.runs()).isEqualTo(2);
        assertThat(again.reasons()).containsExactly("current_steps goes back to 10");
        assertThat(again.run(0).points()).isEqualTo(3);
    }

    @Test
    void aPredictJobIsRefusedByName() {
        String line =
                "{\"current_steps\": 5, \"total_steps\": 250, \"percentage\": 2.0, \"elapsed_time\": \"0:00:19\"}\n";

        assertThat(read(line + line).refusal())
                .startsWith("progress lines of a predict job: 2 lines with steps and percentage, no loss");
    }

    @Test
    void brokenLinesAreLeftOutAndNamed() {
        Reading reading = read(LOG.replaceFirst("\"lr\"", "\"lr") + "\0\0\0\n[1, 2]\n");

        assertThat(reading.values("loss")).containsExactly(1.5);
        assertThat(reading.problems()).hasSize(2).first().asString().startsWith("1: ");
    }

    @Test
    void tornAndChangedFilesNeverCrash() {
        Reading.cutEverywhere(reader, folder, "trainer_log.jsonl", LOG);
        Reading.fuzz(reader, folder, "trainer_log.jsonl", LOG.getBytes(StandardCharsets.UTF_8), 200);
    }
}
