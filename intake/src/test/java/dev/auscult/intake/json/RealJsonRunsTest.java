package dev.auscult.intake.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.detectron2.Detectron2Reader;
import dev.auscult.intake.huggingface.TrainerStateReader;
import dev.auscult.intake.kerasjson.KerasHistoryReader;
import dev.auscult.intake.llamafactory.TrainerLogReader;
import dev.auscult.intake.mlflow.MlflowFolderReader;
import dev.auscult.run.Series;
import org.junit.jupiter.api.Test;

/** Every real file of the JSON formats is read, and its longest series has as many points as the index says. */
class RealJsonRunsTest {
    private static final List<LogReader> READERS = List.of(
            new TrainerStateReader(),
            new TrainerLogReader(),
            new Detectron2Reader(),
            new KerasHistoryReader(),
            new JsonReader(),
            new JsonLinesReader());

    @Test
    void everyRealFileIsReadByItsReader() throws IOException {
        int seen = 0;
        for (String line : Files.readAllLines(Reading.real("INDEX.tsv"))) {
            String[] cells = line.split("\t", -1);
            String wanted = switch (cells[6]) {
                case "hf-trainer-state" -> "hf-trainer-state";
                case "llama-factory-jsonl" -> "llama-factory";
                case "detectron2-metrics-json" -> "detectron2";
                case "keras-history-json" -> "keras-history";
                default -> "";
            };
            if (wanted.isEmpty()) {
                continue;
            }
            LogFile file = LogFile.of(Reading.real(cells[0]));
            if (file.text().startsWith("version https://git-lfs")) {
                continue;
            }
            seen++;
            assertThat(surest(file).format()).as(cells[0]).isEqualTo(wanted);
            Reading reading = Reading.of(surest(file), file.path(), ReadOptions.DEFAULT);
            if (cells[7].equals("50") && wanted.equals("llama-factory")) {
                assertThat(reading.refusal()).contains("predict job");
                continue;
            }
            assertThat(reading.refusal()).as(cells[0]).isEmpty();
            assertThat(reading.problems()).as(cells[0]).isEmpty();
            assertThat(reading.runs()).as(cells[0]).isEqualTo(1);
            long longest = reading.run(0).metrics().stream()
                    .mapToLong(Series::size)
                    .max()
                    .orElse(0);
            assertThat(longest).as(cells[0]).isPositive().isLessThanOrEqualTo(Long.parseLong(cells[7]));
        }
        assertThat(seen).isGreaterThanOrEqualTo(20);
    }

    private static LogReader surest(LogFile file) {
        return READERS.stream()
                .max((a, b) -> Integer.compare(a.recognise(file), b.recognise(file)))
                .orElseThrow();
    }

    @Test
    void everyRealMlflowRunIsRead() throws IOException {
        MlflowFolderReader reader = new MlflowFolderReader();
        try (Stream<Path> folders = Files.list(Reading.real("mlflow-filestore"))) {
            for (Path folder : folders.sorted().toList()) {
                assertThat(reader.recognise(folder)).isTrue();
                Reading reading = Reading.of(reader, folder);
                assertThat(reading.refusal()).isEmpty();
                assertThat(reading.run(0).points()).isPositive();
            }
        }
    }
}
