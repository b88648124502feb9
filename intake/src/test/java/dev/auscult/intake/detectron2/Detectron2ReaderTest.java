package dev.auscult.intake.detectron2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.auscult.intake.json.Reading;
import dev.auscult.run.RunEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Detectron2ReaderTest {
    private static final String LOG = """
            {"data_time": 0.1, "eta_seconds": 90.5, "iteration": 19, "lr": 0.001, "loss_cls": 1.5, "total_loss": 2.5, "time": 1.25}
            {"bbox/AP": 21.5, "bbox/AP-person": NaN, "iteration": 39, "lr": 0.001, "loss_cls": 1.0, "total_loss": 2.0, "time": 1.5}
            {"iteration": 59, "lr": 0.001, "loss_cls": 0.5, "total_loss": 1.0, "time": 1.5}
            """;

    private final Detectron2Reader reader = new Detectron2Reader();

    @TempDir
    Path folder;

    private Reading read(String text) {
        return Reading.of(reader, folder, "metrics.json", text);
    }

    @Test
    void linesAreKeyedByIteration() {
        Reading reading = read(LOG);

        assertThat(reading.steps("total_loss")).containsExactly(19, 39, 59);
        assertThat(reading.values("loss_cls")).containsExactly(1.5, 1.0, 0.5);
        assertThat(reading.steps("bbox/AP")).containsExactly(39);
        assertThat(reading.values("bbox/AP-person")).containsExactly(Double.NaN);
        assertThat(reading.run(0).metrics()).noneMatch(s -> s.key().name().equals("eta_seconds"));
        assertThat(Reading.recognise(reader, folder, "x.json", LOG)).isGreaterThan(90);
        assertThat(Reading.recognise(reader, folder, "x.json", "{\"iteration\": 1}"))
                .isZero();
    }

    @Test
    void aRestartDropsWhatIsWrittenAgain() {
        Reading reading =
                read(LOG + "{\"iteration\": 79, \"total_loss\": 0.9}\n{\"iteration\": 99, \"total_loss\": 0.8}\n"
                        + "{\"iteration\": 39, \"total_loss\": 7}\n");

        assertThat(reading.steps("total_loss")).containsExactly(19, 39);
        assertThat(reading.values("total_loss")).containsExactly(2.5, 7);
        assertThat(reading.run(0).has(RunEvent.Kind.RESTART)).isTrue();
    }

    @Test
    void aSecondStartIntoTheSameFileIsASecondRun() {
        Reading reading = read(LOG + LOG);

        assertThat(reading.runs()).isEqualTo(2);
        assertThat(reading.reasons()).containsExactly("iteration goes back to 19");
        assertThat(reading.run(1).points()).isEqualTo(reading.run(0).points());
    }

    @Test
    void tornAndChangedFilesNeverCrash() {
        Reading.cutEverywhere(reader, folder, "metrics.json", LOG);
        Reading.fuzz(reader, folder, "metrics.json", LOG.getBytes(StandardCharsets.UTF_8), 200);
    }
}
