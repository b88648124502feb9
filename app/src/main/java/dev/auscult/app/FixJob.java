package dev.auscult.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.auscult.app.fix.FixFiles;
import dev.auscult.app.fix.FixJson;
import dev.auscult.app.fix.FixPage;
import dev.auscult.app.fix.FixStory;
import dev.auscult.app.fix.FixText;
import dev.auscult.app.fix.PlanText;
import dev.auscult.data.PreparedData;
import dev.auscult.data.error.DataException;
import dev.auscult.diagnose.Severity;
import dev.auscult.repair.fix.Experimenter;
import dev.auscult.repair.fix.FixLoop;
import dev.auscult.repair.fix.FixOptions;
import dev.auscult.repair.fix.FixPlan;
import dev.auscult.repair.fix.FixResult;
import dev.auscult.repair.fix.TrialFailedException;
import dev.auscult.repair.trial.Examiner;
import dev.auscult.repair.trial.InProcessTrials;
import dev.auscult.repair.trial.ProcessTrials;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.repair.trial.Trials;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;

/** One repair from the command line: the loop with a view, then the mended spec, the page and the answer. */
final class FixJob {
    private static final String LOADING = "loading libtorch (the first time it is unpacked)";

    private final FixArguments arguments;
    private final TrainOptions training;
    private final Terminal terminal;
    private final PathNames names;

    FixJob(FixArguments arguments, Terminal terminal, Workplace workplace) {
        this.arguments = arguments;
        this.training = arguments.training();
        this.terminal = terminal;
        this.names = new PathNames(workplace.here());
    }

    /** Does it, and returns the exit code. */
    int run() throws IOException {
        return Guard.run(terminal, training.target(), () -> {
            Path file = training.target();
            // Read as a spec first: what is wrong with it is said with its lines.
            Spec spec = SpecFile.read(file, training.overrides());
            Path base = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of("/"));
            FixOptions options = new FixOptions(
                    names.show(file),
                    SpecEdit.apply(file.toString(), Files.readString(file), given()),
                    base,
                    training.runs().resolve(spec.name() + "-fix"),
                    arguments.seeds(),
                    Optional.of(arguments.budget()),
                    arguments.time());
            writable(options);
            if (arguments.plan()) {
                return repair(options, Optional.empty());
            }
            Path place = arguments.output().orElseGet(() -> FixOutput.beside(file));
            return repair(options, Optional.of(new FixOutput(place)));
        });
    }

    /** What cannot be written in the end is said at the beginning. */
    private void writable(FixOptions options) {
        try {
            Files.createDirectories(options.folder());
        } catch (IOException e) {
            throw new UsageException(
                    "cannot write recordings to " + training.runs() + "; give --runs a folder that may be written to");
        }
        arguments.report().ifPresent(page -> FixOutput.mustBeWritable(page, "--report"));
    }

    /** What the command line says of the spec. */
    private List<Change> given() {
        List<Change> changes = new ArrayList<>();
        for (String override : training.overrides()) {
            int equals = override.indexOf('=');
            changes.add(new Change(override.substring(0, equals), override.substring(equals + 1), "as given"));
        }
        return changes;
    }

    private int repair(FixOptions options, Optional<FixOutput> output) throws IOException {
        boolean redraws = !training.plain() && terminal.errRedraws();
        Thread worker = Thread.currentThread();
        try (Interrupts interrupts = new Interrupts(code -> Runtime.getRuntime().halt(code), worker::interrupt)) {
            FixResult result;
            try (Preparation loading = new Preparation(terminal, redraws, LOADING);
                    Engine engine = TorchEngine.open(training.device(), training.threads());
                    Trials trials = trials(engine, options);
                    FixStory story = new FixStory(terminal.err(), terminal.errStyle(), redraws)) {
                loading.done();
                if (output.isEmpty()) {
                    FixPlan plan = FixPlan.of(options, trials, engine);
                    new PlanText(terminal.out(), terminal.style()).print(plan, options.source(), options.seeds());
                    return ExitCode.OK;
                }
                result = new FixLoop(trials, engine, Experimenter.on(engine)).run(options, story);
            } catch (InterruptedException e) {
                return interrupted(options, interrupts);
            } catch (IOException | UncheckedIOException e) {
                // A file that is being written when the thread is asked to stop is closed under it.
                if (!interrupts.asked()) {
                    throw e;
                }
                return interrupted(options, interrupts);
            } catch (TrialFailedException e) {
                terminal.warn(options.source() + ": " + e.getMessage());
                return isOfTheData(options) ? ExitCode.UNREADABLE : ExitCode.USAGE;
            }
            return answer(result, options, output.get());
        }
    }

    /** Whether it is the data, not the spec, that kept the first training from beginning. */
    private static boolean isOfTheData(FixOptions options) {
        Spec spec = SpecFile.parse(options.source(), options.text(), "run", List.of());
        try {
            PreparedData.open(spec.data(), options.base(), spec.seed(), sentence -> {}, Map.of());
            return false;
        } catch (DataException e) {
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private int interrupted(FixOptions options, Interrupts interrupts) {
        terminal.tell("interrupted; every trial that ended is kept in " + names.show(options.folder())
                + "; the same command goes on from there");
        return interrupts.exitCode();
    }

    private Trials trials(Engine engine, FixOptions options) {
        return arguments.jobs() == 1
                ? new InProcessTrials(engine, Examiner.shipped())
                : new ProcessTrials(
                        training.device(),
                        training.threads(),
                        arguments.jobs(),
                        options.folder().resolve("logs"),
                        Examiner.shipped());
    }

    private int answer(FixResult result, FixOptions options, FixOutput output) throws IOException {
        boolean changed = !result.changes().isEmpty();
        if (changed) {
            output.write(result.fixed(), options.source());
        }
        Path page = arguments.report().orElse(result.folder().resolve("report.html"));
        FixFiles files = new FixFiles(
                options.source(),
                changed ? names.show(output.file()) : "",
                names.show(page),
                names.show(result.folder()));
        try (OutputFile file = OutputFile.open(page)) {
            new FixPage(result, files, Version.text()).write(file.writer());
            file.commit();
        }
        if (arguments.json()) {
            new FixJson(terminal.out()).print(result, files, Version.text());
        } else {
            new FixText(terminal.out(), terminal.style()).print(result, files);
        }
        terminal.flush();
        return fails(result) ? ExitCode.FINDINGS : ExitCode.OK;
    }

    private boolean fails(FixResult result) {
        Optional<Severity> least = arguments.failOn();
        return least.isPresent()
                && result.last().stream()
                        .map(TrialResult::diagnosis)
                        .anyMatch(d ->
                                d.findings().stream().anyMatch(f -> f.severity().isAtLeast(least.get())));
    }
}
