package dev.auscult.app;

import java.io.IOException;
import java.util.Map;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the command line. */
interface Command {
    /** Its name, options, parameters and help; built by hand, since reflection would slow the start. */
    CommandSpec spec();

    /** Commands of its own, by name. */
    default Map<String, Command> commands() {
        return Map.of();
    }

    /** Does it, and returns the exit code. */
    int run(ParseResult arguments, Terminal terminal) throws IOException;
}
