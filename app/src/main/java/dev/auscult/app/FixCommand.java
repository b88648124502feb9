package dev.auscult.app;

import java.io.IOException;
import java.util.List;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult fix}: trains, diagnoses, treats, and trains again until it is proven that what was changed helps. */
final class FixCommand implements Command {
    static final List<String> FORMATS = List.of("text", "json");

    private final Workplace workplace;

    FixCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Mends a training spec: trains, diagnoses, treats, and trains again over matched seeds.",
                        "What is not proven to help is taken back. The spec itself stays as it is; what is mended is"
                                + " written beside it.")
                .sortOptions(false)
                .footer(
                        "",
                        "Every trial is a recording. Ctrl-C keeps what is done; the same command goes",
                        "on from there.",
                        "",
                        "Exit codes: 0 mended, healthy, or nothing left at or above --fail-on;",
                        "1 findings left at or above it; 2 wrong usage or spec; 3 data could not be",
                        "read; 4 a fault of Auscult, or no room for a file; 130 interrupted.",
                        "",
                        "Examples:",
                        "  auscult fix digits.yaml",
                        "  auscult fix --plan digits.yaml",
                        "  auscult fix --budget 30x --time 20m --jobs 2 --report report.html digits.yaml");
        SpecOptions.addSpec(spec);
        addOptions(spec);
        Options.one(spec, "--output", "FILE", "Where the mended spec goes (SPEC.fixed.yaml, beside the spec).");
        Options.one(spec, "--runs", "FOLDER", "Where recordings go (runs).");
        Options.flag(spec, "--plan", "Train once, and only say what would be tried, in which order, at what cost.");
        return spec;
    }

    /** The options that {@code demo} has as well. */
    static void addOptions(CommandSpec spec) {
        Options.one(
                spec,
                "--budget",
                "Nx",
                "Optimizer steps of all trials, as a multiple of one training (" + FixArguments.USUAL_BUDGET + ").");
        Options.one(spec, "--time", "TIME", "Begin no further trials after that, as in 90s, 20m or 2h (no limit).");
        Options.one(spec, "--seeds", "N", "Matched seeds of a proof (" + FixArguments.LEAST_SEEDS + ").");
        Options.one(spec, "--jobs", "N", "Trials side by side, each a process of its own (1: all in this process).");
        Options.one(spec, "--report", "FILE", "Where the page goes (report.html, with the recordings).");
        SpecOptions.addFormat(spec, FORMATS);
        Options.choice(
                spec,
                "--fail-on",
                "SEVERITY",
                "Exit with 1 if a finding that is left is at least that severe: %s (never).",
                DiagnoseOptions.severities());
        Options.flag(spec, "--plain", "Print lines instead of a line that redraws itself.");
        TrainOptions.addEngine(spec);
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        return new FixJob(FixArguments.of(arguments), terminal, workplace).run();
    }
}
