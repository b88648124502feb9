package dev.auscult.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code auscult demo}: writes a sick spec and its data, and mends it before the eyes of whoever looks. */
final class DemoCommand implements Command {
    private static final String FOLDER = "auscult-demo";

    private final Workplace workplace;

    DemoCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Mends a sick network on made-up data, in less than a minute: deep, of sigmoids, its inputs"
                                + " unscaled,",
                        "its learning rate too high. Everything is real: trainings, diagnosis, treatment, proof.")
                .sortOptions(false)
                .footer(
                        "",
                        "Writes a spec, its data, the mended spec and report.html to the folder auscult-demo.",
                        "",
                        "Examples:",
                        "  auscult demo",
                        "  auscult demo --output /tmp/demo --format json");
        FixCommand.addOptions(spec);
        Options.one(spec, "--output", "FOLDER", "Where everything goes (" + FOLDER + ").");
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) throws IOException {
        Path folder = folder(arguments.matchedOptionValue("--output", FOLDER));
        Path spec = folder.resolve("demo.yaml");
        try {
            Files.createDirectories(folder);
            DemoPatient.write(folder.resolve("demo.csv"), spec);
        } catch (IOException e) {
            throw new UsageException("cannot write to " + folder + "; give --output a folder that may be written to");
        }
        terminal.tell("wrote " + new PathNames(workplace.here()).show(spec) + ": a network that does not learn");
        return new FixJob(FixArguments.demo(arguments, folder, spec), terminal, workplace).run();
    }

    private static Path folder(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("found " + text + ", which is no path here (" + e.getReason() + ")");
        }
    }
}
