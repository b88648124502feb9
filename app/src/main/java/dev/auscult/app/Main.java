package dev.auscult.app;

/** Starts the program. */
public final class Main {
    private Main() {}

    /** Runs the command line and ends with its exit code. */
    public static void main(String[] args) {
        // A library that would log finds nothing to log to and says so; it would be the only one to speak of it.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Terminal terminal = Terminal.ofProcess();
        // The launcher knows that Java has just printed one line, about a module that is still an incubator.
        if (Boolean.getBoolean("auscult.warned")) {
            terminal.wipeLineAbove();
        }
        int code = new CommandLineTool(terminal, Workplace.usual()).run(args);
        System.exit(code);
    }
}
