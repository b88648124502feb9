package dev.auscult.app;

/** What the program's exit code says. */
final class ExitCode {
    /** Done; nothing at or above {@code --fail-on}. */
    static final int OK = 0;
    /** There are findings at or above {@code --fail-on}. */
    static final int FINDINGS = 1;
    /** The command line or the project file is wrong. */
    static final int USAGE = 2;
    /** An input could not be read. */
    static final int UNREADABLE = 3;
    /** A fault of Auscult's own, or a report that could not be written to its end. */
    static final int INTERNAL = 4;

    private ExitCode() {}
}
