package dev.auscult.app;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import dev.auscult.app.report.Cells;
import dev.auscult.app.report.Style;

/**
 * Where the program prints: answers to {@code out}, problems and progress to {@code err}.
 *
 * @param out answers
 * @param err problems and progress
 * @param outIsTerminal whether a person sees {@code out}
 * @param errIsTerminal whether a person sees {@code err}
 * @param style what the terminal behind {@code out} can show
 */
record Terminal(Writer out, Writer err, boolean outIsTerminal, boolean errIsTerminal, Style style) {
    private static final int USUAL_WIDTH = 80;
    private static final int WIDEST = 160;

    /** The process's own streams; the launcher tells which of them are terminals, and how wide they are. */
    static Terminal ofProcess() {
        String told = System.getProperty("auscult.terminal");
        boolean guess = told == null && hasConsole();
        boolean out = guess || (told != null && told.contains("o"));
        boolean err = guess || (told != null && told.contains("e"));
        return new Terminal(
                writer(FileDescriptor.out), writer(FileDescriptor.err), out, err, style(System.getenv(), out));
    }

    /** Whether both standard streams are a terminal, as far as Java tells: from 22 on it has a console in any case. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasConsole() {
        return Runtime.version().feature() < 22 && System.console() != null;
    }

    /** What the terminal behind {@code err} can show. */
    Style errStyle() {
        return errIsTerminal == outIsTerminal ? style : style(System.getenv(), errIsTerminal);
    }

    /** Whether lines on {@code err} can be drawn over. */
    boolean errRedraws() {
        return errIsTerminal && !"dumb".equals(System.getenv("TERM"));
    }

    static Style style(Map<String, String> environment, boolean terminal) {
        boolean forced = !environment.getOrDefault("CLICOLOR_FORCE", "0").equals("0");
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        boolean colour = (wanted && terminal)
                || (forced && environment.getOrDefault("NO_COLOR", "").isEmpty());
        return new Style(colour, !terminal || showsUnicode(environment), width(environment));
    }

    private static int width(Map<String, String> environment) {
        for (String told :
                new String[] {environment.getOrDefault("COLUMNS", ""), System.getProperty("auscult.columns", "")}) {
            if (told.matches("[1-9]\\d{0,4}")) {
                return Math.min(WIDEST, Integer.parseInt(told));
            }
        }
        return USUAL_WIDTH;
    }

    /** False only where the locale names a charset other than UTF-8. */
    private static boolean showsUnicode(Map<String, String> environment) {
        for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String locale = environment.getOrDefault(variable, "").toLowerCase(Locale.ROOT);
            if (!locale.isEmpty()) {
                int dot = locale.indexOf('.');
                return dot < 0 || locale.startsWith("utf-8", dot + 1) || locale.startsWith("utf8", dot + 1);
            }
        }
        return true;
    }

    private static Writer writer(FileDescriptor descriptor) {
        OutputStream stream = new FileOutputStream(descriptor);
        return new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 14);
    }

    /** Prints an answer. */
    void say(String text) {
        print(out, text + "\n");
    }

    /** Prints a problem or a note in one line; it may quote a log or a file name. */
    void warn(String text) {
        print(err, "auscult: " + Cells.clean(text) + "\n");
        flush(err);
    }

    /** Says something that is neither an answer nor a problem, in one line. */
    void tell(String text) {
        print(err, Cells.clean(text) + "\n");
        flush(err);
    }

    /** Wipes the line above the cursor, where a person sees it. */
    void wipeLineAbove() {
        if (errRedraws()) {
            print(err, "\u001b[1A\r\u001b[K");
            flush(err);
        }
    }

    /** Prints a stack trace. */
    void trace(String text) {
        print(err, text);
        flush(err);
    }

    void flush() {
        flush(out);
        flush(err);
    }

    private static void print(Writer writer, String text) {
        try {
            writer.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flush(Writer writer) {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
