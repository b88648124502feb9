package dev.auscult.intake.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import dev.auscult.intake.json.Reading;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Setting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowFolderReaderTest {
    private final MlflowFolderReader reader = new MlflowFolderReader();

    @TempDir
    Path store;

    private Path run;

    @BeforeEach
    void writeRun() throws IOException {
        run = store.resolve("0/abc");
        write("meta.yaml", "run_id: abc\nlifecycle_stage: active\nstatus: 4\nuser_id: someone\ntags: []\n");
        write("metrics/train/loss", "2000 1.5 2\n1000 2.0 1\n3000 nan 3\n1500 2.25 1\n");
        write("metrics/old", "1000 0.5\n2000 0.75\n");
        write("metrics/system/cpu", "1000 99.0 500\n");
        write("params/lr", "0.5");
        write("tags/mlflow.user", "someone");
    }

    private void write(String name, String text) throws IOException {
        Path file = run.resolve(name);
        Path parent = file.getParent();
        Files.createDirectories(parent == null ? run : parent);
        Files.writeString(file, text);
    }

    @Test
    void metricsParamsAndStatusAreRead() throws IOException {
        assertThat(reader.recognise(run)).isTrue();
        Reading reading = Reading.of(reader, run);

        assertThat(reading.steps("train/loss")).containsExactly(1, 2, 3);
        assertThat(reading.values("train/loss")).containsExactly(2.25, 1.5, Double.NaN);
        assertThat(reading.series("train/loss").wallTime(1)).isEqualTo(2.0);
        assertThat(reading.values("old")).containsExactly(0.5, 0.75);
        assertThat(reading.run(0).settings().raw()).containsEntry("lr", "0.5");
        assertThat(reading.run(0).settings().text(Setting.LEARNING_RATE)).hasValue("0.5");
        assertThat(reading.event(RunEvent.Kind.INTERRUPTED).detail()).contains("FAILED");
    }

    @Test
    void hardwareIsLeftOutAndUsersAreNotNamed() throws IOException {
        Reading reading = Reading.of(reader, run);

        assertThat(reading.run(0).lastStep()).isEqualTo(3);
        assertThat(reading.problems()).singleElement().asString().contains("1 hardware metrics");
        assertThat(reading.run(0).settings().raw().toString()
                        + reading.problems()
                        + reading.run(0).events())
                .doesNotContain("someone");
    }

    @Test
    void onlyRunFoldersAreRecognised() throws IOException {
        assertThat(reader.recognise(store)).isFalse();
        Path experiment = store.resolve("0");
        Files.writeString(experiment.resolve("meta.yaml"), "experiment_id: 0\nname: Default\n");
        assertThat(reader.recognise(experiment)).isFalse();
    }

    @Test
    void theMetricsOfModelsStandInForThoseOfTheRun() throws IOException {
        Files.delete(run.resolve("metrics/train/loss"));
        Files.delete(run.resolve("metrics/old"));
        Path model = store.resolve("0/models/m-1/metrics");
        Files.createDirectories(model);
        Files.writeString(model.resolve("val_loss"), "1000 2.0 1 abc\n1000 9.0 1 other\n2000 1.0 2 abc\n");

        assertThat(Reading.of(reader, run).values("val_loss")).containsExactly(2.0, 1.0);
    }

    @Test
    void aDeletedRunSaysSo() throws IOException {
        write("meta.yaml", "run_uuid: abc\nlifecycle_stage: deleted\nstatus: FINISHED\n");
        Reading reading = Reading.of(reader, run);

        assertThat(reading.problems()).anySatisfy(problem -> assertThat(problem).contains("deleted"));
        assertThat(reading.run(0).has(RunEvent.Kind.COMPLETED)).isTrue();
    }

    @Test
    void brokenLinesAreNamedAndTheRestIsKept() throws IOException {
        write("metrics/train/loss", "1000 2.0 1\ngarbage\n2000 1.5 2\n30");
        Reading reading = Reading.of(reader, run);

        assertThat(reading.values("train/loss")).containsExactly(2.0, 1.5);
        assertThat(reading.problems()).anySatisfy(problem -> assertThat(problem).startsWith("2: 2 lines of metric"));
    }

    @Test
    void hostileMetaIsNoMatter() throws IOException {
        write(
                "meta.yaml",
                "run_id: abc\ntags: " + "[".repeat(50_000) + "\n" + "- ".repeat(50_000) + "\nx: !!java.net.URL [a]\n");
        assertThat(reader.recognise(run)).isTrue();
        assertThat(Reading.of(reader, run).refusal()).isEmpty();

        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = new byte[40];
            random.nextBytes(bytes);
            Files.write(run.resolve("meta.yaml"), bytes);
            Files.write(run.resolve("metrics/old"), bytes);
            Reading.of(reader, run);
        }
    }

    @Test
    void aRunWithoutMetricIsRefused() throws IOException {
        Files.delete(run.resolve("metrics/train/loss"));
        Files.delete(run.resolve("metrics/old"));

        assertThat(Reading.of(reader, run).refusal()).contains("hardware metrics only");
    }
}
