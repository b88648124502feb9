package dev.auscult.app.report;

import dev.auscult.diagnose.Severity;

/** The few colours of the text report. */
public enum Ink {
    BOLD("1"),
    DIM("2"),
    RED("31"),
    BOLD_RED("1;31"),
    YELLOW("33"),
    CYAN("36"),
    GREEN("32"),
    BLUE("34");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    String on() {
        return "\u001b[" + code + "m";
    }

    /** The colour of a severity. */
    public static Ink of(Severity severity) {
        return switch (severity) {
            case CRITICAL -> BOLD_RED;
            case HIGH -> RED;
            case MEDIUM -> YELLOW;
            case LOW -> CYAN;
            case INFO -> DIM;
        };
    }
}
