package dev.auscult.intake.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import dev.auscult.intake.ReadOptions;
import dev.auscult.run.Quantity;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReadersTest {
    private static final String HISTORY = """
            {"_step": 0, "_timestamp": 100.5, "_runtime": 0.5, "train": {"loss": 2.0}, "note": "a"}
            {"_step": 1, "_timestamp": 101.5, "_runtime": 1.5, "train": {"loss": 1.5}, "val": {"loss": 1.75}}
            {"_step": 2, "_timestamp": 102.5, "_runtime": 2.5, "train": {"loss": 1.25}}
            """;

    private final JsonLinesReader lines = new JsonLinesReader();
    private final JsonReader document = new JsonReader();

    @TempDir
    Path folder;

    private Reading read(String text) {
        return Reading.of(lines, folder, "log.jsonl", text);
    }

    @Test
    void saysThatADocumentIsTooDeep() {
        assertThat(Reading.of(document, folder, "deep.json", "\n{\"a\":" + "[".repeat(70))
                        .refusal())
                .isEqualTo("JSON that is nested deeper than 64 levels in line 2, before any history;"
                        + " write the file again");
        assertThat(Reading.of(document, folder, "cut.json", "{\"a\": [[1], ").refusal())
                .startsWith("JSON that is cut off or broken in line 1, before any history");
    }

    @Test
    void linesOfAnyProgramBecomeSeries() {
        Reading reading = read(HISTORY);

        assertThat(reading.values("train/loss")).containsExactly(2.0, 1.5, 1.25);
        assertThat(reading.steps("val/loss")).containsExactly(1);
        assertThat(reading.series("train/loss").wallTime(0)).isEqualTo(100.5);
        assertThat(reading.series("val/loss").key().split()).isEqualTo(Split.VALIDATION);
        assertThat(reading.run(0).metrics()).hasSize(2);
    }

    @Test
    void stableBaselinesCountsTimesteps() {
        Reading reading = read("""
                {"rollout/ep_rew_mean": -20.5, "time/fps": 900, "time/total_timesteps": 2048}
                {"rollout/ep_rew_mean": -10.5, "time/fps": 910, "time/total_timesteps": 4096, "train/loss": 0.5}
                """);

        assertThat(reading.steps("rollout/ep_rew_mean")).containsExactly(2048, 4096);
        assertThat(reading.series("rollout/ep_rew_mean").key().quantity()).isEqualTo(Quantity.REWARD);
    }

    @Test
    void theUserNamesColumns() {
        ReadOptions options = new ReadOptions(true, Map.of("loss", "a.b", "val_loss", "c", "step", "n"));
        String text = "{\"n\": 5, \"a\": {\"b\": 2}, \"c\": 3}\n{\"n\": 10, \"a\": {\"b\": 1}, \"c\": 2}\n";
        Reading reading = Reading.of(lines, folder, "x.jsonl", text.getBytes(StandardCharsets.UTF_8), options);

        assertThat(reading.steps("a/b")).containsExactly(5, 10);
        assertThat(reading.series("a/b").key().quantity()).isEqualTo(Quantity.LOSS);
        assertThat(reading.series("a/b").key().split()).isEqualTo(Split.TRAIN);
        assertThat(reading.series("c").key().split()).isEqualTo(Split.VALIDATION);
        assertThat(read(text).refusal()).contains("--map loss=NAME");
    }

    @Test
    void aDataSetIsNoRun() {
        String dataSet = "{\"text\": \"" + "word ".repeat(100) + "\", \"accuracy\": 1, \"loss\": 0.5}\n";
        String answers = "{\"prompt\": \"2+2\", \"answer\": \"4\", \"id\": 7}\n";

        assertThat(Reading.recognise(lines, folder, "d.jsonl", dataSet.repeat(20)))
                .isLessThan(30);
        assertThat(Reading.recognise(lines, folder, "d.jsonl", answers.repeat(20)))
                .isLessThan(30);
        assertThat(Reading.recognise(
                        document,
                        folder,
                        "d.json",
                        "[" + answers.repeat(3).strip().replace("\n", ",") + "]"))
                .isLessThan(30);
        assertThat(Reading.recognise(document, folder, "package.json", "{\"version\": \"1.0\", \"files\": [\"a\"]}"))
                .isLessThan(30);
        assertThat(read(answers.repeat(20)).refusal()).startsWith("JSON lines without a history: 20 records");
        assertThat(Reading.recognise(lines, folder, "h.jsonl", HISTORY)).isGreaterThanOrEqualTo(30);
    }

    @Test
    void anyDocumentWithALossIsReadAsJson() {
        String text = "{\"run\": {\"steps\": [10, 20, 30], \"loss\": [3, 2, 1]}}";
        Reading reading = Reading.of(document, folder, "x.json", text);

        assertThat(reading.steps("loss")).containsExactly(10, 20, 30);
        assertThat(Reading.recognise(document, folder, "x.json", text)).isGreaterThanOrEqualTo(30);
    }

    @Test
    void countersOfBatchesAreCarriedOnOverEpochs() {
        StringBuilder text = new StringBuilder();
        for (int epoch = 1; epoch <= 3; epoch++) {
            for (int batch = 10; batch <= 30; batch += 10) {
                text.append("{\"epoch\": %d, \"batch\": %d, \"loss\": %d}\n".formatted(epoch, batch, 100 - 10 * epoch));
            }
        }
        Reading reading = read(text.toString());

        assertThat(reading.runs()).isEqualTo(1);
        assertThat(reading.steps("loss")).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90);
        assertThat(reading.series("loss").epoch(8)).isEqualTo(3);
    }

    @Test
    void aRestartAndAnotherRunAreToldApart() {
        String run = "";
        for (int step = 10; step <= 60; step += 10) {
            run += "{\"step\": " + step + ", \"loss\": " + (100 - step) + "}\n";
        }
        Reading restarted = read(run + "{\"step\": 30, \"loss\": 5}\n");
        assertThat(restarted.values("loss")).containsExactly(90, 80, 5);
        assertThat(restarted.event(RunEvent.Kind.RESTART).step()).isEqualTo(30);

        Reading two = read(run + run);
        assertThat(two.runs()).isEqualTo(2);
        assertThat(two.run(1).points()).isEqualTo(6);
    }

    @Test
    void brokenLinesAreCountedOnce() {
        Reading reading = read(HISTORY + "<<<<<<< HEAD\n".repeat(10));

        assertThat(reading.values("train/loss")).hasSize(3);
        assertThat(reading.problems()).hasSize(4).last().asString().contains("7 more lines");
    }

    @Test
    void aLineBeyondAllMeasureIsSkipped() {
        byte[] head = HISTORY.getBytes(StandardCharsets.UTF_8);
        byte[] file = new byte[head.length + (17 << 20) + head.length];
        java.util.Arrays.fill(file, (byte) 'x');
        System.arraycopy(head, 0, file, 0, head.length);
        System.arraycopy(head, 0, file, file.length - head.length, head.length);
        file[file.length - head.length - 1] = '\n';
        Reading reading = Reading.of(lines, folder, "log.jsonl", file, ReadOptions.DEFAULT);

        assertThat(reading.problems()).singleElement().asString().contains("1 lines are longer than 16 MiB");
        assertThat(reading.run(0).points()
                        + (reading.runs() > 1 ? reading.run(1).points() : 0))
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    void tornAndChangedFilesNeverCrash() {
        Reading.cutEverywhere(lines, folder, "log.jsonl", HISTORY);
        Reading.fuzz(lines, folder, "log.jsonl", HISTORY.getBytes(StandardCharsets.UTF_8), 200);
        Reading.fuzz(document, folder, "log.json", HISTORY.getBytes(StandardCharsets.UTF_8), 200);
    }
}
