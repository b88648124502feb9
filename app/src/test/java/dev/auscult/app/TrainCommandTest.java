package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.auscult.app.report.Style;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code auscult train} and {@code auscult resume} from the command line to the exit code, on data of its own. */
class TrainCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeClouds() throws IOException {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("x,y,cloud\n");
        for (int i = 0; i < 150; i++) {
            int cloud = i % 3;
            csv.append(String.format(
                    Locale.ROOT,
                    "%.4f,%.4f,%s%n",
                    2 * Math.cos(cloud * 2.1) + random.nextGaussian() / 2,
                    2 * Math.sin(cloud * 2.1) + random.nextGaussian() / 2,
                    "abc".charAt(cloud)));
        }
        Files.writeString(folder.resolve("clouds.csv"), csv);
        Files.writeString(folder.resolve("clouds.yaml"), """
                seed: 3
                data: {train: clouds.csv, target: cloud}
                model: {layers: [{dense: 8}, relu, {dense: classes}]}
                optimizer: {type: adam, learning-rate: 0.01}
                training: {epochs: 10, batch-size: 16}
                record: {every: 5}
                """);
    }

    private int auscult(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Workplace usual = Workplace.usual();
        Workplace here = new Workplace(folder, usual.book(), usual.source());
        return new CommandLineTool(new Terminal(out, err, false, false, Style.PLAIN), here).run(args);
    }

    private int train(String... more) {
        List<String> args = new ArrayList<>(List.of("train", "--runs", runs().toString()));
        args.addAll(Arrays.asList(more));
        args.add(folder.resolve("clouds.yaml").toString());
        return auscult(args.toArray(String[]::new));
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    private Path run() {
        return runs().resolve("clouds");
    }

    @Test
    void aTrainingIsToldLineByLineAndReported() {
        assertThat(train()).isEqualTo(ExitCode.OK);
        assertThat(err.toString().lines().toList())
                .contains("classification, 3 classes, from column cloud")
                .anyMatch(line -> line.matches("epoch 1/10: train/loss [\\d.]+, validation/loss [\\d.]+, "
                        + "validation/accuracy [\\d.]+, .*\\(best so far\\).*"))
                .anyMatch(line -> line.startsWith("epoch 10/10: "))
                .noneMatch(line -> line.startsWith("auscult: "));
        assertThat(out.toString())
                .startsWith("Done: 10 epochs (80 steps, ")
                .contains("\nrecording   runs/clouds\n", "runs/clouds  healthy\n", "1 run: 1 healthy");
        assertThat(run().resolve("findings.json")).isRegularFile();
        assertThat(run().resolve("checkpoints/last.safetensors")).isRegularFile();
    }

    @Test
    void whatARecordingHoldsNeedsNoAdviceToLogIt() {
        assertThat(train("--set", "training.epochs=20")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).doesNotContain("Could not tell");
    }

    @Test
    void aSecondTrainingGetsAFolderOfItsOwn() {
        train("--set", "training.epochs=1");
        assertThat(train("--set", "training.epochs=1")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("recording   runs/clouds-2\n");
        assertThat(run()).isDirectory();
    }

    @Test
    void theReportComesAsJsonAlone() {
        assertThat(train("--format", "json")).isEqualTo(ExitCode.OK);
        JsonNode report = JsonMapper.shared().readTree(out.toString());
        assertThat(report.at("/runs/0/format").asString()).isEqualTo("auscult");
        assertThat(report.at("/runs/0/path").asString()).isEqualTo("runs/clouds");
        assertThat(err.toString()).contains("Done: 10 epochs", "recording   runs/clouds");
    }

    @Test
    void theReportGoesToAFile() throws IOException {
        Path file = folder.resolve("report.json");
        assertThat(train("--format", "json", "--output", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEmpty();
        assertThat(JsonMapper.shared()
                        .readTree(Files.readString(file))
                        .at("/schema")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aBrokenTrainingIsStoppedByPolicyAndFailsWhereThatIsAskedFor() {
        String sick = "optimizer={type: sgd, learning-rate: 1e30}";
        assertThat(train("--set", sick)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Stopped by policy: critical: ").contains("runs/clouds  sick: critical");
        assertThat(train("--set", sick, "--set", "policy.critical=warn", "--fail-on", "high"))
                .isEqualTo(ExitCode.FINDINGS);
        assertThat(err.toString().lines())
                .as("told while it trains")
                .anyMatch(line -> line.matches("critical: [A-Z]{3}\\d{3} .*"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--set optimizer.learning-rat=1 | 2 | found key \"learning-rat\" in optimizer, wanted learning-rate",
                "--set training.epochs=0        | 2 | wanted a whole number of at least 1",
                "--set data.train=none.csv      | 3 | none.csv does not exist; wanted a file or folder with examples",
                "--set data.target=colour       | 3 | no column 'colour' among 3",
                "--device tpu                   | 2 | unknown device tpu for --device; wanted one of auto, cpu, cuda",
                "--threads 0                    | 2 | found 0 for --threads; wanted a number from 1 to 1024",
                "--fail-on sometimes            | 2 | unknown severity sometimes for --fail-on",
                "--format xml                   | 2 | unknown format xml for --format",
            })
    void whatIsWrongIsToldInOneLine(String options, int code, String message) {
        assertThat(train(options.split(" +", -1))).isEqualTo(code);
        assertThat(err.toString()).startsWith("auscult: ").contains(message).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
        assertThat(runs()).doesNotExist();
    }

    @Test
    void aFileInPlaceOfTheFolderForRecordingsIsToldApart() throws IOException {
        Files.writeString(runs(), "");
        assertThat(train()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .startsWith(
                        "auscult: cannot make a folder for the recording in runs (a file is where a folder is needed")
                .hasLineCount(1);
    }

    @Test
    void theSpecMustBeNamed() {
        assertThat(auscult("train")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("missing required parameter: 'SPEC'")
                .hasLineCount(1);
        assertThat(auscult("resume")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("missing required parameter: 'RUN'").hasLineCount(1);
    }

    @Test
    void onlyARecordingWithACheckpointCanBeResumed() throws IOException {
        assertThat(auscult("resume", folder.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("found no recording in .").hasLineCount(1);

        train("--set", "training.epochs=1");
        Path last = run().resolve("checkpoints/last.safetensors");
        byte[] whole = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(whole, 20));
        assertThat(auscult("resume", run().toString())).isEqualTo(ExitCode.UNREADABLE);
        assertThat(err.toString())
                .startsWith("auscult: cannot go on with runs/clouds: ")
                .contains("last.safetensors")
                .hasLineCount(1);

        Files.delete(last);
        assertThat(auscult("resume", run().toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("there is no checkpoint in runs/clouds")
                .hasLineCount(1);
    }

    @Test
    void aFinishedTrainingIsOnlyReportedAgain() {
        train();
        assertThat(auscult("resume", run().toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Done: the training had ended before (80 steps, ");
    }

    @Test
    void whatIsInterruptedIsSavedAndResumedToTheSameEnd() throws IOException, InterruptedException {
        assertThat(train("--set", "training.epochs=400")).isEqualTo(ExitCode.OK);
        byte[] whole = Files.readAllBytes(run().resolve("checkpoints/last.safetensors"));

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "train",
                        "--runs",
                        folder.resolve("again").toString(),
                        "--set",
                        "training.epochs=400",
                        folder.resolve("clouds.yaml").toString())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        Files.writeString(folder.resolve("err"), "", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        while (process.isAlive() && !Files.readString(folder.resolve("err")).contains("epoch 3/400")) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        process.destroy();
        int code = process.waitFor();

        assertThat(code).as(Files.readString(folder.resolve("err"))).isEqualTo(128 + 15);
        assertThat(Files.readString(folder.resolve("err")))
                .containsPattern("interrupted after step \\d+, saved; go on with: auscult resume .*/again/clouds\n")
                .doesNotContain("Exception");
        Path again = folder.resolve("again/clouds");
        assertThat(auscult("diagnose", again.toString())).isEqualTo(ExitCode.OK);
        assertThat(auscult("resume", again.toString())).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Done: 400 epochs (3,200 steps, ");
        assertThat(Files.readAllBytes(again.resolve("checkpoints/last.safetensors")))
                .isEqualTo(whole);
    }
}
