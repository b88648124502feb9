package dev.auscult.intake.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

import dev.auscult.run.LogHistogram;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSummary;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TensorBoard itself reads a recording; skipped where no Python with TensorBoard is at hand. */
class TensorBoardOpensRecordingTest {
    @TempDir
    Path folder;

    /** A Python named by AUSCULT_PYTHON, or the one on the path, that can import TensorBoard. */
    private static String python() {
        String named = System.getenv("AUSCULT_PYTHON");
        for (String python : named == null ? List.of("python3", "python") : List.of(named)) {
            if (hasTensorBoard(python)) {
                return python;
            }
        }
        Assumptions.abort("no Python with tensorboard: name one with AUSCULT_PYTHON");
        throw new AssertionError();
    }

    private static boolean hasTensorBoard(String python) {
        try {
            return run(List.of(python, "-c", "import tensorboard")).status() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private record Result(int status, String output) {}

    private static Result run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void itFindsScalarsHistogramsAndPictures() throws IOException {
        String python = python();
        TensorKey key = new TensorKey("0-dense", "weight", TensorKind.WEIGHT);
        LogHistogram histogram = new LogHistogram(-3, new double[] {1, 0, 2}, 4, new double[] {0, 8, 0, 16});
        TensorSummary summary = new TensorSummary(33, 2, 4, -0.75, 1.5, 0.25, 0.5, 3, 0.4, 0.125, histogram);
        TensorSummary broken = TensorSummary.UNKNOWN.withCounts(7, 0);
        byte[] png = Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        try (RecordingWriter out = RecordingWriter.create(folder, Clock.systemUTC())) {
            for (int step = 0; step < 10; step++) {
                out.scalar("train/loss", step, step / 10.0, 1.7e9 + step, 1.0 / (step + 1));
                out.tensor(key, step, 1.7e9 + step, summary);
            }
            out.tensor(new TensorKey("1-dense", "bias", TensorKind.GRADIENT), 5, 1.7e9, broken);
            out.image("images/0-conv/filters", 5, 1.7e9, 1, 1, png);
        }
        try (RecordingWriter out = RecordingWriter.resume(folder, 6, Clock.systemUTC())) {
            out.scalar("train/loss", 6, Double.NaN, 1.8e9, 0.5);
        }
        Path script = Path.of("..", "bench", "oracle", "tensorboard_recording.py");
        assertThat(Files.exists(script)).isTrue();
        Result result = run(List.of(python, script.toString(), folder.toString()));
        assertThat(result.status()).as(result.output()).isZero();
        List<String> lines = result.output().lines().toList();
        // Six points before the one that was written again, then that one.
        assertThat(lines.stream().filter(l -> l.startsWith("scalar train/loss")).toList())
                .hasSize(7)
                .contains("scalar train/loss 0 1.0", "scalar train/loss 1 0.5", "scalar train/loss 6 0.5");
        assertThat(lines)
                .contains("histogram weights/0-dense/weight 5 -0.75 1.5 31.0 7.75 9.0 31.0")
                .contains("image images/0-conv/filters 5 1 1")
                .contains("scalar weights/0-dense/weight/zeros 5 4.0")
                .contains("scalar weights/0-dense/weight/nonfinite 5 2.0")
                .contains("scalar weights/0-dense/weight/inactive 5 0.125")
                .anyMatch(line -> line.startsWith("tensor histograms weights/0-dense/weight 5"))
                .anyMatch(line -> line.startsWith("tensor scalars train/loss 6"));
    }
}
