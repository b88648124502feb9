package dev.auscult.intake.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.auscult.intake.FolderReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.json.ByteLines;
import dev.auscult.intake.json.Numbers;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.SeriesBuilder;

/** Reads a run folder of MLflow's file store: {@code mlruns/<experiment>/<run>}. */
public final class MlflowFolderReader implements FolderReader {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_FILES = 10_000;
    private static final int MAX_PARAM_BYTES = 6000;

    @Override
    public String format() {
        return "mlflow";
    }

    @Override
    public boolean recognise(Path folder) throws IOException {
        return Files.isRegularFile(folder.resolve("meta.yaml"))
                && (Files.isDirectory(folder.resolve("metrics")) || Files.isDirectory(folder.resolve("params")))
                && !MlflowMeta.of(folder).runId().isEmpty();
    }

    @Override
    public void read(Path folder, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        RunBuilder run = sink.run();
        MlflowMeta meta = MlflowMeta.of(folder);
        for (Path file : files(folder.resolve("params"))) {
            run.settings().put(name(folder.resolve("params"), file), firstText(file));
        }
        Path metrics = folder.resolve("metrics");
        int hardware = 0;
        for (Path file : files(metrics)) {
            String name = name(metrics, file);
            if (MlflowMeta.isHardware(name)) {
                hardware++;
            } else {
                addMetric(file, run.series(name), "", sink);
            }
        }
        if (run.isEmpty()) {
            addModelMetrics(folder, meta.runId(), sink);
        }
        if (hardware > 0) {
            sink.problem(0, hardware + " hardware metrics (system/…) were left out: they count samples, not steps");
        }
        if (meta.isDeleted()) {
            sink.problem(0, "MLflow has this run as deleted (lifecycle_stage: deleted); it was read all the same");
        }
        MlflowMeta.addStatus(run, meta.text("status"));
        if (run.isEmpty()) {
            throw new UnreadableLogException("an MLflow run without a metric: "
                    + (hardware > 0 ? "hardware metrics only" : "nothing readable in metrics/")
                    + "; log the loss with mlflow.log_metric(name, value, step)");
        }
    }

    /** MLflow 3 keeps metrics beside the runs, by model, with the run's id in the fourth field. */
    private static void addModelMetrics(Path folder, String runId, RunSink sink) throws IOException {
        Path experiment = folder.toAbsolutePath().getParent();
        Path models = experiment == null ? null : experiment.resolve("models");
        if (models == null || runId.isEmpty() || !Files.isDirectory(models)) {
            return;
        }
        for (Path file : files(models)) {
            Path below = models.relativize(file);
            if (below.getNameCount() > 2 && below.getName(1).toString().equals("metrics")) {
                String name = slashed(below.subpath(2, below.getNameCount()));
                if (!MlflowMeta.isHardware(name)) {
                    addMetric(file, sink.run().series(name), runId, sink);
                }
            }
        }
    }

    /** Lines {@code milliseconds value [step [run …]]}; old stores have no step. */
    private static void addMetric(Path file, SeriesBuilder series, String onlyRun, RunSink sink) throws IOException {
        long broken = 0;
        long firstBroken = 0;
        try (ByteLines lines = new ByteLines(Files.newInputStream(file))) {
            while (lines.next()) {
                String[] fields = lines.text().split("\\s+", 6);
                boolean whole = fields.length >= 2
                        && Numbers.isNumber(fields[0])
                        && Numbers.isNumber(fields[1])
                        && (fields.length == 2 || Numbers.isNumber(fields[2]));
                if (!whole) {
                    broken++;
                    firstBroken = firstBroken == 0 ? lines.line() : firstBroken;
                } else if (onlyRun.isEmpty() || (fields.length > 3 && fields[3].equals(onlyRun))) {
                    long step = fields.length > 2 ? (long) Numbers.parse(fields[2]) : 0;
                    series.add(step, Double.NaN, Numbers.parse(fields[0]) / 1000, Numbers.parse(fields[1]));
                }
            }
        }
        if (broken > 0) {
            sink.problem(
                    firstBroken,
                    broken + " lines of metric " + series.key().name()
                            + " are not \"time value step\"; they were left out");
        }
    }

    /** Every regular file below a folder, by path. */
    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder, MAX_DEPTH)) {
            return walk.filter(Files::isRegularFile).limit(MAX_FILES).sorted().toList();
        }
    }

    /** The name of a metric or parameter: {@code /} in it makes folders. */
    private static String name(Path folder, Path file) {
        return slashed(folder.relativize(file));
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static String firstText(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_PARAM_BYTES), StandardCharsets.UTF_8).strip();
        }
    }
}
