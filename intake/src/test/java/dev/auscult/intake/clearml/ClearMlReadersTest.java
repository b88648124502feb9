package dev.auscult.intake.clearml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.json.Reading;
import dev.auscult.run.RunEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClearMlReadersTest {
    private static final String TASK = """
            {"name": "fit", "user": "someone", "status": "stopped", "hyperparams": {"Args": {
              "lr": {"section": "Args", "name": "lr", "value": "0.5", "type": "float"},
              "batch_size": {"section": "Args", "name": "batch_size", "value": "32"}}}}
            """;

    private static final String METRICS = """
            [{"type": "training_stats_scalar", "task": "offline-1", "iter": 0, "timestamp": 1000, "metric": "train", "variant": "loss", "value": 2.0}, {"type": "log", "msg": "hello"}]
            [{"type": "training_stats_scalar", "iter": 1, "timestamp": 2000, "metric": "train", "variant": "loss", "value": 1.5}, {"type": "training_stats_scalar", "iter": 1, "timestamp": 2000, "metric": "val", "variant": "loss", "value": 1.75}]
            [{"type": "training_stats_scalar", "iter": 60, "timestamp": 3000, "metric": ":monitor:machine", "variant": "cpu_usage", "value": 9}, {"type": "training_stats_scalar", "iter": -2147483648, "timestamp": 3000, "metric": "Summary", "variant": "best", "value": 1}]
            """;

    @TempDir
    Path folder;

    private static byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static void isTheSession(Reading reading) {
        assertThat(reading.refusal()).isEmpty();
        assertThat(reading.values("train/loss")).containsExactly(2.0, 1.5);
        assertThat(reading.steps("val/loss")).containsExactly(1);
        assertThat(reading.series("train/loss").wallTime(1)).isEqualTo(2.0);
        assertThat(reading.run(0).lastStep()).isEqualTo(1);
        assertThat(reading.run(0).settings().raw()).containsOnlyKeys("lr", "batch_size");
        assertThat(reading.event(RunEvent.Kind.INTERRUPTED).detail()).contains("stopped");
        assertThat(reading.problems()).singleElement().asString().contains("1 hardware values");
    }

    @Test
    void theFolderAndTheZipAreTheSameRun() throws IOException {
        ClearMlFolderReader folders = new ClearMlFolderReader();
        Files.writeString(folder.resolve("task.json"), TASK);
        assertThat(folders.recognise(folder)).isFalse();
        Files.writeString(folder.resolve("metrics.jsonl"), METRICS);
        assertThat(folders.recognise(folder)).isTrue();
        isTheSession(Reading.of(folders, folder));

        ClearMlZipReader zips = new ClearMlZipReader();
        byte[] bytes = zip("metrics.jsonl", METRICS, "data/image.bin", "x".repeat(100_000), "task.json", TASK);
        Path file = Files.write(folder.resolve("session.zip"), bytes);
        assertThat(zips.recognise(LogFile.of(file))).isGreaterThan(80);
        isTheSession(Reading.of(zips, file, ReadOptions.DEFAULT));
    }

    @Test
    void otherArchivesAreNotRecognised() throws IOException {
        Path file = Files.write(folder.resolve("a.zip"), zip("model/data.pkl", "x"));

        assertThat(new ClearMlZipReader().recognise(LogFile.of(file))).isZero();
    }

    @Test
    void aSessionWithoutScalarIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("a.zip"), zip("task.json", TASK));
        assertThat(Reading.of(new ClearMlZipReader(), file, ReadOptions.DEFAULT).refusal())
                .contains("without metrics.jsonl");

        Files.write(file, zip("metrics.jsonl", "[{\"type\": \"log\"}]"));
        assertThat(Reading.of(new ClearMlZipReader(), file, ReadOptions.DEFAULT).refusal())
                .contains("1 requests");
    }

    @Test
    void tornAndChangedArchivesNeverCrash() throws IOException {
        byte[] bytes = zip("metrics.jsonl", METRICS, "task.json", TASK);
        for (int cut = 0; cut < bytes.length; cut++) {
            Reading.of(new ClearMlZipReader(), folder, "torn.zip", Arrays.copyOf(bytes, cut), ReadOptions.DEFAULT);
        }
        Reading.fuzz(new ClearMlZipReader(), folder, "fuzz.zip", bytes, 200);
    }
}
