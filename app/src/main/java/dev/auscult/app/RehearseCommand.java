package dev.auscult.app;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

import dev.auscult.app.report.Style;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code auscult rehearse}: goes once through what people do most, printing nothing. The launcher runs it to record which
 * classes a start needs.
 */
final class RehearseCommand implements Command {
    private final Workplace workplace;

    RehearseCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().hidden(true).description("Goes once through everything, for the launcher.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("RUN")
                .index("0")
                .type(String.class)
                .arity("0..1")
                .description("Runs to diagnose.")
                .build());
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        Terminal silent =
                new Terminal(Writer.nullWriter(), Writer.nullWriter(), false, false, new Style(true, true, 80));
        CommandLineTool tool = new CommandLineTool(silent, workplace);
        String runs = arguments.matchedPositionalValue(0, ".");
        int worst = ExitCode.OK;
        for (List<String> line : List.of(
                List.of("diagnose", runs),
                List.of("diagnose", runs, "--format", "json"),
                List.of("rule"),
                List.of("--help"))) {
            worst = Math.max(worst, tool.run(line.toArray(String[]::new)));
        }
        return worst;
    }
}
