package dev.auscult.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What the commands share that try something on the network of a spec. */
final class SpecOptions {
    private SpecOptions() {}

    /** Adds the spec and {@code --set}. */
    static void addSpec(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("SPEC")
                .index("0")
                .arity("1")
                .type(String.class)
                .description("The training spec, a YAML file.")
                .build());
        spec.addOption(OptionSpec.builder("--set")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel("KEY=VALUE")
                .description("Change a key of the spec, as in optimizer.learning-rate=0.01.")
                .build());
    }

    static void addFormat(CommandSpec spec, List<String> formats) {
        spec.addOption(OptionSpec.builder("--format")
                .type(String.class)
                .paramLabel("FORMAT")
                .completionCandidates(formats)
                .description("Form of the answer: " + String.join(" or ", formats) + " (" + formats.get(0) + ").")
                .build());
    }

    static String format(ParseResult arguments, List<String> formats) {
        String found = arguments.matchedOptionValue("--format", formats.get(0));
        if (!formats.contains(found)) {
            throw DiagnoseOptions.unknown("format", found, "--format", formats);
        }
        return found;
    }

    /** Work on data, network and loss. */
    @FunctionalInterface
    interface Trial {
        int run(Setup setup) throws IOException;
    }

    /** Opens what a spec describes for some work; returns the exit code. */
    static int with(TrainOptions options, Terminal terminal, Trial trial) throws IOException {
        return Guard.run(terminal, options.target(), () -> {
            Spec spec = SpecFile.read(options.target(), options.overrides());
            Path base =
                    Objects.requireNonNullElse(options.target().toAbsolutePath().getParent(), Path.of("/"));
            try (Engine engine = TorchEngine.open(options.device(), options.threads());
                    Setup setup = Setup.open(spec, base, engine, terminal::warn)) {
                return trial.run(setup);
            }
        });
    }
}
