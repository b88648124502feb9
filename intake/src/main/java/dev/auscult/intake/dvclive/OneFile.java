package dev.auscult.intake.dvclive;

import dev.auscult.intake.RunSink;
import dev.auscult.run.RunBuilder;

/** One file of a run that lies in many: says in which one a problem was. */
record OneFile(RunSink sink, String name) implements RunSink {
    @Override
    public RunBuilder run() {
        return sink.run();
    }

    @Override
    public RunBuilder nextRun(String reason) {
        return sink.run();
    }

    @Override
    public void problem(long line, String problem) {
        sink.problem(line, name + ": " + problem);
    }
}
