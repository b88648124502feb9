package dev.auscult.app;

import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.auscult.app.report.Cells;
import dev.auscult.app.report.Ink;
import dev.auscult.app.report.Style;

/**
 * Tells a waiting person what goes on before a training begins; says nothing in the first seconds. On a terminal it is one
 * line that is wiped at the end, elsewhere a line for each thing that takes long.
 */
final class Preparation implements Consumer<String>, AutoCloseable {
    private static final long PATIENCE_MS = 1500;
    /** Where it stays for ever, only what takes really long is worth a line. */
    private static final long PATIENCE_FOR_LINES_MS = 5000;

    private static final long PERIOD_MS = 250;

    private final Writer err;
    private final Style style;
    private final boolean redraws;
    private final long patienceMs;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "preparation");
    private volatile Stage stage;
    private boolean shown;

    private record Stage(String what, long beganNanos) {}

    /**
     * Begins to watch.
     *
     * @param what what happens first, as in {@code loading libtorch}
     */
    Preparation(Terminal terminal, boolean redraws, String what) {
        this(terminal, redraws, what, redraws ? PATIENCE_MS : PATIENCE_FOR_LINES_MS);
    }

    /** The same, silent for that long [ms]. */
    Preparation(Terminal terminal, boolean redraws, String what, long patienceMs) {
        this.err = terminal.err();
        this.style = terminal.errStyle();
        this.redraws = redraws;
        this.patienceMs = patienceMs;
        this.stage = new Stage(what, System.nanoTime());
        thread.setDaemon(true);
        thread.start();
    }

    /** The next thing begins. */
    @Override
    public void accept(String what) {
        stage = new Stage(Cells.clean(what), System.nanoTime());
    }

    private void watch() {
        try {
            if (end.await(patienceMs, TimeUnit.MILLISECONDS)) {
                return;
            }
            Stage said = null;
            do {
                Stage now = stage;
                double seconds = (System.nanoTime() - now.beganNanos()) / 1e9;
                if (redraws) {
                    String text = Cells.shorten(
                            now.what() + style.glyph(" … ", " ... ") + Math.round(seconds) + " s",
                            style.width() - 1,
                            style.glyph("…", "..."));
                    err.write("\r\u001b[?7l\u001b[K" + style.paint(Ink.DIM, text) + "\u001b[?7h");
                    shown = true;
                    err.flush();
                } else if (!now.equals(said) && seconds * 1000 >= patienceMs) {
                    err.write(now.what() + style.glyph(" …", " ...") + "\n");
                    err.flush();
                    said = now;
                }
            } while (!end.await(PERIOD_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Nobody sees it, so there is nobody to tell.
            return;
        }
    }

    @Override
    public void close() {
        done();
    }

    /** Ends it and wipes the line. */
    void done() {
        if (end.getCount() == 0) {
            return;
        }
        end.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
            if (shown) {
                err.write("\r\u001b[K");
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Nobody sees it, so there is nothing to wipe.
            return;
        }
    }
}
