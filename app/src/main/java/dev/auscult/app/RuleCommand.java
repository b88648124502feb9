package dev.auscult.app;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.auscult.app.report.RulePrinter;
import dev.auscult.diagnose.Rule;
import dev.auscult.run.Nearest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult rule}: the rule book, and its pages. */
final class RuleCommand implements Command {
    private static final List<String> FORMATS = List.of("text", "json", "markdown");

    private final List<Rule> book;

    RuleCommand(List<Rule> book) {
        this.book = book;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Shows the rule book, or one page of it.")
                .footer(
                        "",
                        "Examples:",
                        "  auscult rule",
                        "  auscult rule FIT101",
                        "  auscult rule overfitting --format markdown");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("RULE")
                .index("0")
                .arity("0..1")
                .type(String.class)
                .description("Code or name of a rule.")
                .build());
        spec.addOption(OptionSpec.builder("--format")
                .type(String.class)
                .paramLabel("FORMAT")
                .completionCandidates(FORMATS)
                .description("text, json or markdown (text).")
                .build());
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        String format = arguments.matchedOptionValue("--format", "text").toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(format)) {
            throw DiagnoseOptions.unknown("format", format, "--format", FORMATS);
        }
        String wanted = arguments.matchedPositionalValue(0, "");
        StringWriter text = new StringWriter();
        RulePrinter printer = new RulePrinter(text, terminal.style());
        if (wanted.isEmpty()) {
            switch (format) {
                case "json" -> printer.json(book);
                case "markdown" -> printer.markdown(book);
                default -> printer.list(book);
            }
        } else {
            Rule rule = find(wanted).orElseThrow(() -> unknown(wanted));
            switch (format) {
                case "json" -> printer.json(List.of(rule));
                case "markdown" -> printer.page(rule);
                default -> printer.render(rule);
            }
        }
        terminal.say(text.toString().stripTrailing());
        return ExitCode.OK;
    }

    private Optional<Rule> find(String wanted) {
        return book.stream()
                .filter(r -> r.info().code().equalsIgnoreCase(wanted)
                        || r.info().name().equalsIgnoreCase(wanted))
                .findFirst();
    }

    private UsageException unknown(String wanted) {
        List<String> names = RuleChoice.names(book);
        return new UsageException("unknown rule " + wanted + "; wanted a code or a name" + Nearest.hint(wanted, names)
                + "; auscult rule lists what there is");
    }
}
