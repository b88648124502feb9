package dev.auscult.intake.table;

import dev.auscult.intake.RunSink;
import dev.auscult.run.RunBuilder;

/** Decides what it means that the counter of a table goes back. */
final class Restarts {
    /** A grid search may fill a file with hundreds of runs; beyond that the counter is noise. */
    private static final int MOST_RUNS = 1000;
    /** Forgetting points costs a pass over the run each time. */
    private static final int MOST_RESTARTS = 100;

    enum Decision {
        /** Another run begins. */
        NEXT_RUN,
        /** The same run goes on from an earlier checkpoint. */
        RESTART,
        /** Nothing: points are put in order by their step. */
        OUT_OF_ORDER
    }

    private final RunSink sink;
    private int runs;
    private int restarts;

    Restarts(RunSink sink) {
        this.sink = sink;
    }

    /**
     * The counter goes back.
     *
     * @param counter name of the counter
     * @param first the first step of the run so far
     * @param last the step of the row before
     * @param step the step of this row
     */
    Decision back(String counter, long first, long last, long step, long line, Oddities oddities) {
        if (step <= first && runs < MOST_RUNS) {
            runs++;
            sink.nextRun(counter + " goes back to " + step + " at line " + line);
            return Decision.NEXT_RUN;
        }
        if (step > first && restarts < MOST_RESTARTS) {
            restarts++;
            RunBuilder run = sink.run();
            run.restartAt(step, counter + " goes back from " + last + " to " + step + " at line " + line);
            return Decision.RESTART;
        }
        oddities.add(line, counter + " goes back too often to tell runs apart; the points were put in order");
        return Decision.OUT_OF_ORDER;
    }
}
