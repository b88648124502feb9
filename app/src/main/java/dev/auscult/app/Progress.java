package dev.auscult.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.auscult.app.report.Counts;
import org.jspecify.annotations.Nullable;

/**
 * Tells a waiting person how far it is, in one line that is wiped at the end; says nothing in the first two seconds. The
 * estimate is the share of files, in order of path, that lie behind.
 */
final class Progress implements AutoCloseable {
    private static final long PATIENCE_MS = 2000;
    private static final long PERIOD_MS = 500;
    private static final int MOST_FILES = 1_000_000;

    private final Writer err;
    private final List<Path> roots;
    private final long start = System.nanoTime();
    private final CountDownLatch end = new CountDownLatch(1);
    private final @Nullable Thread thread;
    private final long patienceMs;
    private volatile Path at = Path.of("");
    private volatile int runs;
    private boolean shown;

    /** Begins to watch, if a person does. */
    Progress(Terminal terminal, List<Path> roots) {
        this(terminal, roots, PATIENCE_MS);
    }

    /** The same, silent for that long [ms]. */
    Progress(Terminal terminal, List<Path> roots, long patienceMs) {
        this.patienceMs = patienceMs;
        this.err = terminal.err();
        this.roots = roots;
        if (terminal.errIsTerminal()) {
            thread = new Thread(this::watch, "progress");
            thread.setDaemon(true);
            thread.start();
        } else {
            thread = null;
        }
    }

    /** A run was read. */
    void reached(Path path, int runsSoFar) {
        at = path;
        runs = runsSoFar;
    }

    private void watch() {
        try {
            if (end.await(patienceMs, TimeUnit.MILLISECONDS)) {
                return;
            }
            List<Path> files = files();
            do {
                show(files);
            } while (!end.await(PERIOD_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Nobody sees it, so there is nobody to tell.
            return;
        }
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> walk = Files.walk(root)) {
                walk.limit(MOST_FILES).sorted().forEach(files::add);
            } catch (IOException | UncheckedIOException e) {
                files.add(root);
            }
        }
        return files;
    }

    private void show(List<Path> files) throws IOException {
        Path here = at;
        int behind = 0;
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).equals(here)) {
                behind = i;
            }
        }
        String left = "";
        if (behind > 0) {
            double share = (double) behind / files.size();
            double seconds = (System.nanoTime() - start) / 1e9;
            left = ", about " + Math.max(1, Math.round(seconds * (1 - share) / share)) + " s left";
        }
        err.write("\r\u001b[K" + Counts.of(runs, "run") + " read" + left);
        err.flush();
        shown = true;
    }

    /** Wipes the line. */
    @Override
    public void close() {
        end.countDown();
        if (thread == null) {
            return;
        }
        try {
            thread.join(PATIENCE_MS);
            if (shown) {
                err.write("\r\u001b[K");
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
