package dev.auscult.intake.dvclive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;

import dev.auscult.intake.FolderReader;
import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.table.TableReading;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Series;
import org.jspecify.annotations.Nullable;

/** Reads the folders that DVCLive writes: one small table per metric, {@code plots/metrics/train/loss.tsv}. */
public final class DvcliveReader implements FolderReader {
    /** Where the tables lie, newest layout first. */
    private static final List<List<String>> PLACES =
            List.of(List.of("plots", "metrics"), List.of("plots", "scalars"), List.of("scalars"));

    private static final int DEEPEST = 8;
    private static final int MOST_FILES = 10_000;

    @Override
    public String format() {
        return "dvclive";
    }

    @Override
    public boolean recognise(Path folder) throws IOException {
        Path place = place(folder);
        return place != null && !tables(place, 1).isEmpty();
    }

    private static @Nullable Path place(Path folder) {
        for (List<String> names : PLACES) {
            Path place = folder;
            for (String name : names) {
                place = place.resolve(name);
            }
            if (Files.isDirectory(place)) {
                return place;
            }
        }
        return null;
    }

    /** The tables below a folder, in order of path. */
    private static List<Path> tables(Path place, int most) throws IOException {
        try (Stream<Path> files = Files.walk(place, DEEPEST)) {
            List<Path> tables = new ArrayList<>(
                    files.filter(DvcliveReader::isTable).limit(most).toList());
            tables.sort(null);
            return tables;
        } catch (UncheckedIOException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private static boolean isTable(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv") && Files.isRegularFile(file);
    }

    @Override
    public void read(Path folder, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        Path place = place(folder);
        if (place == null) {
            throw new UnreadableLogException("no folder plots/metrics, where DVCLive puts its tables");
        }
        sink.run().framework("dvclive");
        Set<String> read = new HashSet<>();
        Run epochs = Run.builder("epoch").build();
        for (Path file : tables(place, MOST_FILES)) {
            String name = name(place.relativize(file));
            if (name.equals("epoch")) {
                RunBuilder axis = Run.builder("epoch");
                table(file, name, options, new Aside(sink, axis));
                epochs = axis.build();
                read.add(name);
            } else if (table(file, name, options, new OneFile(sink, name + ".tsv"))) {
                read.add(name);
            }
        }
        fillEpochs(sink.run(), read, epochs);
        LastValues.read(folder.resolve("metrics.json"), read, sink);
        if (sink.run().isEmpty()) {
            throw new UnreadableLogException("a DVCLive folder in which no table has a row");
        }
    }

    /** A program that logs the epoch as if it were a metric says in which epoch each step lies. */
    private static void fillEpochs(RunBuilder run, Set<String> names, Run epochs) {
        if (epochs.metrics().isEmpty()) {
            return;
        }
        Series axis = epochs.metrics().get(0);
        long[] steps = axis.steps();
        for (String name : names) {
            if (!name.equals("epoch")) {
                run.series(name).fillEpochs(step -> {
                    int at = Arrays.binarySearch(steps, step);
                    return at < 0 ? Double.NaN : axis.value(at);
                });
            }
        }
    }

    /** Takes the points of one table apart from the run, and its problems to it. */
    private record Aside(RunSink sink, RunBuilder run) implements RunSink {
        @Override
        public RunBuilder nextRun(String reason) {
            return run;
        }

        @Override
        public void problem(long line, String problem) {
            sink.problem(line, "epoch.tsv: " + problem);
        }
    }

    private static boolean table(Path file, String name, ReadOptions options, RunSink sink) throws IOException {
        try {
            TableReading.read(LogFile.of(file), new MetricLayout(name), options, sink);
            return true;
        } catch (UnreadableLogException nothing) {
            sink.problem(0, String.valueOf(nothing.getMessage()));
            return false;
        }
    }

    /** The metric's name: the path without its ending, its parts joined by a slash. */
    private static String name(Path relative) {
        StringJoiner name = new StringJoiner("/");
        relative.forEach(part -> name.add(part.toString()));
        return name.toString().substring(0, name.length() - ".tsv".length());
    }
}
