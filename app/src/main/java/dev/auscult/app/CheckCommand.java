package dev.auscult.app;

import java.io.IOException;
import java.util.List;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult check}: tries things on the network of a spec before it is trained, and judges what was measured. */
final class CheckCommand implements Command {
    private static final List<String> FORMATS = List.of("text", "json");

    private final Workplace workplace;

    CheckCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Tries things on the network of a spec before it is trained, and says what is wrong.")
                .sortOptions(false)
                .footer(
                        "",
                        "Applies the rules on data, architecture, programming errors and resources, also those in preview.",
                        "",
                        "Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong usage or spec,",
                        "3 data could not be read, 4 a fault of Auscult.",
                        "",
                        "Examples:",
                        "  auscult check digits.yaml",
                        "  auscult check --fail-on medium --set training.batch-size=512 digits.yaml");
        SpecOptions.addSpec(spec);
        SpecOptions.addFormat(spec, FORMATS);
        spec.addOption(OptionSpec.builder("--fail-on")
                .type(String.class)
                .paramLabel("SEVERITY")
                .completionCandidates(DiagnoseOptions.severities())
                .description("Exit with 1 if a finding is at least that severe (never).")
                .build());
        spec.addOption(OptionSpec.builder("--verbose")
                .type(boolean.class)
                .description("Also list every rule that could not tell.")
                .build());
        TrainOptions.addEngine(spec);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        boolean json = SpecOptions.format(arguments, FORMATS).equals("json");
        return new CheckJob(
                        TrainOptions.of(arguments), terminal, workplace, json, arguments.hasMatchedOption("--verbose"))
                .run();
    }
}
