package dev.auscult.app;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult data}: looks for what is wrong with data, before anything is trained on them. */
final class DataCommand implements Command {
    private final Workplace workplace;
    private final Map<String, Command> commands = Map.of("labels", new LabelsCommand());

    DataCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Looks for what is wrong with data, and says what to do about it.")
                .sortOptions(false)
                .commandListHeading("%nCommands:%n")
                .footer(
                        "",
                        "Applies every rule on data, also those in preview. The test set is compared, never changed.",
                        "",
                        "Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong usage or spec,",
                        "3 data could not be read, 4 a fault of Auscult, or no room for a file.",
                        "",
                        "Examples:",
                        "  auscult data train.csv test.csv --target survived",
                        "  auscult data train.csv --format html --output report.html",
                        "  auscult data train.parquet --target price --write-spec price.yaml",
                        "  auscult data train.csv --fix clean.parquet --suspects weight",
                        "  auscult data photos/train photos/test",
                        "  auscult data spec.yaml --fail-on high",
                        "  auscult data labels --given labels.npy --probabilities p.npy");
        file(
                spec,
                0,
                "TRAIN",
                "A table (CSV, TSV, Parquet, JSON lines), a folder of pictures or sounds, an array file"
                        + " (NPZ, IDX), or a training spec.");
        file(spec, 1, "TEST", "The same for testing, to be compared with it.");
        Options.many(spec, "--target", "COLUMN", "The column to predict, or none; may be given several times.");
        Options.choice(spec, "--task", "TASK", "What is predicted: %s (derived).", DataOptions.TASKS);
        Options.many(spec, "--types", "COLUMN=TYPE", "What columns hold: numeric, categorical, text, date or boolean.");
        Options.many(spec, "--drop", "COLUMN", "Columns that are no inputs, with commas between.");
        Options.one(spec, "--group", "COLUMN", "Rows with the same value belong together, as of one patient.");
        Options.one(spec, "--time", "COLUMN", "The column of the time that the rows come from.");
        Options.one(spec, "--separator", "CHARACTER", "Between the cells of a text table (derived).");
        Options.choice(
                spec,
                "--header",
                "YES_OR_NO",
                "Whether a text table begins with column names: %s (derived).",
                List.of("yes", "no"));
        Options.choice(spec, "--format", "FORMAT", "Form of the report: %s (text).", DataOptions.FORMATS);
        Options.one(spec, "--output", "FILE", "Write the report to a file.");
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
        Options.many(spec, "--only", "RULE", "Apply only these rules: codes or names, with commas between.");
        Options.many(spec, "--except", "RULE", "Leave out these rules.");
        Options.many(spec, "--set", "RULE.KEY=VALUE", "Change a threshold of a rule.");
        Options.one(spec, "--seed", "N", "Seed of samples and models (0).");
        Options.flag(spec, "--quick", "Train no models: no label errors, no feature hints.");
        Options.one(
                spec,
                "--probabilities",
                "FILE",
                "Out-of-sample probabilities of the classes (.npy), to find label errors by.");
        Options.one(spec, "--save", "FILE", "Write the profile as JSON.");
        Options.one(
                spec,
                "--write-spec",
                "FILE",
                "Write a training spec that heeds the findings; of a spec, the same one mended.");
        Options.one(
                spec,
                "--fix",
                "FILE",
                "Write a cleaned copy of the training table: .parquet, .csv or .tsv; and what was changed.");
        Options.choice(
                spec,
                "--suspects",
                "WHAT",
                "What --fix does with rows of doubted labels: %s (keep).",
                DataOptions.TREATMENTS);
        Options.flag(spec, "--verbose", "Show every column and every rule that could not tell.");
        return spec;
    }

    @Override
    public Map<String, Command> commands() {
        return commands;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        DataOptions options = DataOptions.of(arguments, workplace.book());
        return new DataJob(options, terminal, workplace, arguments.hasMatchedOption("--debug")).run();
    }

    private static void file(CommandSpec spec, int index, String label, String description) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel(label)
                .index(Integer.toString(index))
                .arity("0..1")
                .type(String.class)
                .description(description)
                .build());
    }
}
