package dev.auscult.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.auscult.app.report.Format;
import dev.auscult.diagnose.Severity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the commands that run a network were asked to do.
 *
 * @param target the spec, or the folder of a recording
 * @param overrides {@code key=value} for the spec, in order
 * @param runs folder for recordings
 * @param fromBest whether to go on from the best checkpoint, not the last
 * @param device {@code auto}, {@code cpu} or {@code cuda}
 * @param threads threads of one operation
 * @param plain lines instead of a view that redraws itself
 * @param preview whether rules in preview judge as well
 * @param failOn the least severity that makes the exit code 1; never if empty
 * @param format form of the report at the end
 * @param output file for the report; standard output if empty
 */
record TrainOptions(
        Path target,
        List<String> overrides,
        Path runs,
        boolean fromBest,
        String device,
        int threads,
        boolean plain,
        boolean preview,
        Optional<Severity> failOn,
        Format format,
        Optional<Path> output) {
    private static final List<String> DEVICES = List.of("auto", "cpu", "cuda");
    static final List<String> CHECKPOINTS = List.of("last", "best");
    private static final int MOST_THREADS = 1024;

    /**
     * Where a network is computed.
     *
     * @param device {@code auto}, {@code cpu} or {@code cuda}
     * @param threads threads of one operation
     */
    record Engine(String device, int threads) {
        /** One thread, wherever there is a device. */
        static final Engine USUAL = new Engine("auto", 1);

        static Engine of(ParseResult arguments) {
            String device = text(arguments, "--device", USUAL.device());
            if (!DEVICES.contains(device)) {
                throw DiagnoseOptions.unknown("device", device, "--device", DEVICES);
            }
            return new Engine(device, TrainOptions.threads(text(arguments, "--threads", "1")));
        }
    }

    TrainOptions {
        overrides = List.copyOf(overrides);
    }

    /** Adds the options that {@code train} and {@code resume} share. */
    static void addCommon(CommandSpec spec) {
        addEngine(spec);
        spec.addOption(OptionSpec.builder("--fail-on")
                .type(String.class)
                .paramLabel("SEVERITY")
                .completionCandidates(DiagnoseOptions.severities())
                .description("Exit with 1 if a finding at the end is at least that severe (never).")
                .build());
        spec.addOption(OptionSpec.builder("--format")
                .type(String.class)
                .paramLabel("FORMAT")
                .completionCandidates(Format.labels())
                .description("Form of the report at the end: "
                        + String.join(", ", Format.labels()).replaceFirst(", ([^,]*)$", " or $1") + " (text).")
                .build());
        spec.addOption(OptionSpec.builder("--output")
                .type(String.class)
                .paramLabel("FILE")
                .description("Write the report to a file.")
                .build());
        spec.addOption(OptionSpec.builder("--preview")
                .type(boolean.class)
                .description("Also apply rules that are in preview.")
                .build());
        spec.addOption(OptionSpec.builder("--plain")
                .type(boolean.class)
                .description("Print lines instead of a view that redraws itself.")
                .build());
    }

    /** Adds the options that every command with a network has. */
    static void addEngine(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--device")
                .type(String.class)
                .paramLabel("DEVICE")
                .completionCandidates(DEVICES)
                .description("Where to compute: auto, cpu or cuda (auto).")
                .build());
        spec.addOption(OptionSpec.builder("--threads")
                .type(String.class)
                .paramLabel("N")
                .description("Threads of one operation (1); more pay off from about 2 ms per step.")
                .build());
    }

    static TrainOptions of(ParseResult arguments) {
        String target = arguments.matchedPositionalValue(0, "");
        Engine engine = Engine.of(arguments);
        return new TrainOptions(
                path(target),
                arguments.commandSpec().findOption("--set") == null
                        ? List.of()
                        : arguments.matchedOptionValue("--set", List.<String>of()),
                path(arguments.commandSpec().findOption("--runs") == null ? "runs" : text(arguments, "--runs", "runs")),
                fromBest(text(arguments, "--from", CHECKPOINTS.get(0))),
                engine.device(),
                engine.threads(),
                flag(arguments, "--plain"),
                flag(arguments, "--preview"),
                DiagnoseOptions.severity(text(arguments, "--fail-on", "never")),
                DiagnoseOptions.format(text(arguments, "--format", Format.TEXT.label())),
                Optional.of(text(arguments, "--output", ""))
                        .filter(file -> !file.isEmpty())
                        .map(TrainOptions::path));
    }

    private static boolean flag(ParseResult arguments, String name) {
        return arguments.commandSpec().findOption(name) != null && arguments.hasMatchedOption(name);
    }

    private static String text(ParseResult arguments, String name, String fallback) {
        return arguments.commandSpec().findOption(name) == null
                ? fallback
                : arguments.matchedOptionValue(name, fallback);
    }

    private static boolean fromBest(String checkpoint) {
        if (!CHECKPOINTS.contains(checkpoint)) {
            throw DiagnoseOptions.unknown("checkpoint", checkpoint, "--from", CHECKPOINTS);
        }
        return checkpoint.equals("best");
    }

    private static int threads(String text) {
        if (text.matches("[1-9]\\d{0,3}") && Integer.parseInt(text) <= MOST_THREADS) {
            return Integer.parseInt(text);
        }
        throw new UsageException("found " + text + " for --threads; wanted a number from 1 to " + MOST_THREADS);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("found " + text + ", which is no path here (" + e.getReason() + ")");
        }
    }
}
