package dev.auscult.app;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import dev.auscult.app.live.Window;
import org.jspecify.annotations.Nullable;

/**
 * The window behind the terminal, whose size the launcher told; when it changes (the signal WINCH), the terminal is asked
 * anew by {@code stty}, since Java cannot.
 */
final class TerminalWindow implements Window, AutoCloseable {
    private static final String CHANGED = "WINCH";
    private static final int USUAL_ROWS = 24;
    private static final long PATIENCE_MS = 1000;

    private final @Nullable Object before;
    private Size known;
    private volatile @Nullable Size size;

    TerminalWindow(int columns) {
        Integer rows = Integer.getInteger("auscult.rows");
        known = new Size(columns, rows == null || rows <= 0 ? USUAL_ROWS : rows);
        size = known;
        before = Interrupts.Signals.handle(CHANGED, number -> changed());
    }

    @Override
    public @Nullable Size size() {
        return size;
    }

    private synchronized void changed() {
        size = null;
        try {
            Size asked = ask();
            known = asked == null ? known : asked;
        } catch (IOException e) {
            // No stty here: the size stays as it was told.
            size = known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        size = known;
    }

    private static @Nullable Size ask() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("stty", "size")
                .redirectInput(new File("/dev/tty"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS) || !told.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}")) {
            return null;
        }
        int space = told.indexOf(' ');
        return new Size(Integer.parseInt(told.substring(space + 1)), Integer.parseInt(told.substring(0, space)));
    }

    @Override
    public void close() {
        if (before != null) {
            Interrupts.Signals.restore(CHANGED, before);
        }
    }
}
