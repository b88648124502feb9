package dev.auscult.app.fix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Clue;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.diagnose.cause.Signals;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.fix.FixResult;
import dev.auscult.repair.fix.FixResult.Ending;
import dev.auscult.repair.fix.FixStep;
import dev.auscult.repair.fix.FixStep.Decision;
import dev.auscult.repair.remedy.Edits;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.trial.TrialRequest;
import dev.auscult.repair.trial.TrialRequest.Stop;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Split;
import dev.auscult.train.spec.SpecEdit.Change;

/** Repairs made by hand, for what prints them. */
final class Repairs {
    static final String ORIGINAL = "name: toy\ndata:\n  train: toy.csv\n  normalize: none\noptimizer: {type: sgd}\n";
    static final String FIXED = """
            name: toy
            data:
              train: toy.csv
              normalize: standard  # <b>inputs</b> are of scale 1e3
            optimizer: {type: sgd}
            """;
    static final List<Change> SCALED =
            List.of(new Change("data.normalize", "standard", "<b>inputs</b> are of scale 1e3"));
    static final Treatment SCALING = treatment("standardize-inputs", Cause.UNSCALED_INPUT);
    static final Treatment CLIPPING = treatment("clip-norm", Cause.LEARNING_RATE_TOO_HIGH);
    static final FixFiles FILES = new FixFiles("toy.yaml", "toy.fixed.yaml", "report.html", "runs/toy-fix");

    private Repairs() {}

    static Treatment treatment(String name, Cause cause) {
        return new Treatment(
                name,
                cause,
                Safety.LIKELY,
                "bring every input to mean 0 and standard deviation 1",
                "x = (x - mean) / std",
                "keras.layers.Normalization()",
                "the loss falls from the first steps on",
                "LeCun et al. 1998, Efficient BackProp, section 4.3",
                Edits.NONE);
    }

    static Differential differential(Cause first, double probability, Cause second) {
        return new Differential(
                Signals.FULL,
                List.of(
                        new Suspect(
                                first,
                                probability,
                                List.of("GRD101"),
                                List.of(new Clue("input-scale", "inputs reach 1e3", 2.1)),
                                List.of(new Clue("loss-falls", "the loss falls a little", -0.4))),
                        new Suspect(second, 1 - probability, List.of(), List.of(), List.of())),
                "a run at a third of the learning rate");
    }

    static TrialResult trial(String name, int seed, double end, Differential differential) {
        RunBuilder run = Run.builder(name).format("auscult");
        for (int i = 0; i < 40; i++) {
            double gone = 1 - Math.exp(-i / 8.0);
            double wave = 0.02 * Math.sin(i * (seed + 1.3));
            run.series(MetricKey.of(Split.TRAIN, Quantity.LOSS, "loss")).add(i * 10L, 2.3 - 2.2 * end * gone + wave);
            run.series(MetricKey.of(Split.VALIDATION, Quantity.LOSS, "val_loss"))
                    .add(i * 10L, 2.35 - 2.1 * end * gone + 2 * wave);
            run.series(MetricKey.of(Split.VALIDATION, Quantity.ACCURACY, "val_accuracy"))
                    .add(i * 10L, 0.1 + (end - 0.1) * gone + wave / 2);
        }
        Diagnosis diagnosis = new Doctor(RuleBook.rules(), Map.of()).examine(run.build());
        TrialRequest request = new TrialRequest(
                name + "/seed-" + seed, ORIGINAL, Path.of("."), seed, Path.of("runs", name), Stop.NEVER);
        return new TrialResult(
                request, "completed", 390, 390, 1.25, Map.of("validation/accuracy", end), diagnosis, differential);
    }

    static List<TrialResult> trials(String name, Differential differential, double... ends) {
        List<TrialResult> trials = new ArrayList<>();
        for (int i = 0; i < ends.length; i++) {
            trials.add(trial(name, i + 1, ends[i], differential));
        }
        return trials;
    }

    /** One treatment taken, one taken back. */
    static FixResult mended() {
        Differential sick = differential(Cause.UNSCALED_INPUT, 0.83, Cause.LEARNING_RATE_TOO_HIGH);
        Differential well = differential(Cause.NO_FAULT, 0.97, Cause.TOO_FEW_EPOCHS);
        double[] old = {0.31, 0.28, 0.35, 0.3, 0.33};
        double[] same = {0.30, 0.29, 0.34, 0.31, 0.32};
        double[] fresh = {0.93, 0.95, 0.94, 0.96, 0.92};
        List<TrialResult> first = trials("first", sick, old);
        List<TrialResult> last = trials("scaled", well, fresh);
        Comparison proof = new Comparison("validation/accuracy", true, old, fresh, 1 / 32.0, 21.4, 0.626);
        Comparison none = new Comparison("validation/accuracy", true, old, same, 0.5, -0.2, -0.002);
        List<FixStep> steps = List.of(
                new FixStep(
                        sick,
                        CLIPPING,
                        List.of(new Change("training.clip-norm", "1", "large gradients")),
                        first,
                        trials("clipped", sick, same),
                        Optional.of(none),
                        List.of(),
                        List.of("GRD101"),
                        Decision.REJECTED,
                        "the accuracy is no better: <i>p</i> = 0.5"),
                new FixStep(
                        sick,
                        SCALING,
                        SCALED,
                        first,
                        last,
                        Optional.of(proof),
                        List.of("GRD101"),
                        List.of(),
                        Decision.ACCEPTED,
                        "vanishing-gradients is gone and the accuracy is better"));
        return new FixResult(
                Ending.MENDED,
                ORIGINAL,
                FIXED,
                SCALED,
                steps,
                first,
                last,
                Optional.of(proof),
                List.of(),
                List.of(),
                7.4,
                19,
                Path.of("runs/toy-fix"));
    }

    static FixResult healthy() {
        Differential well = differential(Cause.NO_FAULT, 0.97, Cause.TOO_FEW_EPOCHS);
        List<TrialResult> first = trials("first", well, 0.97);
        return new FixResult(
                Ending.HEALTHY,
                ORIGINAL,
                ORIGINAL,
                List.of(),
                List.of(),
                first,
                first,
                Optional.empty(),
                List.of(),
                List.of(),
                1,
                2,
                Path.of("runs/toy-fix"));
    }

    /** A bug in a program, for which there is only advice. */
    static FixResult advised() {
        Differential sick = differential(Cause.GRADIENTS_NOT_CLEARED, 0.92, Cause.LEARNING_RATE_TOO_HIGH);
        List<TrialResult> first = trials("first", sick, Double.NaN);
        return new FixResult(
                Ending.NOT_MENDED,
                ORIGINAL,
                ORIGINAL,
                List.of(),
                List.of(),
                first,
                first,
                Optional.empty(),
                List.of(treatment("clear-gradients", Cause.GRADIENTS_NOT_CLEARED)),
                List.of(Cause.GRADIENTS_NOT_CLEARED),
                1,
                2,
                Path.of("runs/toy-fix"));
    }
}
