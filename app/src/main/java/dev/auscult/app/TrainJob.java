package dev.auscult.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.auscult.app.live.LiveView;
import dev.auscult.app.live.PlainLines;
import dev.auscult.app.report.Format;
import dev.auscult.data.error.DataException;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.Severity;
import dev.auscult.intake.ReadOptions;
import dev.auscult.run.DataProfile;
import dev.auscult.train.check.PreTrainingChecks;
import dev.auscult.train.checkpoint.State;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.loop.Outcome;
import dev.auscult.train.loop.QuickLook;
import dev.auscult.train.loop.RunDirectory;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.loop.Trainer;
import dev.auscult.train.loop.TrainingListener;
import dev.auscult.train.loop.Workshop;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;
import org.jspecify.annotations.Nullable;

/** One training from the command line: opens the spec or the recording, trains with a view, and reports at the end. */
final class TrainJob {
    private static final String LOADING = "loading libtorch (the first time it is unpacked)";

    private final TrainOptions options;
    private final Terminal terminal;
    private final Workplace workplace;
    private final PathNames names;
    private final boolean traces;

    TrainJob(TrainOptions options, Terminal terminal, Workplace workplace, boolean traces) {
        this.options = options;
        this.terminal = terminal;
        this.workplace = workplace;
        this.names = new PathNames(workplace.here());
        this.traces = traces;
    }

    /** Begins a training, and returns the exit code. */
    int begin() throws IOException {
        return Guard.run(terminal, options.target(), () -> {
            Spec spec = SpecFile.read(options.target(), options.overrides());
            Path base =
                    Objects.requireNonNullElse(options.target().toAbsolutePath().getParent(), Path.of("/"));
            return train(spec, base, null, null);
        });
    }

    /** Goes on with a training, and returns the exit code. */
    int resume() throws IOException {
        RunDirectory directory = new RunDirectory(options.target());
        return Guard.run(terminal, directory.spec(), () -> {
            String shown = names.show(options.target());
            if (!Files.isRegularFile(directory.spec())) {
                throw new UsageException("found no recording in " + shown
                        + " (it has no spec.yaml); give the folder that auscult train made");
            }
            State state = checkpoint(directory, shown);
            Spec spec = SpecFile.read(directory.spec(), List.of());
            Path base;
            try {
                base = directory.readBase();
            } catch (IOException e) {
                terminal.warn("cannot go on with " + shown + ": " + e.getMessage());
                return ExitCode.UNREADABLE;
            }
            if (!Files.exists(base.resolve(spec.data().train()))) {
                throw new DataException("data.train: found no "
                        + names.show(base.resolve(spec.data().train()))
                        + "; if the recording was moved, move the data along or write their folder, seen from " + shown
                        + ", to " + names.show(directory.base()));
            }
            return train(spec, base, directory, state);
        });
    }

    private int train(Spec spec, Path base, @Nullable RunDirectory begun, @Nullable State from) throws IOException {
        boolean redraws = !options.plain() && terminal.errRedraws();
        try (Preparation preparation = new Preparation(terminal, redraws, LOADING);
                Engine engine = TorchEngine.open(options.device(), options.threads())) {
            preparation.accept("reading the data");
            try (Setup setup = Setup.open(spec, base, engine, preparation)) {
                preparation.accept("looking at the data");
                // A training that goes on has its profile in the recording.
                Optional<DataProfile> profile =
                        begun == null ? Optional.of(new QuickLook().at(setup, terminal::warn)) : Optional.empty();
                RunDirectory directory = begun == null ? directory(spec.name()) : begun;
                preparation.done();
                return train(setup, profile, directory, from, redraws);
            }
        }
    }

    private State checkpoint(RunDirectory directory, String shown) {
        Path file = options.fromBest() ? directory.best() : directory.last();
        try {
            return State.read(file);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no checkpoint in " + shown
                    + ": it was stopped before its first one; begin anew with auscult train and its spec");
        } catch (IOException e) {
            String help = Files.isRegularFile(directory.best()) && !options.fromBest()
                    ? "go on from the best one with auscult resume --from best " + quoted(shown)
                    : "begin anew with auscult train and its spec";
            throw new DataException("cannot go on with " + shown + ": " + e.getMessage() + "; " + help, e);
        }
    }

    private RunDirectory directory(String name) {
        try {
            return RunDirectory.create(options.runs(), name);
        } catch (IOException e) {
            throw new UsageException("cannot make a folder for the recording in " + names.show(options.runs()) + " ("
                    + reason(e) + "); give --runs a folder that may be written to");
        }
    }

    private int train(
            Setup setup, Optional<DataProfile> profile, RunDirectory directory, @Nullable State from, boolean redraws)
            throws IOException {
        List<Rule> rules = new RuleChoice(workplace.book()).choose(List.of(), List.of(), options.preview());
        String shown = names.show(directory.path());
        Outcome outcome;
        long began = System.nanoTime();
        // A second Ctrl-C: what was written so far is whole up to its last record.
        try (Interrupts interrupts = new Interrupts(code -> Runtime.getRuntime().halt(code))) {
            try (View view = view(setup.spec().name(), redraws);
                    Workshop shop = shop(setup, directory, from);
                    Trainer trainer = new Trainer(
                            shop,
                            directory,
                            from,
                            view.listener(),
                            new DoctorJudge(rules, setup.spec().policy()))) {
                if (profile.isPresent()) {
                    shop.profiled(profile.get());
                }
                if (from == null) {
                    shop.tried(PreTrainingChecks.run(setup));
                }
                outcome = trainer.train(interrupts::asked);
            }
            if (outcome.ending() == Outcome.Ending.INTERRUPTED) {
                terminal.tell("interrupted after step " + outcome.step() + ", saved; go on with: auscult resume "
                        + quoted(shown));
                return interrupts.exitCode();
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return ended(outcome, new Summary(outcome, shown, seconds), directory, rules);
    }

    private int ended(Outcome outcome, Summary summary, RunDirectory directory, List<Rule> rules) throws IOException {
        boolean alone = options.format() == Format.TEXT && options.output().isEmpty();
        if (alone) {
            terminal.say(summary.text(terminal.style()));
        } else {
            // Standard output is the report's alone.
            summary.text(terminal.errStyle()).lines().forEach(terminal::tell);
        }
        keepFindings(directory, rules);
        int code = diagnose(directory, rules, options.format(), options.output(), options.failOn());
        return outcome.ending() == Outcome.Ending.UNWRITABLE ? ExitCode.INTERNAL : code;
    }

    private Workshop shop(Setup setup, RunDirectory directory, @Nullable State from) {
        try {
            return Workshop.open(setup, directory, from);
        } catch (IOException e) {
            throw new UsageException("cannot write the recording in " + names.show(directory.path()) + " (" + reason(e)
                    + "); make it writable, or make room");
        }
    }

    /** Why a file could not be used; the bare messages of Java are no more than a path. */
    private static String reason(IOException e) {
        String type = e.getClass().getSimpleName();
        return switch (type) {
            case "AccessDeniedException" -> "it may not be written to: " + e.getMessage();
            case "FileAlreadyExistsException", "NotDirectoryException" ->
                "a file is where a folder is needed: " + e.getMessage();
            default -> Objects.requireNonNullElse(e.getMessage(), type);
        };
    }

    /** A path as it can be typed in a shell. */
    private static String quoted(String path) {
        return path.matches("[\\w./~+,@%=-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    /** What a person sees meanwhile, closed before the report. */
    private record View(TrainingListener listener, List<AutoCloseable> parts) implements AutoCloseable {
        @Override
        public void close() {
            for (AutoCloseable part : parts) {
                try {
                    part.close();
                } catch (Exception e) {
                    throw new IllegalStateException("a view failed to close", e);
                }
            }
        }
    }

    private View view(String name, boolean redraws) {
        if (!redraws) {
            return new View(new PlainLines(terminal.err()), List.of());
        }
        TerminalWindow window = new TerminalWindow(terminal.errStyle().width());
        LiveView live = new LiveView(terminal.err(), terminal.errStyle(), window, name);
        return new View(live, List.of(live, window));
    }

    /** Keeps the findings beside the recording, where they can be. */
    private void keepFindings(RunDirectory directory, List<Rule> rules) {
        Path file = directory.path().resolve("findings.json");
        try {
            diagnose(directory, rules, Format.JSON, Optional.of(file), Optional.empty());
        } catch (IOException | UsageException e) {
            terminal.warn("cannot write " + names.show(file) + ": " + e.getMessage());
        }
    }

    /** The report that {@code diagnose} gives on the recording; returns its exit code. */
    private int diagnose(
            RunDirectory directory, List<Rule> rules, Format format, Optional<Path> output, Optional<Severity> failOn)
            throws IOException {
        DiagnoseOptions diagnosis = new DiagnoseOptions(
                List.of(directory.path()),
                format,
                output,
                rules,
                Map.of(),
                failOn,
                Optional.empty(),
                ReadOptions.DEFAULT,
                false,
                Optional.empty(),
                TrainOptions.Engine.USUAL);
        return new DiagnoseJob(diagnosis, terminal, workplace, traces).run();
    }
}
