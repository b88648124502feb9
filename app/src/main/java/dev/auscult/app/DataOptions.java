package dev.auscult.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.auscult.data.repair.RepairPlan.Treatment;
import dev.auscult.diagnose.Family;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.Severity;
import picocli.CommandLine.ParseResult;

/**
 * What {@code auscult data} was asked to do.
 *
 * @param train the training data, or a training spec
 * @param overrides what the options say of the data, as {@code key=value} of a spec
 * @param format {@code text}, {@code json}, {@code html}, {@code markdown} or {@code sarif}
 * @param output file for the report; standard output if empty
 * @param rules the rules to apply
 * @param thresholds thresholds by {@code rule-name.key}
 * @param failOn the least severity that makes the exit code 1; never if empty
 * @param baseline file of accepted findings
 * @param seed of all that is drawn at random
 * @param quick whether no models are trained
 * @param probabilities out-of-sample probabilities of the classes (.npy)
 * @param save file for the profile
 * @param writeSpec file for a training spec
 * @param fix file for a cleaned copy of the training data
 * @param suspects what becomes of doubted labels in it
 * @param verbose whether to show everything
 */
record DataOptions(
        Path train,
        List<String> overrides,
        String format,
        Optional<Path> output,
        List<Rule> rules,
        Map<String, Double> thresholds,
        Optional<Severity> failOn,
        Optional<Path> baseline,
        long seed,
        boolean quick,
        Optional<Path> probabilities,
        Optional<Path> save,
        Optional<Path> writeSpec,
        Optional<Path> fix,
        Treatment suspects,
        boolean verbose) {
    static final List<String> FORMATS = List.of("text", "json", "html", "markdown", "sarif");
    static final List<String> TREATMENTS = List.of("keep", "drop", "weight");
    static final List<String> TASKS = List.of("classification", "regression", "multi-label");
    private static final List<String> YES_NO = List.of("yes", "no");

    DataOptions {
        overrides = List.copyOf(overrides);
    }

    static DataOptions of(ParseResult arguments, List<Rule> book) {
        String train = arguments.matchedPositionalValue(0, "");
        if (train.isEmpty()) {
            throw new UsageException("found no data to look at; wanted auscult data TRAIN [TEST], as in auscult data"
                    + " train.csv test.csv --target label; auscult data --help tells what there is");
        }
        List<Rule> rules =
                book.stream().filter(r -> r.info().family() == Family.DAT).toList();
        List<String> only = lists(arguments, "--only");
        List<String> except = lists(arguments, "--except");
        RuleChoice choice = new RuleChoice(rules);
        choice.check(only, "--only");
        choice.check(except, "--except");
        String suspects = choice(arguments, "--suspects", TREATMENTS, "keep");
        if (arguments.hasMatchedOption("--suspects") && !arguments.hasMatchedOption("--fix")) {
            throw new UsageException(
                    "found --suspects without --fix; wanted --fix FILE, the copy that they are treated in");
        }
        return new DataOptions(
                path(train),
                overrides(arguments),
                choice(arguments, "--format", FORMATS, "text"),
                file(arguments, "--output"),
                choice.choose(only, except, true),
                Thresholds.of(pairs(arguments, "--set", "rule.threshold=value"), rules),
                DiagnoseOptions.severity(text(arguments, "--fail-on").orElse("never")),
                file(arguments, "--baseline"),
                seed(text(arguments, "--seed").orElse("0")),
                arguments.hasMatchedOption("--quick"),
                file(arguments, "--probabilities"),
                file(arguments, "--save"),
                file(arguments, "--write-spec"),
                file(arguments, "--fix"),
                Treatment.valueOf(suspects.toUpperCase(Locale.ROOT)),
                arguments.hasMatchedOption("--verbose"));
    }

    /** Whether the data are named by a training spec. */
    boolean isSpec() {
        return isSpec(train);
    }

    private static boolean isSpec(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static List<String> overrides(ParseResult arguments) {
        List<String> overrides = new ArrayList<>();
        String test = arguments.matchedPositionalValue(1, "");
        if (!test.isEmpty()) {
            // Paths in a spec are relative to it; one on the command line is not.
            Path given = isSpec(path(arguments.matchedPositionalValue(0, "")))
                    ? path(test).toAbsolutePath()
                    : path(test);
            overrides.add("data.test=" + YamlFlow.of(given.toString()));
        }
        List<String> targets = arguments.matchedOptionValue("--target", List.<String>of());
        if (!targets.isEmpty()) {
            overrides.add("data.target=" + YamlFlow.of(targets));
        }
        if (arguments.hasMatchedOption("--task")) {
            overrides.add("data.task=" + choice(arguments, "--task", TASKS, ""));
        }
        Map<String, String> types = pairs(arguments, "--types", "column=type");
        if (!types.isEmpty()) {
            overrides.add("data.types=" + YamlFlow.of(types));
        }
        List<String> drop = lists(arguments, "--drop");
        if (!drop.isEmpty()) {
            overrides.add("data.drop=" + YamlFlow.of(drop));
        }
        text(arguments, "--group").ifPresent(g -> overrides.add("data.validation.group=" + YamlFlow.of(g)));
        text(arguments, "--time").ifPresent(t -> overrides.add("data.validation.time=" + YamlFlow.of(t)));
        text(arguments, "--separator").ifPresent(s -> overrides.add("data.separator=" + YamlFlow.of(s)));
        if (arguments.hasMatchedOption("--header")) {
            overrides.add(
                    "data.header=" + choice(arguments, "--header", YES_NO, "").equals("yes"));
        }
        return overrides;
    }

    private static String choice(ParseResult arguments, String name, List<String> known, String fallback) {
        String found = text(arguments, name).orElse(fallback).toLowerCase(Locale.ROOT);
        if (!found.equals(fallback) && !known.contains(found)) {
            throw DiagnoseOptions.unknown(name.substring(2), found, name, known);
        }
        return found;
    }

    private static long seed(String text) {
        if (!text.matches("\\d{1,15}")) {
            throw new UsageException("found " + text + " for --seed; wanted a whole number from 0");
        }
        return Long.parseLong(text);
    }

    private static Optional<String> text(ParseResult arguments, String name) {
        return Optional.ofNullable(arguments.matchedOptionValue(name, (String) null));
    }

    private static Optional<Path> file(ParseResult arguments, String name) {
        return text(arguments, name).map(DataOptions::path);
    }

    private static List<String> lists(ParseResult arguments, String name) {
        return arguments.matchedOptionValue(name, List.<String>of()).stream()
                .flatMap(text -> Lists.ofCommas(text).stream())
                .toList();
    }

    private static Map<String, String> pairs(ParseResult arguments, String name, String wanted) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : arguments.matchedOptionValue(name, List.<String>of())) {
            for (String pair : Lists.ofPairs(text)) {
                int equals = pair.indexOf('=');
                if (equals <= 0 || equals == pair.length() - 1) {
                    throw new UsageException("found " + pair + " for " + name + "; wanted " + wanted);
                }
                pairs.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        return pairs;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("found " + text + ", which is no path here (" + e.getReason() + ")");
        }
    }
}
