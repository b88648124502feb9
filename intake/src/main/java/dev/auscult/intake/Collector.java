package dev.auscult.intake;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Split;

/** The sink that readers write to: keeps one builder for each run of a source. */
final class Collector implements RunSink {
    /** A hostile file has millions of faults; nobody reads more than these. */
    private static final int MOST_PROBLEMS = 100;

    /** A counter that jumps at every line makes no runs. */
    private static final int MOST_RUNS = 2_000;

    private final String id;
    private final List<RunBuilder> runs = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private String file = "";
    private String format = "";
    private Split split = Split.NONE;
    private RunBuilder current;
    private int problems;

    Collector(String id) {
        this.id = id;
        this.current = Run.builder(id);
        runs.add(current);
        reasons.add("");
    }

    /** Says which file is read from now on. */
    void begin(String newFile, String newFormat, Split newSplit) {
        this.file = newFile;
        this.format = newFormat;
        this.split = newSplit;
        describe(current);
    }

    @Override
    public RunBuilder run() {
        return current;
    }

    @Override
    public RunBuilder nextRun(String reason) {
        if (current.isEmpty() || runs.size() >= MOST_RUNS) {
            return current;
        }
        current = Run.builder(id);
        describe(current);
        runs.add(current);
        reasons.add(reason);
        problems = 0;
        return current;
    }

    @Override
    public void problem(long line, String problem) {
        problems++;
        if (problems < MOST_PROBLEMS) {
            current.problem(file, line, problem);
        } else if (problems == MOST_PROBLEMS) {
            current.problem(
                    file, line, "more than " + MOST_PROBLEMS + " problems in this file: the rest is not listed");
        }
    }

    @Override
    public Split folderSplit() {
        return split;
    }

    /** The runs with something in them; the last one, empty, if there is none. Numbered when there are several. */
    List<RunBuilder> runs() {
        List<RunBuilder> filled = new ArrayList<>();
        List<String> why = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            if (!runs.get(i).isEmpty()) {
                filled.add(runs.get(i));
                why.add(reasons.get(i));
            }
        }
        if (filled.isEmpty()) {
            return List.of(current);
        }
        for (int i = 0; i < filled.size() && filled.size() > 1; i++) {
            String reason = why.get(i).isEmpty() ? "" : ": " + why.get(i);
            RunBuilder run = filled.get(i);
            // A reader that knows what the runs are called has said so.
            if (run.id().equals(id)) {
                run.id(i == 0 ? id : id + "#" + (i + 1));
            }
            run.event(RunEvent.Kind.ONE_OF_SEVERAL_RUNS, -1, "run " + (i + 1) + " in the file" + reason);
        }
        return filled;
    }

    private void describe(RunBuilder run) {
        if (run.format().isEmpty()) {
            run.format(format);
        }
        run.file(file);
    }
}
