package dev.auscult.app;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.auscult.app.report.LabelReport;
import dev.auscult.data.labels.ConfidentLearning;
import dev.auscult.data.labels.GivenLabels;
import dev.auscult.data.labels.Method;
import dev.auscult.data.labels.NpyProbabilities;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult data labels}: labels that may be wrong, by the probabilities of a model that was not trained on them. */
final class LabelsCommand implements Command {
    private static final List<String> FORMATS = List.of("text", "json");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Finds labels that are worth a look, and estimates how many are wrong (confident learning).",
                        "",
                        "The probabilities must come from a model that was not trained on the examples they are for,"
                                + " as cross-validation gives them.")
                .sortOptions(false)
                .footer(
                        "",
                        "Methods: pbnr takes from each pair of classes as many as are estimated, those that the other"
                                + " class beats by most; pbc from each class those least probable; both what both take;"
                                + " joint those confidently of another class; argmax those whose most probable class is"
                                + " another.",
                        "",
                        "Exit codes: 0 done, 2 wrong usage, 3 an input could not be read, 4 a fault of Auscult.",
                        "",
                        "Examples:",
                        "  auscult data labels --given labels.npy --probabilities p.npy",
                        "  auscult data labels --given labels.npy --probabilities p.npy --format json");
        spec.addOption(OptionSpec.builder("--given")
                .type(String.class)
                .required(true)
                .paramLabel("FILE")
                .description("The labels, one whole number from 0 for each example (.npy).")
                .build());
        spec.addOption(OptionSpec.builder("--probabilities")
                .type(String.class)
                .required(true)
                .paramLabel("FILE")
                .description("A row for each example, a column for each class; float16, float32 or float64 (.npy).")
                .build());
        choice(spec, "--method", "METHOD", "How suspects are picked: %s (pbnr).", Method.labels());
        choice(spec, "--format", "FORMAT", "Form of the report: %s (text).", FORMATS);
        return spec;
    }

    private static void choice(CommandSpec spec, String name, String label, String description, List<String> known) {
        String named = String.join(", ", known.subList(0, known.size() - 1)) + " or " + known.get(known.size() - 1);
        spec.addOption(OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .completionCandidates(known)
                .description(description.replace("%s", named))
                .build());
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        String methodName = arguments.matchedOptionValue("--method", "pbnr").toLowerCase(Locale.ROOT);
        Method method = Method.of(methodName)
                .orElseThrow(() -> DiagnoseOptions.unknown("method", methodName, "--method", Method.labels()));
        String format = arguments.matchedOptionValue("--format", "text").toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(format)) {
            throw DiagnoseOptions.unknown("format", format, "--format", FORMATS);
        }
        Path labels = path(arguments.matchedOptionValue("--given", ""));
        Path probabilities = path(arguments.matchedOptionValue("--probabilities", ""));

        int[] given;
        try {
            given = GivenLabels.read(labels);
        } catch (IOException e) {
            return unreadable(labels.toString(), e, terminal);
        }
        ConfidentLearning found;
        try (NpyProbabilities opened = NpyProbabilities.open(probabilities);
                ShareDone share = new ShareDone(terminal)) {
            found = ConfidentLearning.of(given, opened, method, share::reached);
        } catch (IOException e) {
            return unreadable(labels + " with " + probabilities, e, terminal);
        }
        if (format.equals("json")) {
            if (found.looksInSample()) {
                terminal.warn(LabelReport.inSample(found));
            }
            LabelReport.json(found, terminal.out());
        } else {
            StringWriter text = new StringWriter();
            LabelReport.text(found, method, terminal.style(), text);
            terminal.say(text.toString().stripTrailing());
        }
        return ExitCode.OK;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("found " + text + ", which is no path here (" + e.getReason() + ")");
        }
    }

    private static int unreadable(String what, IOException e, Terminal terminal) {
        boolean missing = e instanceof NoSuchFileException || e instanceof FileNotFoundException;
        String reason = missing
                ? "there is no file " + e.getMessage()
                : Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        terminal.warn(what + ": " + reason);
        return ExitCode.UNREADABLE;
    }
}
