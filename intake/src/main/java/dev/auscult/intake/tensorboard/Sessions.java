package dev.auscult.intake.tensorboard;

import dev.auscult.run.RunBuilder;
import dev.auscult.run.RunEvent;
import dev.auscult.run.SeriesBuilder;
import dev.auscult.run.TensorSeriesBuilder;

/**
 * Notices that a program started again: the first point of a tag in a later file, or after the mark of a new start in the
 * same file, tells whether steps are written a second time.
 *
 * <p>A point that is older than the last one comes from another writer (the evaluation beside the training), not from a
 * later start.
 */
final class Sessions {
    private final String file;
    private int current = 1;
    private long dropped;
    private long restartedAt = Long.MAX_VALUE;
    private long resumedAt = Long.MAX_VALUE;

    Sessions(String file) {
        this.file = file;
    }

    int current() {
        return current;
    }

    /** The program says that it starts. */
    void start(RunBuilder run) {
        report(run);
        current++;
    }

    void firstPoint(SeriesBuilder series, long step, double wallTime) {
        if (series.size() > 0 && !(wallTime < series.lastWallTime())) {
            if (step < series.lastStep()) {
                restartedAt = Math.min(restartedAt, step);
                dropped += series.dropFrom(step);
            } else if (step > series.lastStep()) {
                resumedAt = Math.min(resumedAt, step);
            }
        }
    }

    void firstPoint(TensorSeriesBuilder series, long step, double wallTime) {
        if (series.size() > 0 && !(wallTime < series.lastWallTime()) && step < series.lastStep()) {
            restartedAt = Math.min(restartedAt, step);
            dropped += series.dropFrom(step);
        }
    }

    /** Tells the run what was noticed since the last report. */
    void report(RunBuilder run) {
        if (restartedAt != Long.MAX_VALUE) {
            run.event(
                    RunEvent.Kind.RESTART,
                    restartedAt,
                    "started again at step " + restartedAt + " in " + file + ", " + dropped + " points written again");
        } else if (resumedAt != Long.MAX_VALUE) {
            run.event(RunEvent.Kind.RESUMED, resumedAt, "went on at step " + resumedAt + " in " + file);
        }
        dropped = 0;
        restartedAt = Long.MAX_VALUE;
        resumedAt = Long.MAX_VALUE;
    }
}
