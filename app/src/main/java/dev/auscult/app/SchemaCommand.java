package dev.auscult.app;

import java.util.List;
import java.util.Map;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult schema}: the JSON Schema of what a command prints. */
final class SchemaCommand implements Command {
    private static final Map<String, String> SCHEMAS = Map.of(
            "diagnose",
            "schema/diagnose-1.schema.json",
            "data",
            "schema/data-1.schema.json",
            "fix",
            "schema/fix-1.schema.json");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Prints the JSON Schema (draft 2020-12) of what a command prints with --format json.")
                .footer("", "Example:", "  auscult schema diagnose > diagnose.schema.json");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("COMMAND")
                .index("0")
                .type(String.class)
                .arity("0..1")
                .completionCandidates(List.of("diagnose", "data", "fix"))
                .description("The command: diagnose, data or fix.")
                .build());
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        String command = arguments.matchedPositionalValue(0, "");
        String file = SCHEMAS.get(command);
        if (file == null) {
            throw new UsageException((command.isEmpty() ? "found no command" : "found no schema of " + command)
                    + "; wanted auscult schema diagnose, auscult schema data or auscult schema fix");
        }
        terminal.say(Resources.text(file).stripTrailing());
        return ExitCode.OK;
    }
}
