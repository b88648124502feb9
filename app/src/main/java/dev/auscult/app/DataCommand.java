package dev.auscult.app;

import java.util.Map;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult data}: what is wrong with data. */
final class DataCommand implements Command {
    private final Map<String, Command> commands = Map.of("labels", new LabelsCommand());

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Looks for what is wrong with data.")
                .commandListHeading("%nCommands:%n")
                .footer("", "Example:", "  auscult data labels --given labels.npy --probabilities p.npy");
        return spec;
    }

    @Override
    public Map<String, Command> commands() {
        return commands;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        throw new UsageException("found no command after data; wanted labels; auscult data --help tells what it does");
    }
}
