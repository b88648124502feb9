package dev.auscult.intake.tensorboard;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.intake.RunSink;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Split;

/** Collects one run and what is said about its files. */
final class TestSink implements RunSink {
    private final RunBuilder run = Run.builder("test");
    private Split split = Split.NONE;
    final List<String> problems = new ArrayList<>();

    TestSink in(Split folder) {
        split = folder;
        return this;
    }

    @Override
    public RunBuilder run() {
        return run;
    }

    @Override
    public RunBuilder nextRun(String reason) {
        throw new AssertionError("an event file holds one run: " + reason);
    }

    @Override
    public void problem(long line, String problem) {
        problems.add(problem);
    }

    @Override
    public Split folderSplit() {
        return split;
    }
}
