package dev.auscult.app;

import java.io.IOException;
import java.util.List;

import dev.auscult.app.report.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult diagnose}: reads runs and says what ails them. */
final class DiagnoseCommand implements Command {
    private final Workplace workplace;

    DiagnoseCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Reads the logs of training runs, of any framework, and says what is wrong with them.")
                .sortOptions(false)
                .footer(
                        "",
                        "Options can also stand in auscult.yaml, in the current folder or above.",
                        "",
                        "Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong usage,",
                        "3 an input could not be read, 4 a fault of Auscult, or no room for the report.",
                        "",
                        "Examples:",
                        "  auscult diagnose runs/exp7",
                        "  auscult diagnose --format json --output report.json runs",
                        "  auscult diagnose --fail-on high --baseline accepted.json runs",
                        "  auscult diagnose --only FIT,diverged --set overfitting.rise=0.2 log.csv",
                        "  auscult diagnose runs/digits --experiment digits.yaml",
                        "  auscult diagnose --map loss=objective,val_loss=held_out table.csv");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("RUN")
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Log files and folders of logs; the current folder if none is given.")
                .build());
        Options.choice(spec, "--format", "FORMAT", "Form of the report: %s (text).", Format.labels());
        Options.one(spec, "--output", "FILE", "Write the report to a file.");
        Options.many(spec, "--only", "RULE", "Apply only these rules: codes, names or families, with commas between.");
        Options.many(spec, "--except", "RULE", "Leave out these rules.");
        Options.flag(spec, "--preview", "Also apply rules that are in preview.");
        Options.choice(
                spec,
                "--fail-on",
                "SEVERITY",
                "Exit with 1 if a finding is at least that severe: %s (never).",
                DiagnoseOptions.severities());
        Options.one(
                spec,
                "--baseline",
                "FILE",
                "Count only findings that are not in this file; write it if it is missing.");
        Options.many(spec, "--set", "RULE.KEY=VALUE", "Change a threshold of a rule.");
        Options.many(spec, "--map", "NAME=COLUMN", "Say what columns of a table mean, as in loss=col,val_loss=col.");
        Options.flag(spec, "--no-verify", "Do not check the checksums of event files.");
        Options.flag(spec, "--verbose", "Show details of healthy runs, and everything that could not be judged.");
        Options.one(
                spec,
                "--experiment",
                "SPEC",
                "Tell the causes of the run apart by short trainings of its spec, where they are worth their cost.");
        TrainOptions.addEngine(spec);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        DiagnoseOptions options = DiagnoseOptions.of(arguments, ProjectFile.above(workplace.here()), workplace.book());
        return new DiagnoseJob(options, terminal, workplace, arguments.hasMatchedOption("--debug")).run();
    }
}
