package dev.auscult.app;

import java.io.IOException;
import java.util.List;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult train}: trains a network from a spec, records it, and judges it as it goes. */
final class TrainCommand implements Command {
    private final Workplace workplace;

    TrainCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Trains a network from a spec, records the training, and judges it as it goes.")
                .sortOptions(false)
                .footer(
                        "",
                        "The recording is a folder that TensorBoard opens too. Ctrl-C saves and says how to resume;",
                        "a second Ctrl-C ends at once, and the recording can be read all the same.",
                        "",
                        "Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong usage or spec,",
                        "3 data could not be read, 4 a fault of Auscult, or no room for the recording or the report,",
                        "130 interrupted.",
                        "",
                        "Examples:",
                        "  auscult train digits.yaml",
                        "  auscult train --set optimizer.learning-rate=0.01 --set seed=3 digits.yaml",
                        "  auscult train --runs /tmp/runs --threads 2 digits.yaml");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("SPEC")
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .description("The training spec, a YAML file.")
                .build());
        spec.addOption(OptionSpec.builder("--set")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel("KEY=VALUE")
                .description("Change a key of the spec, as in optimizer.learning-rate=0.01.")
                .build());
        spec.addOption(OptionSpec.builder("--runs")
                .type(String.class)
                .paramLabel("FOLDER")
                .description("Where recordings go (runs).")
                .build());
        TrainOptions.addCommon(spec);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        return new TrainJob(TrainOptions.of(arguments), terminal, workplace, arguments.hasMatchedOption("--debug"))
                .begin();
    }
}
