package dev.auscult.app;

import java.io.IOException;
import java.io.UncheckedIOException;

import dev.auscult.app.report.Cells;
import dev.auscult.app.report.Ink;
import dev.auscult.app.report.Style;
import dev.auscult.data.profile.Progress;

/**
 * Tells a waiting person what a check-up does and how long it will take, in one line that is wiped at the end; silent in the
 * first seconds, and where nobody sees it.
 */
final class CheckupProgress implements Progress, AutoCloseable {
    private static final double PATIENCE_S = 1.5;
    private static final double PERIOD_S = 0.25;
    /** With less done than that an estimate is a guess. */
    private static final double LEAST_SHARE = 0.02;

    private final Terminal terminal;
    private final Style style;
    private final long start = System.nanoTime();
    private long stageStart = start;
    private String stage = "";
    private double next = PATIENCE_S;
    private boolean shown;

    CheckupProgress(Terminal terminal) {
        this.terminal = terminal;
        this.style = terminal.errStyle();
    }

    @Override
    public synchronized void at(String what, double share) {
        long now = System.nanoTime();
        String name = what.indexOf(':') < 0 ? what : what.substring(0, what.indexOf(':'));
        if (!name.equals(stage)) {
            stage = name;
            stageStart = now;
        }
        double seconds = (now - start) * 1e-9;
        if (!terminal.errRedraws() || seconds < next) {
            return;
        }
        next = seconds + PERIOD_S;
        shown = true;
        double inStage = (now - stageStart) * 1e-9;
        String left = share >= LEAST_SHARE && share < 1
                ? ", " + Math.round(100 * share) + " %, about " + Math.max(1, Math.round(inStage * (1 - share) / share))
                        + " s left"
                : ", " + Math.round(seconds) + " s";
        String line = Cells.shorten(Cells.clean(what) + left, style.width() - 1, style.glyph("…", "..."));
        print("\r\u001b[?7l\u001b[K" + style.paint(Ink.DIM, line) + "\u001b[?7h");
    }

    private void print(String text) {
        try {
            terminal.err().write(text);
            terminal.err().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Wipes the line. */
    @Override
    public synchronized void close() {
        if (shown) {
            print("\r\u001b[K");
            shown = false;
        }
    }
}
