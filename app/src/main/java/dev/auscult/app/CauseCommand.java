package dev.auscult.app;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.auscult.app.report.CausePrinter;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.run.Nearest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult cause}: what can be wrong with a training, and what to do about it. */
final class CauseCommand implements Command {
    private static final List<String> FORMATS = List.of("text", "json", "markdown");
    private static final List<String> NAMES =
            Arrays.stream(Cause.values()).map(Cause::label).toList();

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Lists what can be wrong with a training, or shows one cause and what to do about it.")
                .footer(
                        "",
                        "Examples:",
                        "  auscult cause",
                        "  auscult cause learning-rate-too-high",
                        "  auscult cause dead-units --format markdown");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("CAUSE")
                .index("0")
                .arity("0..1")
                .type(String.class)
                .completionCandidates(NAMES)
                .description("Name of a cause.")
                .build());
        SpecOptions.addFormat(spec, FORMATS);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        String format = SpecOptions.format(arguments, FORMATS);
        String wanted = arguments.matchedPositionalValue(0, "");
        StringWriter text = new StringWriter();
        CausePrinter printer = new CausePrinter(text, terminal.style());
        if (wanted.isEmpty()) {
            switch (format) {
                case "json" -> printer.json(Arrays.asList(Cause.values()));
                case "markdown" -> printer.markdown();
                default -> printer.list();
            }
        } else {
            Cause cause = Cause.named(wanted.toLowerCase(Locale.ROOT)).orElseThrow(() -> unknown(wanted));
            switch (format) {
                case "json" -> printer.json(List.of(cause));
                case "markdown" -> printer.page(cause);
                default -> printer.render(cause);
            }
        }
        terminal.say(text.toString().stripTrailing());
        return ExitCode.OK;
    }

    private static UsageException unknown(String wanted) {
        return new UsageException("unknown cause " + wanted + "; wanted one of the names that auscult cause lists"
                + Nearest.hint(wanted, NAMES));
    }
}
