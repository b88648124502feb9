package dev.auscult.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.auscult.diagnose.cause.Differential;
import dev.auscult.repair.experiment.ExperimentResult;
import dev.auscult.repair.experiment.Experimenter;
import dev.auscult.repair.experiment.Lab;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.torch.TorchEngine;

/** Short trainings of the spec of a run that tell its causes apart; what goes wrong with them is said, and the report goes on. */
final class ExperimentJob {
    private final Path spec;
    private final TrainOptions.Engine engine;
    private final Terminal terminal;

    ExperimentJob(Path spec, TrainOptions.Engine engine, Terminal terminal) {
        this.spec = spec;
        this.engine = engine;
        this.terminal = terminal;
    }

    /** What was done, in order, with at most the steps of one training; empty if nothing was, with the reason said. */
    List<ExperimentResult> run(Differential known) {
        if (known.isCertain()) {
            terminal.tell("no experiment: " + known.first().cause().label() + " is certain without");
            return List.of();
        }
        List<ExperimentResult> results = new ArrayList<>();
        try {
            int code = Guard.run(terminal, spec, () -> {
                results.addAll(made(known));
                return ExitCode.OK;
            });
            if (code == ExitCode.OK && results.isEmpty()) {
                terminal.tell("no experiment: none is worth its cost for these causes");
            }
        } catch (IOException e) {
            terminal.warn("no experiment: cannot read " + spec + " (" + e.getMessage() + ")");
        }
        return results;
    }

    @SuppressWarnings("try") // Listening for signals works by being open.
    private List<ExperimentResult> made(Differential known) throws IOException {
        Path base = Objects.requireNonNullElse(spec.toAbsolutePath().getParent(), Path.of("/"));
        String text = Files.readString(spec);
        boolean redraws = terminal.errRedraws();
        try (Interrupts interrupts =
                        new Interrupts(code -> Runtime.getRuntime().halt(code), Thread.currentThread()::interrupt);
                Preparation progress = new Preparation(terminal, redraws, "loading libtorch");
                Engine torch = TorchEngine.open(engine.device(), engine.threads())) {
            Lab lab = new Lab(spec.toString(), text, base, torch, progress);
            return new Experimenter().run(known, lab, lab.plannedSteps());
        } catch (InterruptedException e) {
            terminal.tell("interrupted; the report goes on without the experiment");
            return List.of();
        }
    }
}
