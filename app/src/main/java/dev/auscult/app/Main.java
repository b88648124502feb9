package dev.auscult.app;

/** Starts the program. */
public final class Main {
    private Main() {}

    /** Runs the command line and ends with its exit code. */
    public static void main(String[] args) {
        int code = new CommandLineTool(Terminal.ofProcess(), Workplace.usual()).run(args);
        System.exit(code);
    }
}
