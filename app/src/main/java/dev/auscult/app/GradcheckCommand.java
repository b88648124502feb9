package dev.auscult.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.auscult.app.report.GradientTable;
import dev.auscult.train.check.GradientCheck;
import dev.auscult.train.check.GradientReport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult gradcheck}: compares the gradients of a spec's network with central differences. */
final class GradcheckCommand implements Command {
    /** Relative error from which a gradient is wrong; a right one in float64 is at 1e-7 or better. */
    private static final double TOLERANCE = 1e-4;

    private static final int MOST_SAMPLES = 1_000_000;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Compares the gradient of each parameter with central differences in float64.")
                .sortOptions(false)
                .footer(
                        "",
                        "Coordinates at a kink, as a ReLU has at 0, are counted apart and not judged.",
                        "",
                        "Exit codes: 0 all gradients are right, 1 a gradient is wrong, 2 wrong usage or spec,",
                        "3 data could not be read, 4 a fault of Auscult.",
                        "",
                        "Examples:",
                        "  auscult gradcheck digits.yaml",
                        "  auscult gradcheck --layers --samples 100 digits.yaml");
        SpecOptions.addSpec(spec);
        spec.addOption(OptionSpec.builder("--layers")
                .type(boolean.class)
                .description("A line for each layer instead of each parameter.")
                .build());
        spec.addOption(OptionSpec.builder("--samples")
                .type(String.class)
                .paramLabel("N")
                .description("Coordinates of each parameter that are checked (20).")
                .build());
        TrainOptions.addEngine(spec);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        int samples = samples(arguments.matchedOptionValue("--samples", "20"));
        boolean layers = arguments.hasMatchedOption("--layers");
        return SpecOptions.with(TrainOptions.of(arguments), terminal, setup -> {
            GradientReport report = GradientCheck.run(setup, samples);
            GradientReport shown = layers ? byLayer(report) : report;
            new GradientTable(terminal.out(), terminal.style(), TOLERANCE).print(shown);
            return report.isRight(TOLERANCE) ? ExitCode.OK : ExitCode.FINDINGS;
        });
    }

    private static int samples(String text) {
        if (text.matches("[1-9]\\d{0,6}") && Integer.parseInt(text) <= MOST_SAMPLES) {
            return Integer.parseInt(text);
        }
        throw new UsageException("found " + text + " for --samples; wanted a number from 1 to " + MOST_SAMPLES);
    }

    /** The parameters of each layer together, with the worst coordinate of the worst of them. */
    private static GradientReport byLayer(GradientReport report) {
        Map<String, GradientCheck.Block> layers = new LinkedHashMap<>();
        for (GradientCheck.Block block : report.blocks()) {
            String layer = block.name().substring(0, block.name().lastIndexOf('.'));
            layers.merge(layer, named(layer, block), GradcheckCommand::together);
        }
        return new GradientReport(new ArrayList<>(layers.values()));
    }

    private static GradientCheck.Block named(String name, GradientCheck.Block block) {
        return new GradientCheck.Block(
                name,
                block.elements(),
                block.checked(),
                block.kinks(),
                block.relativeError(),
                block.analytic(),
                block.numeric(),
                block.coordinate());
    }

    private static GradientCheck.Block together(GradientCheck.Block a, GradientCheck.Block b) {
        boolean second = a.checked() == 0 || (b.checked() > 0 && !(b.relativeError() <= a.relativeError()));
        GradientCheck.Block worse = second ? b : a;
        return new GradientCheck.Block(
                a.name(),
                a.elements() + b.elements(),
                a.checked() + b.checked(),
                a.kinks() + b.kinks(),
                worse.relativeError(),
                worse.analytic(),
                worse.numeric(),
                worse.coordinate());
    }
}
