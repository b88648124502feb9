package dev.auscult.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.auscult.intake.Intake.Found;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Series;
import dev.auscult.run.SeriesBuilder;
import dev.auscult.run.Split;

/** Reads what belongs together and merges it into runs. */
final class SourceReader {
    private static final String NOTHING = "no metric and no tensor statistics in it; " + Refusals.WANTED;

    private final ReadOptions options;

    SourceReader(ReadOptions options) {
        this.options = options;
    }

    /** The runs of a source; one refused if nothing was readable; none if nobody expected any. */
    List<Found> read(Source source) {
        try {
            return readAll(source);
        } catch (OutOfMemoryError e) {
            // Outside a single reader: several files of one run, or the run that is built of what was read.
            return List.of(refused(source, Run.builder(Intake.idOf(source.path())), outOfMemory()));
        }
    }

    private List<Found> readAll(Source source) {
        String id = Intake.idOf(source.path());
        if (!source.refusal().isEmpty()) {
            return List.of(refused(source, Run.builder(id), source.refusal()));
        }
        if (source.folder() != null) {
            Collector collector = new Collector(id);
            String why = readFolder(source, collector);
            return found(source, collector.runs(), why);
        }
        List<RunBuilder> runs = List.of();
        String refusal = "";
        List<Found> apart = new ArrayList<>();
        for (Source.Part part : source.parts()) {
            Path first = part.members().get(0).path();
            Collector collector = new Collector(part.subfolder().isEmpty() ? id : Intake.idOf(first));
            String why = readPart(part, collector);
            List<RunBuilder> more = collector.runs();
            if (isRunOfItsOwn(part, more.get(0))) {
                List<Path> settings = SettingsFiles.in(first.getParent());
                apart.addAll(found(new Source(first, List.of(part), settings, null, "", true), more, why));
                continue;
            }
            if (runs.isEmpty()) {
                runs = more;
                refusal = why;
            } else if (runs.size() > 1 || more.size() > 1) {
                // A file of several runs says of none of them that it is the run of another file.
                runs = isEmpty(runs) ? more : isEmpty(more) ? runs : concatenated(id, runs, more);
            } else {
                mergePart(part, runs.get(0), more.get(0));
            }
        }
        List<Found> found = new ArrayList<>(found(source, runs, refusal));
        found.addAll(apart);
        return found;
    }

    /**
     * Whether a subfolder beside a run's event files is another run: torch's {@code add_scalars} writes the tag
     * {@code loss} for {@code {"train": …}} to a subfolder {@code loss_train}, {@code add_hparams} writes to a
     * subfolder named by the time; whatever has other tags is a run.
     */
    private static boolean isRunOfItsOwn(Source.Part part, RunBuilder child) {
        if (part.subfolder().isEmpty() || child.isEmpty() || isTime(part.subfolder())) {
            return false;
        }
        return child.tensorRecords() > 0
                || !child.keys().stream()
                        .allMatch(key -> part.subfolder().startsWith(key.name().replace('/', '_')));
    }

    private static boolean isTime(String folder) {
        return folder.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    }

    List<Found> found(Source source, List<RunBuilder> runs, String refusal) {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            RunBuilder run = runs.get(i);
            addSettings(source, run);
            if (!run.isEmpty()) {
                found.add(new Found(source.path(), i + 1, run.build(), ""));
            } else if (source.expected()) {
                found.add(refused(source, run, refusal.isEmpty() ? NOTHING : refusal));
            }
        }
        return found;
    }

    private static boolean isEmpty(List<RunBuilder> runs) {
        return runs.stream().allMatch(RunBuilder::isEmpty);
    }

    private static List<RunBuilder> concatenated(String id, List<RunBuilder> runs, List<RunBuilder> more) {
        List<RunBuilder> all = new ArrayList<>(runs);
        all.addAll(more);
        for (int i = 1; i < all.size(); i++) {
            String own = all.get(i).id();
            if (own.equals(id) || own.matches(Pattern.quote(id) + "#\\d+")) {
                all.get(i).id(id + "#" + (i + 1));
            }
        }
        return all;
    }

    private static Found refused(Source source, RunBuilder run, String refusal) {
        return new Found(source.path(), 1, run.build(), oneLine(refusal));
    }

    static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").trim();
        return line.length() <= 400 ? line : line.substring(0, 400) + "…";
    }

    static void addSettings(Source source, RunBuilder run) {
        for (Path file : source.settings()) {
            run.settings().putAll(SettingsFiles.read(file, problemsOf(run, Intake.idOf(file))));
        }
    }

    private String readFolder(Source source, Collector collector) {
        FolderReader reader = Objects.requireNonNull(source.folder());
        collector.begin(Intake.idOf(source.path()), reader.format(), Split.NONE);
        return guarded(() -> reader.read(source.path(), options, collector));
    }

    /** Reads the files of a part one after the other; says why the first of those failed that did. */
    private String readPart(Source.Part part, Collector collector) {
        String first = "";
        for (Source.Member member : part.members()) {
            collector.begin(Intake.idOf(member.path()), member.reader().format(), member.split());
            String why = guarded(() -> member.reader().read(LogFile.of(member.path()), options, collector));
            if (!why.isEmpty() && (part.members().size() > 1 || !collector.run().isEmpty())) {
                collector.problem(0, oneLine(why));
            }
            first = first.isEmpty() ? why : first;
        }
        return first;
    }

    static String outOfMemory() {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        return "this file needs more memory than there is (" + megabytes
                + " MiB); give more with AUSCULT_JAVA_OPTS=-Xmx" + 4 * Math.max(1, megabytes >> 10) + "g";
    }

    interface Reading {
        void run() throws IOException, UnreadableLogException;
    }

    /** Why reading failed, in one line; empty if it did not. */
    static String guarded(Reading reading) {
        try {
            reading.run();
            return "";
        } catch (UnreadableLogException e) {
            String message = e.getMessage();
            return message == null ? "not readable" : message;
        } catch (IOException e) {
            return "cannot be read to its end (" + e.getClass().getSimpleName() + ")";
        } catch (OutOfMemoryError e) {
            // What this reader held is garbage by now, so the other files can still be read.
            return outOfMemory();
        } catch (StackOverflowError e) {
            return "this file is nested too deeply to be read";
        } catch (RuntimeException e) {
            // The one place that stands between a fault in a reader and all the other files: it must not hide the
            // fault, so the line names it, and it must not end the reading of a thousand runs either.
            return "this file hits a fault in Auscult (" + e.getClass().getSimpleName() + "); please report it";
        }
    }

    private static void mergePart(Source.Part part, RunBuilder run, RunBuilder more) {
        if (part.subfolder().isEmpty() || more.isEmpty()) {
            if (run.isEmpty() && !more.isEmpty()) {
                run.format(more.format());
            }
            run.merge(more);
            return;
        }
        Run child = more.build();
        for (Series series : child.metrics()) {
            SeriesBuilder target =
                    run.series(isTime(part.subfolder()) ? series.key().name() : part.subfolder());
            for (int i = 0; i < series.size(); i++) {
                target.add(series.step(i), series.epoch(i), series.wallTime(i), series.value(i));
            }
        }
        run.settings().putAll(child.settings());
        child.provenance().files().forEach(run::file);
        child.problems().forEach(p -> run.problem(p.file(), p.line(), p.problem()));
    }

    private static RunSink problemsOf(RunBuilder run, String file) {
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
                run.problem(file, line, problem);
            }
        };
    }
}
