package dev.auscult.app;

import java.io.IOException;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult resume}: goes on with a training that was interrupted. */
final class ResumeCommand implements Command {
    private final Workplace workplace;

    ResumeCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Goes on with a training that was interrupted, from its last checkpoint. The result is the",
                        "same, bit for bit, as if it had not been interrupted.")
                .sortOptions(false)
                .footer(
                        "",
                        "A training that came to its end is only reported again. In spec.yaml of the recording",
                        "training.epochs, record and policy may be changed before.",
                        "",
                        "Exit codes are those of auscult train.",
                        "",
                        "Examples:",
                        "  auscult resume runs/digits-mlp",
                        "  auscult resume --from best runs/digits-mlp");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("RUN")
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .description("The folder of the recording.")
                .build());
        spec.addOption(OptionSpec.builder("--from")
                .type(String.class)
                .paramLabel("CHECKPOINT")
                .completionCandidates(TrainOptions.CHECKPOINTS)
                .description("Where to go on: last or best (last).")
                .build());
        TrainOptions.addCommon(spec);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        return new TrainJob(TrainOptions.of(arguments), terminal, workplace, arguments.hasMatchedOption("--debug"))
                .resume();
    }
}
