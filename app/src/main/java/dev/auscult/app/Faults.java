package dev.auscult.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.auscult.app.report.Cells;
import dev.auscult.app.report.Counts;

/** Faults of Auscult's own that were met while the work went on: each is told once, with how often it struck. */
final class Faults {
    private final Map<String, Fault> byText = new LinkedHashMap<>();

    private static final class Fault {
        final Throwable first;
        int runs;

        Fault(Throwable first) {
            this.first = first;
        }
    }

    /**
     * Keeps a fault for later.
     *
     * @param where what Auscult was at: {@code in rule FIT101 overfitting}
     * @param cause what was thrown
     */
    void note(String where, Throwable cause) {
        byText.computeIfAbsent(where + " (" + name(cause) + ")", text -> new Fault(cause)).runs++;
    }

    boolean isEmpty() {
        return byText.isEmpty();
    }

    /** Tells every fault in a line of its own, with {@code traces} where it happened as well. */
    void tell(Terminal terminal, boolean traces) {
        byText.forEach((text, fault) -> {
            String often = fault.runs > 1 ? ", in " + Counts.of(fault.runs, "run") : "";
            terminal.warn("this is a fault of Auscult, not of your run, " + text + often + "; " + request());
            if (traces) {
                terminal.trace(trace(fault.first));
            }
        });
    }

    /** What a fault is called: its type and the first line of its message, which may quote a log. */
    static String name(Throwable fault) {
        String message = Objects.requireNonNullElse(fault.getMessage(), "");
        String type = fault.getClass().getSimpleName();
        return message.isBlank()
                ? type
                : type + ": " + Cells.clean(message.lines().findFirst().orElse(""));
    }

    static String request() {
        return "please report it with the output of the same command with --debug";
    }

    static String trace(Throwable fault) {
        StringWriter text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
