package dev.auscult.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.auscult.app.report.Format;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.Severity;
import dev.auscult.intake.ReadOptions;
import dev.auscult.run.Nearest;
import picocli.CommandLine.ParseResult;

/**
 * What {@code auscult diagnose} was asked to do, by the command line and, where that says nothing, by the project file.
 *
 * @param runs files and folders
 * @param format form of the report
 * @param output file for the report; standard output if empty
 * @param rules the rules to apply
 * @param thresholds thresholds by {@code rule-name.key}
 * @param failOn the least severity that makes the exit code 1; never if empty
 * @param baseline file of accepted findings
 * @param reading how to read
 * @param verbose whether to show everything
 * @param experiment spec of the run, on which experiments tell its causes apart; none if empty
 * @param engine where those are computed
 */
record DiagnoseOptions(
        List<Path> runs,
        Format format,
        Optional<Path> output,
        List<Rule> rules,
        Map<String, Double> thresholds,
        Optional<Severity> failOn,
        Optional<Path> baseline,
        ReadOptions reading,
        boolean verbose,
        Optional<Path> experiment,
        TrainOptions.Engine engine) {
    private static final String NEVER = "never";

    static DiagnoseOptions of(ParseResult arguments, ProjectFile project, List<Rule> book) {
        List<String> only = lists(arguments, "--only");
        List<String> except = lists(arguments, "--except");
        boolean preview = arguments.hasMatchedOption("--preview")
                || project.flag("preview").orElse(false);
        List<Rule> rules = choose(project, book, only, except, preview);
        Map<String, Double> thresholds = new LinkedHashMap<>();
        Map<String, String> set = project.map("set");
        try {
            thresholds.putAll(Thresholds.of(set, book));
        } catch (UsageException e) {
            throw project.wrong("set", e.getMessage());
        }
        thresholds.putAll(Thresholds.of(pairs(arguments, "--set", "rule.threshold=value"), book));
        Optional<Severity> failOn = option(arguments, "--fail-on").isPresent()
                ? option(arguments, "--fail-on").flatMap(DiagnoseOptions::severity)
                : project.parsed("fail-on", DiagnoseOptions::severity).flatMap(s -> s);
        Format format = option(arguments, "--format")
                .map(DiagnoseOptions::format)
                .or(() -> project.parsed("format", DiagnoseOptions::format))
                .orElse(Format.TEXT);
        Optional<Path> baseline = option(arguments, "--baseline")
                .map(DiagnoseOptions::path)
                .or(() -> project.text("baseline").map(b -> project.folder().resolve(path(b))));
        List<String> runs = arguments.matchedPositionalValue(0, List.<String>of());
        return new DiagnoseOptions(
                runs.isEmpty()
                        ? List.of(Path.of("."))
                        : runs.stream().map(DiagnoseOptions::path).toList(),
                format,
                option(arguments, "--output").map(DiagnoseOptions::path),
                rules,
                thresholds,
                failOn,
                baseline,
                new ReadOptions(
                        !arguments.hasMatchedOption("--no-verify"),
                        pairs(arguments, "--map", "loss=column,val_loss=column")),
                arguments.hasMatchedOption("--verbose"),
                option(arguments, "--experiment").map(DiagnoseOptions::path),
                TrainOptions.Engine.of(arguments));
    }

    private static List<Rule> choose(
            ProjectFile project, List<Rule> book, List<String> only, List<String> except, boolean preview) {
        RuleChoice choice = new RuleChoice(book);
        // The project's own lists are checked by themselves first, so that an error names the right place.
        for (String key : List.of("only", "except")) {
            try {
                choice.check(project.list(key), key);
            } catch (UsageException e) {
                throw project.wrong(key, e.getMessage());
            }
        }
        choice.check(only, "--only");
        choice.check(except, "--except");
        return choice.choose(
                only.isEmpty() ? project.list("only") : only,
                except.isEmpty() ? project.list("except") : except,
                preview);
    }

    private static Optional<String> option(ParseResult arguments, String name) {
        return Optional.ofNullable(arguments.matchedOptionValue(name, (String) null));
    }

    private static List<String> all(ParseResult arguments, String name) {
        return arguments.matchedOptionValue(name, List.<String>of());
    }

    private static List<String> lists(ParseResult arguments, String name) {
        return all(arguments, name).stream()
                .flatMap(text -> Lists.ofCommas(text).stream())
                .toList();
    }

    private static Map<String, String> pairs(ParseResult arguments, String name, String wanted) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : all(arguments, name).stream()
                .flatMap(text -> Lists.ofPairs(text).stream())
                .toList()) {
            int equals = pair.indexOf('=');
            if (equals <= 0 || equals == pair.length() - 1) {
                throw new UsageException("found " + pair + " for " + name + "; wanted " + wanted);
            }
            pairs.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return pairs;
    }

    /** The severity of a label; empty for {@code never}. */
    static Optional<Severity> severity(String label) {
        if (label.equals(NEVER)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Severity.values())
                .filter(s -> s.label().equals(label.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> unknown("severity", label, "--fail-on", severities())));
    }

    static List<String> severities() {
        return Stream.concat(Arrays.stream(Severity.values()).map(Severity::label), Stream.of(NEVER))
                .toList();
    }

    /** The form of a report that has this name. */
    static Format format(String label) {
        return Format.of(label.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> unknown("format", label, "--format", Format.labels()));
    }

    static UsageException unknown(String what, String found, String option, List<String> known) {
        return new UsageException("unknown " + what + " " + found + " for " + option + "; wanted one of "
                + String.join(", ", known) + Nearest.hint(found, new ArrayList<>(known)));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("found " + text + ", which is no path here (" + e.getReason() + ")");
        }
    }
}
