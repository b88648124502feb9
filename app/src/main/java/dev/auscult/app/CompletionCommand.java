package dev.auscult.app;

import java.util.List;
import java.util.function.Supplier;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult completion}: a script with which a shell completes commands and options. */
final class CompletionCommand implements Command {
    private final Supplier<CommandLine> whole;

    CompletionCommand(Supplier<CommandLine> whole) {
        this.whole = whole;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Prints a script with which your shell completes commands and options.")
                .footer(
                        "",
                        "Examples:",
                        "  source <(auscult completion bash)",
                        "  source <(auscult completion zsh)",
                        "  auscult completion fish > ~/.config/fish/completions/auscult.fish");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("SHELL")
                .index("0")
                .type(String.class)
                .arity("0..1")
                .completionCandidates(List.of("bash", "zsh", "fish"))
                .description("bash, zsh or fish.")
                .build());
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        String shell = arguments.matchedPositionalValue(0, "");
        switch (shell) {
            case "bash", "zsh" ->
                terminal.say(AutoComplete.bash("auscult", whole.get()).stripTrailing());
            case "fish" -> terminal.say(fish(whole.get().getCommandSpec()));
            default ->
                throw new UsageException(
                        (shell.isEmpty() ? "found no shell" : "found shell " + shell) + "; wanted bash, zsh or fish");
        }
        return ExitCode.OK;
    }

    private static String fish(CommandSpec root) {
        StringBuilder script = new StringBuilder("# Completions of auscult for fish\n");
        commands(script, root, "__fish_use_subcommand");
        return script.toString().stripTrailing();
    }

    /** The commands of a command, which are offered under a condition. */
    private static void commands(StringBuilder script, CommandSpec parent, String condition) {
        parent.subcommands().forEach((name, line) -> {
            CommandSpec spec = line.getCommandSpec();
            if (!spec.usageMessage().hidden()) {
                script.append("complete -c auscult -n ")
                        .append(condition)
                        .append(" -a ")
                        .append(name)
                        .append(" -d ")
                        .append(quoted(first(spec.usageMessage().description())))
                        .append('\n');
                for (OptionSpec option : spec.options()) {
                    option(script, name, option);
                }
                commands(script, spec, "'__fish_seen_subcommand_from " + name + "'");
            }
        });
    }

    private static void option(StringBuilder script, String command, OptionSpec option) {
        script.append("complete -c auscult -n '__fish_seen_subcommand_from ")
                .append(command)
                .append("' -l ")
                .append(option.longestName().substring(2));
        if (option.arity().max() > 0) {
            script.append(" -r");
        }
        if (option.completionCandidates() != null) {
            script.append(" -f -a ").append(quoted(String.join(" ", option.completionCandidates())));
        }
        script.append(" -d ").append(quoted(first(option.description()))).append('\n');
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
