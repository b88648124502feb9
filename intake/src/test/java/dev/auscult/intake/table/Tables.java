package dev.auscult.intake.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Series;

/** Reads a table from the text of a test: what the readers told, and the runs that came of it. */
public final class Tables implements RunSink {
    private final List<RunBuilder> builders = new ArrayList<>(List.of(Run.builder("test")));
    private final List<String> reasons = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** Writes a file. */
    public static LogFile file(Path folder, String name, String text) throws IOException {
        return LogFile.of(Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8)));
    }

    public static Tables read(LogReader reader, LogFile file) throws IOException, UnreadableLogException {
        return read(reader, file, Map.of());
    }

    public static Tables read(LogReader reader, LogFile file, Map<String, String> columns)
            throws IOException, UnreadableLogException {
        Tables sink = new Tables();
        reader.read(file, new ReadOptions(true, columns), sink);
        return sink;
    }

    @Override
    public RunBuilder run() {
        return builders.get(builders.size() - 1);
    }

    @Override
    public RunBuilder nextRun(String reason) {
        reasons.add(reason);
        builders.add(Run.builder("test"));
        return run();
    }

    @Override
    public void problem(long line, String problem) {
        problems.add(line + ": " + problem);
    }

    public List<Run> runs() {
        return builders.stream().map(RunBuilder::build).toList();
    }

    /** The only run. */
    public Run one() {
        if (builders.size() != 1) {
            throw new AssertionError(builders.size() + " runs: " + reasons);
        }
        return builders.get(0).build();
    }

    public List<String> reasons() {
        return reasons;
    }

    public List<String> problems() {
        return problems;
    }

    /** The series of a name in the log. */
    public static Series series(Run run, String name) {
        return run.metrics().stream()
                .filter(s -> s.key().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + name + " in " + run.metrics()));
    }

    public double[] values(String name) {
        return series(one(), name).values();
    }

    public long[] steps(String name) {
        return series(one(), name).steps();
    }
}
