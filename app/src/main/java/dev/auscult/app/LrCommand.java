package dev.auscult.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.auscult.app.report.JsonText;
import dev.auscult.app.report.RateChart;
import dev.auscult.app.report.RatePicture;
import dev.auscult.train.check.LearningRateTest;
import dev.auscult.train.check.NoiseScale;
import dev.auscult.train.check.RateSuggestions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JsonGenerator;

/** {@code auscult lr}: a learning-rate range test, with what it proposes, and the batch size that the gradient noise allows. */
final class LrCommand implements Command {
    private static final List<String> FORMATS = List.of("text", "json");
    private static final int STRIDE = 25;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Finds a learning rate: trains 100 steps while it grows, and leaves the network as it was.")
                .sortOptions(false)
                .footer(
                        "",
                        "Four ways to read the curve are shown as an interval, since they often lie decades apart.",
                        "",
                        "Examples:",
                        "  auscult lr digits.yaml",
                        "  auscult lr --plot rates.svg --set optimizer.type=sgd digits.yaml");
        SpecOptions.addSpec(spec);
        SpecOptions.addFormat(spec, FORMATS);
        spec.addOption(OptionSpec.builder("--plot")
                .type(String.class)
                .paramLabel("FILE")
                .description("Also draw the curve into a file, .png or .svg.")
                .build());
        TrainOptions.addEngine(spec);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        boolean json = SpecOptions.format(arguments, FORMATS).equals("json");
        String plot = arguments.matchedOptionValue("--plot", "");
        if (!plot.isEmpty() && !plot.endsWith(".png") && !plot.endsWith(".svg")) {
            throw new UsageException("found " + plot + " for --plot; wanted a file that ends in .png or .svg");
        }
        return SpecOptions.with(TrainOptions.of(arguments), terminal, setup -> {
            LearningRateTest.Result result;
            try {
                result = LearningRateTest.run(setup, step -> told(terminal, step));
            } catch (IllegalArgumentException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            }
            NoiseScale.Result noise = NoiseScale.run(setup);
            if (!plot.isEmpty()) {
                draw(result, Path.of(plot));
            }
            if (json) {
                write(result, noise, terminal);
            } else {
                new RateChart(terminal.out(), terminal.style())
                        .print(result, noise, setup.spec().optimizer().learningRate());
            }
            return ExitCode.OK;
        });
    }

    private static void told(Terminal terminal, int step) {
        if (step % STRIDE == 0) {
            terminal.warn("step " + step + " of at most 100");
        }
    }

    private static void draw(LearningRateTest.Result result, Path file) throws IOException {
        try {
            RatePicture.write(result, file);
        } catch (IOException e) {
            throw new UsageException("cannot write to " + file + " (" + e.getMessage()
                    + "); give --plot a file in a folder that exists and may be written to");
        }
    }

    private static void write(LearningRateTest.Result result, NoiseScale.Result noise, Terminal terminal) {
        RateSuggestions suggestions = result.suggestions();
        try (JsonGenerator out = JsonText.open(terminal.out())) {
            out.writeStartObject();
            out.writeStringProperty("auscult", Version.text());
            out.writeNumberProperty("schema", 1);
            out.writeName("suggestions");
            out.writeStartObject();
            JsonText.number(out, "steepest", suggestions.steepest());
            JsonText.number(out, "valley", suggestions.valley());
            JsonText.number(out, "minimum", suggestions.minimum());
            JsonText.number(out, "slide", suggestions.slide());
            JsonText.number(out, "lowest", suggestions.lowest());
            JsonText.number(out, "highest", suggestions.highest());
            out.writeEndObject();
            out.writeBooleanProperty("diverged", result.diverged());
            column(out, "learning-rate", result.curve().rates());
            column(out, "loss", result.curve().losses());
            column(out, "smoothed", result.curve().smoothed());
            if (noise.examples().isPresent()) {
                JsonText.number(out, "noise-scale", noise.examples().getAsDouble());
            }
            out.writeEndObject();
        }
        terminal.say("");
    }

    private static void column(JsonGenerator out, String name, double[] values) {
        out.writeName(name);
        out.writeStartArray();
        for (double value : values) {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeString(Double.toString(value));
            }
        }
        out.writeEndArray();
    }
}
