package dev.auscult.app.fix;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

import dev.auscult.app.live.Figures;
import dev.auscult.app.report.Cells;
import dev.auscult.app.report.Ink;
import dev.auscult.app.report.LikelyCauses;
import dev.auscult.app.report.Style;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.repair.fix.FixListener;
import dev.auscult.repair.fix.FixStep;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.train.spec.SpecEdit.Change;

/**
 * Tells how a repair goes: a line that stays for whatever happened and, on a terminal that can redraw, a last line that tells
 * what is under way and how long it will take. Once nobody reads it any more, nothing is said.
 */
public final class FixStory implements FixListener, AutoCloseable {
    private static final long PERIOD_MS = 500;

    private final Writer err;
    private final Style style;
    private final boolean redraws;
    private final Thread clock = new Thread(this::tick, "fix story");
    private String under = "";
    private int count;
    private int done;
    private double expected;
    private long beganNanos;
    private boolean shown;
    private boolean gone;
    private boolean closed;

    /**
     * Begins to tell.
     *
     * @param redraws whether the last line can be drawn over
     */
    public FixStory(Writer err, Style style, boolean redraws) {
        this.err = err;
        this.style = style;
        this.redraws = redraws;
        clock.setDaemon(true);
        if (redraws) {
            clock.start();
        }
    }

    @Override
    public synchronized void begins(String what, int trials, double seconds) {
        under = what;
        count = trials;
        done = 0;
        expected = seconds;
        beganNanos = System.nanoTime();
        if (!redraws) {
            keep(what
                    + (trials > 1 ? ", " + trials + " trials" : "")
                    + (seconds >= 1 ? ", about " + Figures.time(seconds) : ""));
        }
        draw();
    }

    @Override
    public synchronized void trial(TrialResult result) {
        done++;
        String early = result.steps() < result.planned() ? " of " + result.planned() : "";
        String findings = FixWords.findings(result);
        keep(style.paint(
                Ink.DIM,
                "  " + style.glyph("·", "-") + " "
                        + Cells.clean(result.request().name()) + ": " + result.steps() + early + " steps, "
                        + Figures.time(result.seconds()) + (findings.isEmpty() ? "" : "; " + findings)));
    }

    @Override
    public synchronized void diagnosed(Differential differential, TrialResult result) {
        String causes = LikelyCauses.summary(differential);
        keep("diagnosis: " + (causes.isEmpty() ? "no cause stands out" : causes));
    }

    @Override
    public synchronized void experiment(
            String name, String reason, String outcome, Differential before, Differential after) {
        keep("experiment " + name + (reason.isEmpty() ? "" : " (" + reason + ")") + ": " + outcome);
        keep("  " + LikelyCauses.summary(before) + style.glyph(" → ", " -> ") + LikelyCauses.summary(after));
    }

    @Override
    public synchronized void tries(Treatment treatment, List<Change> changes) {
        keep(style.paint(Ink.BOLD, "tries " + treatment.name()) + " against "
                + treatment.cause().label() + ": " + Cells.clean(FixWords.edits(changes)));
    }

    @Override
    public synchronized void spent(String reason) {
        keep(style.paint(Ink.YELLOW, Cells.clean(reason)));
    }

    @Override
    public synchronized void decided(FixStep step) {
        boolean taken = step.decision() == FixStep.Decision.ACCEPTED;
        String word = taken ? style.paint(Ink.GREEN, "taken") : style.paint(Ink.YELLOW, "taken back");
        keep("  " + word + ": " + Cells.clean(step.reason()));
    }

    private void tick() {
        try {
            while (isOpen()) {
                Thread.sleep(PERIOD_MS);
                draw();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isOpen() {
        return !closed;
    }

    /** What is under way, in one line over the last. */
    private synchronized void draw() {
        if (!redraws || closed || under.isEmpty()) {
            return;
        }
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        String of = count > 1 ? ": trial " + Math.min(count, done + 1) + " of " + count : "";
        double left = expected - seconds;
        String time = left >= 1 ? ", about " + Figures.time(left) + " left" : ", " + Figures.time(seconds);
        String line = Cells.first(Cells.clean(under + of) + time, style.width() - 1, style.glyph("…", "..."));
        print("\r\u001b[?7l\u001b[K" + style.paint(Ink.DIM, line) + "\u001b[?7h");
        shown = true;
    }

    /** A line that stays. */
    private void keep(String line) {
        print((shown ? "\r\u001b[K" : "") + line + "\n");
        shown = false;
        draw();
    }

    private void print(String text) {
        if (gone) {
            return;
        }
        try {
            err.write(text);
            err.flush();
        } catch (IOException e) {
            gone = true;
        }
    }

    /** Wipes the last line. */
    @Override
    public synchronized void close() {
        closed = true;
        clock.interrupt();
        if (shown) {
            print("\r\u001b[K");
        }
    }
}
