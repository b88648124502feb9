package dev.auscult.intake.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.auscult.intake.FolderReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.SettingsFiles;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.tensorboard.RecordedEvents;
import dev.auscult.run.DataProfile;
import dev.auscult.run.ModelGraph;
import dev.auscult.run.Probe;
import dev.auscult.run.RunBuilder;

/** Reads run directories that Auscult recorded: the spec, all event files in order, and what is known of network and data. */
public final class RecordingReader implements FolderReader {
    /** The spec with every default filled in, as it ran. */
    public static final String SPEC = "spec.yaml";

    /** Has no state. */
    public RecordingReader() {}

    /**
     * Reads a recording that is going on into the run that its continuation adds to.
     *
     * @throws UnreadableLogException if there is not one point
     */
    public static void read(Path folder, RunBuilder run) throws IOException, UnreadableLogException {
        new RecordingReader().read(folder, ReadOptions.DEFAULT, sink(folder, run));
    }

    /** Adds the spec of a recording that begins to its run, as it will be read back. */
    public static void readSpec(Path folder, RunBuilder run) {
        addSpec(folder, sink(folder, run));
    }

    private static void addSpec(Path folder, RunSink sink) {
        if (Files.isRegularFile(folder.resolve(SPEC))) {
            SpecSettings.add(
                    SettingsFiles.read(folder.resolve(SPEC), sink), sink.run().settings());
        }
        sink.run().framework("auscult");
        if (sink.run().format().isEmpty()) {
            sink.run().format("auscult");
        }
    }

    private static RunSink sink(Path folder, RunBuilder run) {
        return new RunSink() {
            @Override
            public RunBuilder run() {
                return run;
            }

            @Override
            public RunBuilder nextRun(String reason) {
                return run;
            }

            @Override
            public void problem(long line, String problem) {
                run.problem(folder.toString(), line, problem);
            }
        };
    }

    @Override
    public String format() {
        return "auscult";
    }

    @Override
    public boolean recognise(Path folder) throws IOException {
        return Files.isRegularFile(folder.resolve(SPEC)) && !eventFiles(folder).isEmpty();
    }

    private static List<Path> eventFiles(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.filter(entry -> RecordingWriter.isEventFile(nameOf(entry)))
                    .sorted(Comparator.comparing(RecordingReader::nameOf))
                    .toList();
        }
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    @Override
    public void read(Path folder, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        RecordingTags tags = new RecordingTags();
        for (Path file : eventFiles(folder)) {
            try {
                RecordedEvents.read(file, nameOf(file), options, sink, tags);
            } catch (UnreadableLogException e) {
                sink.problem(0, nameOf(file) + ": " + e.getMessage());
            }
        }
        addSpec(folder, sink);
        part(folder, RecordingFiles.MODEL, ModelGraph.class, sink).ifPresent(sink.run()::graph);
        part(folder, RecordingFiles.DATA, DataProfile.class, sink).ifPresent(sink.run()::data);
        part(folder, RecordingFiles.CHECKS, Probe[].class, sink).ifPresent(probes -> {
            for (Probe probe : probes) {
                sink.run().probe(probe);
            }
        });
        if (sink.run().isEmpty()) {
            throw new UnreadableLogException("a recording without a point: training stopped before its first record");
        }
    }

    private static <T> Optional<T> part(Path folder, String name, Class<T> type, RunSink sink) {
        try {
            return RecordingFiles.read(folder.resolve(name), type);
        } catch (IOException e) {
            sink.problem(0, name + " cannot be read and was left out: " + e.getMessage());
            return Optional.empty();
        }
    }
}
