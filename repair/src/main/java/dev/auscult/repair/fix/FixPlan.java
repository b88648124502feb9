package dev.auscult.repair.fix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.remedy.Patient;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.remedy.Treatments;
import dev.auscult.repair.trial.TrialRequest;
import dev.auscult.repair.trial.TrialRequest.Stop;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.repair.trial.Trials;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecException;
import dev.auscult.train.spec.SpecFile;

/**
 * What the loop would try after one training, in its order.
 *
 * @param first the training that it rests on
 * @param sick whether anything is to be mended
 * @param tries treatments that fit this spec
 * @param advice what only a person can do, the most probable cause first
 */
public record FixPlan(TrialResult first, boolean sick, List<Try> tries, List<Treatment> advice) {
    public FixPlan {
        tries = List.copyOf(tries);
        advice = List.copyOf(advice);
    }

    /**
     * One treatment that would be tried.
     *
     * @param probability of its cause
     * @param changes what it would change
     */
    public record Try(Treatment treatment, double probability, List<Change> changes) {
        public Try {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Trains once and plans.
     *
     * @throws TrialFailedException if the spec cannot be trained at all
     * @throws InterruptedException if asked to stop
     */
    public static FixPlan of(FixOptions options, Trials trials, Engine engine)
            throws IOException, InterruptedException {
        Spec spec = SpecFile.parse(options.source(), options.text(), "run", List.of());
        // The first trial of the loop: what the plan trains, the loop need not train again.
        Path folder = Identity.of(options, spec).folder(options.folder());
        String name = "00-original/seed-" + spec.seed();
        TrialRequest request = new TrialRequest(
                name, options.text(), options.base(), spec.seed(), folder.resolve(name), Stop.WHEN_CERTAIN);
        TrialResult first = trials.run(List.of(request), done -> {}).get(0);
        if (first.failed()) {
            throw new TrialFailedException(first.reason());
        }
        if (!Mending.isSick(first)) {
            return new FixPlan(first, false, List.of(), List.of());
        }
        Patient patient = new Patient(
                options.text(),
                spec,
                options.base(),
                Optional.of(first.diagnosis().run()),
                () -> RangeTest.on(engine).rate(spec, options.base()));
        List<Try> tries = new ArrayList<>();
        for (Mending.Candidate candidate : Mending.candidates(first.differential(), Treatments::of)) {
            List<Change> changes = candidate.treatment().edits().of(patient);
            if (!changes.isEmpty() && fits(options, changes)) {
                tries.add(new Try(candidate.treatment(), candidate.suspect().probability(), changes));
            }
        }
        return new FixPlan(first, true, tries, advice(first));
    }

    private static boolean fits(FixOptions options, List<Change> changes) {
        try {
            SpecEdit.apply(options.source(), options.text(), changes);
            return true;
        } catch (SpecException e) {
            // The loop leaves such a treatment out as well.
            return false;
        }
    }

    private static List<Treatment> advice(TrialResult first) {
        List<Treatment> advice = new ArrayList<>();
        for (Suspect suspect : first.differential().suspects()) {
            if (suspect.cause() != Cause.NO_FAULT && suspect.probability() >= 0.05) {
                Treatments.of(suspect.cause()).stream()
                        .filter(t -> !t.isEdit())
                        .findFirst()
                        .ifPresent(advice::add);
            }
        }
        return advice;
    }
}
