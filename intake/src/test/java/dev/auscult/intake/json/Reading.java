package dev.auscult.intake.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import dev.auscult.intake.FolderReader;
import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Series;
import org.junit.jupiter.api.Assumptions;

/** What a reader made of a file: its runs, its problems, and why it refused. */
public final class Reading implements RunSink {
    private final List<RunBuilder> runs = new ArrayList<>(List.of(Run.builder("run")));
    private final List<String> problems = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private String refusal = "";

    /** Reads text as a file of this name. */
    public static Reading of(LogReader reader, Path folder, String name, String text) {
        return of(reader, folder, name, text.getBytes(StandardCharsets.UTF_8), ReadOptions.DEFAULT);
    }

    public static Reading of(LogReader reader, Path folder, String name, byte[] bytes, ReadOptions options) {
        try {
            return of(reader, Files.write(folder.resolve(name), bytes), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Reading of(LogReader reader, Path path, ReadOptions options) throws IOException {
        Reading reading = new Reading();
        try {
            reader.read(LogFile.of(path), options, reading);
        } catch (UnreadableLogException e) {
            reading.refusal = e.getMessage();
        }
        return reading;
    }

    public static Reading of(FolderReader reader, Path folder) throws IOException {
        Reading reading = new Reading();
        try {
            reader.read(folder, ReadOptions.DEFAULT, reading);
        } catch (UnreadableLogException e) {
            reading.refusal = e.getMessage();
        }
        return reading;
    }

    public static int recognise(LogReader reader, Path folder, String name, String text) {
        try {
            return reader.recognise(LogFile.of(Files.writeString(folder.resolve(name), text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the collection of real runs; the test is skipped where the collection is absent. */
    public static Path real(String path) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path shared = folder.resolve("shared/real-runs");
            if (Files.isDirectory(shared)) {
                return shared.resolve(path);
            }
        }
        Assumptions.abort("shared/real-runs is absent");
        throw new AssertionError();
    }

    /** Cuts a text at every byte: never a crash, and every point kept has its whole value at its step. */
    public static void cutEverywhere(LogReader reader, Path folder, String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Run whole = of(reader, folder, name, text).run(0);
        long points = 0;
        for (int cut = 0; cut <= bytes.length; cut++) {
            Reading torn = of(reader, folder, name, Arrays.copyOf(bytes, cut), ReadOptions.DEFAULT);
            Run run = torn.run(0);
            if (run.points() < points) {
                throw new AssertionError("cut at " + cut + " keeps " + run.points() + " points, before " + points);
            }
            points = run.points();
            for (Series series : run.metrics()) {
                Series full = whole.metrics().stream()
                        .filter(s -> s.key().equals(series.key()))
                        .findFirst()
                        .orElseThrow();
                for (int i = 0; i < series.size(); i++) {
                    if (Double.compare(series.value(i), full.value(i)) != 0 || series.step(i) != full.step(i)) {
                        throw new AssertionError("cut at " + cut + ": point " + i + " of "
                                + series.key().name());
                    }
                }
            }
        }
        if (points != whole.points()) {
            throw new AssertionError("the whole file has " + whole.points() + " points, not " + points);
        }
    }

    /** Changes bytes at random: nothing but a refusal may come out. */
    public static void fuzz(LogReader reader, Path folder, String name, byte[] seedFile, int rounds) {
        Random random = new Random(20261120);
        byte[] tokens = "{}[]\",:0123456789.eE+-NaInfityul\n\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        for (int round = 0; round < rounds; round++) {
            byte[] bytes = seedFile.clone();
            for (int change = random.nextInt(8); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = tokens[random.nextInt(tokens.length)];
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            Reading reading = of(reader, folder, name, Arrays.copyOf(bytes, length), ReadOptions.DEFAULT);
            reading.runs.forEach(RunBuilder::build);
        }
    }

    public Run run(int i) {
        return runs.get(i).build();
    }

    public int runs() {
        return runs.size();
    }

    public List<String> problems() {
        return problems;
    }

    public List<String> reasons() {
        return reasons;
    }

    public String refusal() {
        return refusal;
    }

    /** The values of a metric by its name in the log. */
    public double[] values(String name) {
        Series series = series(name);
        double[] values = new double[series.size()];
        Arrays.setAll(values, series::value);
        return values;
    }

    public long[] steps(String name) {
        Series series = series(name);
        long[] steps = new long[series.size()];
        Arrays.setAll(steps, series::step);
        return steps;
    }

    public Series series(String name) {
        return series(0, name);
    }

    public Series series(int run, String name) {
        return run(run).metrics().stream()
                .filter(s -> s.key().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among "
                        + run(run).metrics().stream().map(s -> s.key().name()).toList() + refusal));
    }

    public RunEvent event(RunEvent.Kind kind) {
        return run(0).events().stream()
                .filter(e -> e.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " is not among " + run(0).events()));
    }

    @Override
    public RunBuilder run() {
        return runs.get(runs.size() - 1);
    }

    @Override
    public RunBuilder nextRun(String reason) {
        reasons.add(reason);
        runs.add(Run.builder("run#" + (runs.size() + 1)));
        return run();
    }

    @Override
    public void problem(long line, String problem) {
        problems.add(line + ": " + problem);
    }
}
