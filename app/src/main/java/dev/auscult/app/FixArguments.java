package dev.auscult.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.diagnose.Severity;
import picocli.CommandLine.ParseResult;

/**
 * What {@code auscult fix} was asked to do, besides what it shares with {@code train}.
 *
 * @param training spec, overrides, folder of recordings, device, threads, view
 * @param plan whether only to say what would be done
 * @param budget steps of all trials, as a multiple of one training
 * @param time wall time; empty for no limit
 * @param seeds matched seeds of a proof
 * @param jobs trials side by side
 * @param output file of the mended spec; beside the spec if empty
 * @param report file of the page; with the recordings if empty
 * @param json whether the answer is for programs
 * @param failOn the least severity of what is left that makes the exit code 1; never if empty
 */
record FixArguments(
        TrainOptions training,
        boolean plan,
        double budget,
        Optional<Duration> time,
        int seeds,
        int jobs,
        Optional<Path> output,
        Optional<Path> report,
        boolean json,
        Optional<Severity> failOn) {
    private static final Pattern BUDGET = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)x?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})\\s*(s|m|min|h)");
    /** With fewer, chance alone explains any gain: an exact paired test of n seeds cannot go below 1 in 2ⁿ. */
    static final int LEAST_SEEDS = 5;

    static final String USUAL_BUDGET = "60x";
    private static final int MOST_SEEDS = 20;
    private static final int MOST_JOBS = 64;

    static FixArguments of(ParseResult arguments) {
        TrainOptions training = TrainOptions.of(arguments);
        return of(arguments, training, training.output(), Optional.empty());
    }

    /** The same for the demonstration, which keeps everything in its folder. */
    static FixArguments demo(ParseResult arguments, Path folder, Path spec) {
        TrainOptions given = TrainOptions.of(arguments);
        TrainOptions training = new TrainOptions(
                spec,
                List.of(),
                folder.resolve("runs"),
                false,
                given.device(),
                given.threads(),
                given.plain(),
                false,
                given.failOn(),
                given.format(),
                Optional.empty());
        return of(arguments, training, Optional.empty(), Optional.of(folder.resolve("report.html")));
    }

    private static FixArguments of(
            ParseResult arguments, TrainOptions training, Optional<Path> output, Optional<Path> usualReport) {
        boolean plan = arguments.commandSpec().findOption("--plan") != null && arguments.hasMatchedOption("--plan");
        boolean json = SpecOptions.format(arguments, FixCommand.FORMATS).equals("json");
        if (plan && json) {
            throw new UsageException("found --format json with --plan; a plan is text only, so leave one of them out");
        }
        return new FixArguments(
                training,
                plan,
                budget(arguments.matchedOptionValue("--budget", USUAL_BUDGET)),
                Optional.of(arguments.matchedOptionValue("--time", ""))
                        .filter(t -> !t.isEmpty())
                        .map(FixArguments::time),
                count(arguments, "--seeds", LEAST_SEEDS, LEAST_SEEDS, MOST_SEEDS),
                count(arguments, "--jobs", 1, 1, MOST_JOBS),
                output,
                Optional.of(arguments.matchedOptionValue("--report", ""))
                        .filter(file -> !file.isEmpty())
                        .map(FixArguments::path)
                        .or(() -> usualReport),
                json,
                training.failOn());
    }

    private static double budget(String text) {
        Matcher read = BUDGET.matcher(text.strip());
        if (read.matches() && Double.parseDouble(read.group(1)) > 0) {
            return Double.parseDouble(read.group(1));
        }
        throw new UsageException("found " + text + " for --budget; wanted a multiple of one training, as in 10x");
    }

    private static Duration time(String text) {
        Matcher read = TIME.matcher(text.strip());
        if (!read.matches() || Long.parseLong(read.group(1)) == 0) {
            throw new UsageException("found " + text + " for --time; wanted a length of time, as in 90s, 20m or 2h");
        }
        long number = Long.parseLong(read.group(1));
        return switch (read.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofMinutes(number);
        };
    }

    private static int count(ParseResult arguments, String name, int usual, int least, int most) {
        String text = arguments.matchedOptionValue(name, String.valueOf(usual));
        if (text.matches("\\d{1,4}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        String why = name.equals("--seeds") && text.matches("[1-4]")
                ? "; with fewer than " + LEAST_SEEDS + " pairs chance alone explains any gain (p is 1/16 at best)"
                : "";
        throw new UsageException(
                "found " + text + " for " + name + "; wanted a number from " + least + " to " + most + why);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("found " + text + ", which is no path here (" + e.getReason() + ")");
        }
    }
}
