package dev.auscult.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.fix.FixListener;
import dev.auscult.repair.fix.FixLoop;
import dev.auscult.repair.fix.FixOptions;
import dev.auscult.repair.fix.FixResult;
import dev.auscult.repair.fix.FixStep;
import dev.auscult.repair.trial.Examiner;
import dev.auscult.repair.trial.InProcessTrials;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.torch.TorchEngine;

/**
 * Mends the sick examples as {@code auscult fix} does, writes {@code NAME.fixed.yaml} beside each and prints a row of a table for
 * each: {@code FixExamples examples/sick WORK [FILTER]}.
 */
public final class FixExamples {
    private static final int SEEDS = 5;
    private static final double BUDGET = 40;

    private FixExamples() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]).toAbsolutePath();
        String filter = args.length > 2 ? args[2] : "";
        List<Path> specs;
        try (Stream<Path> files = Files.list(folder)) {
            specs = files.filter(f -> f.getFileName().toString().matches(".*" + filter + ".*\\.yaml"))
                    .filter(f -> !f.getFileName().toString().endsWith(".fixed.yaml"))
                    .sorted()
                    .toList();
        }
        try (Engine engine = TorchEngine.open("cpu", 1)) {
            for (Path spec : specs) {
                String name = spec.getFileName().toString().replace(".yaml", "");
                FixResult result = mend(spec, Path.of(args[1]).resolve(name), engine);
                Path mended = spec.resolveSibling(name + ".fixed.yaml");
                if (result.changes().isEmpty()) {
                    Files.deleteIfExists(mended);
                } else {
                    // The first line is that of the command, which writes over its own files only.
                    Files.writeString(
                            mended,
                            "# Mended by auscult fix from examples/sick/" + spec.getFileName()
                                    + "; what was changed says why.\n" + result.fixed());
                }
                System.out.println(row(name, result));
                result.steps()
                        .forEach(s -> System.err.println(
                                name + ": " + s.treatment().name() + " " + s.decision() + ", " + s.reason()));
            }
        }
    }

    /** What the loop makes of a spec. */
    static FixResult mend(Path spec, Path work, Engine engine) throws IOException, InterruptedException {
        Path base = spec.toAbsolutePath().getParent();
        FixOptions options = new FixOptions(
                spec.getFileName().toString(),
                Files.readString(spec),
                base == null ? Path.of("/") : base,
                work,
                SEEDS,
                Optional.of(BUDGET),
                Optional.empty());
        return new FixLoop(new InProcessTrials(engine, Examiner.shipped()), engine).run(options, FixListener.NONE);
    }

    /** Fault, first causes, what was changed, figure before and after, p, cost in trainings, ending. */
    static String row(String name, FixResult result) {
        List<FixStep> accepted = result.steps().stream()
                .filter(s -> s.decision() == FixStep.Decision.ACCEPTED)
                .toList();
        Optional<Comparison> shown = accepted.stream()
                .flatMap(s -> s.comparison().stream())
                .findFirst()
                .or(result::overall);
        return String.join(
                " | ",
                "| `" + name + "`",
                String.join(
                        ", ",
                        result.first().get(0).differential().suspects().stream()
                                .limit(3)
                                .map(FixExamples::suspect)
                                .toList()),
                String.join(
                        "; ",
                        result.changes().stream()
                                .map(c -> "`" + c.key() + ": " + c.value() + "`")
                                .toList()),
                shown.map(c -> c.metric() + " " + number(mean(c.before())) + " → " + number(mean(c.after())))
                        .orElse("–"),
                shown.map(c -> String.format(Locale.ROOT, "%.3f", c.p())).orElse("–"),
                String.format(Locale.ROOT, "%.1f", result.cost()),
                result.ending().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " |");
    }

    private static String suspect(Suspect suspect) {
        return String.format(Locale.ROOT, "%s %.0f %%", suspect.cause().label(), 100 * suspect.probability());
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
