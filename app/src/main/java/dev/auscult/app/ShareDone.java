package dev.auscult.app;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Tells a waiting person what share of the work is done, in one line that is wiped at the end; silent at first. */
final class ShareDone implements AutoCloseable {
    private static final double PATIENCE_S = 2;
    private static final double PERIOD_S = 0.5;

    private final Terminal terminal;
    private final long start = System.nanoTime();
    private double next = PATIENCE_S;
    private boolean shown;

    ShareDone(Terminal terminal) {
        this.terminal = terminal;
    }

    /** This share is done, 0..1. */
    void reached(double share) {
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (!terminal.errIsTerminal() || seconds < next || share <= 0) {
            return;
        }
        next = seconds + PERIOD_S;
        shown = true;
        long left = Math.max(1, Math.round(seconds * (1 - share) / share));
        print("\r\u001b[K" + Math.round(100 * share) + " % done, about " + left + " s left");
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
    public void close() {
        if (shown) {
            print("\r\u001b[K");
        }
    }
}
