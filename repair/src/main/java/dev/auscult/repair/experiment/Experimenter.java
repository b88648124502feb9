package dev.auscult.repair.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.cause.Differential;

/** Makes experiments one after the other, each the one that is worth its cost most after what was seen before. */
public final class Experimenter {
    private final Likelihoods likelihoods;

    /** One that knows the shipped table. */
    public Experimenter() {
        this(Likelihoods.shipped());
    }

    public Experimenter(Likelihoods likelihoods) {
        this.likelihoods = likelihoods;
    }

    /**
     * Experiments until a cause is certain, the budget is spent, or nothing is worth its cost; none is made twice. The lab says
     * each choice, with its reason, before it is made.
     *
     * @param before what is known so far
     * @param budgetSteps optimizer steps that all together may take at most
     * @return what was done, in order; the last one's {@code after} is what is known then; empty if nothing was done
     * @throws InterruptedException if asked to stop
     */
    public List<ExperimentResult> run(Differential before, Lab lab, long budgetSteps) throws InterruptedException {
        List<ExperimentResult> results = new ArrayList<>();
        List<Experiment> left = new ArrayList<>(Experiments.all());
        Differential known = before;
        long budget = budgetSteps;
        while (true) {
            Optional<Choice> choice = Choice.among(left, known, likelihoods, lab, budget);
            if (choice.isEmpty()) {
                return List.copyOf(results);
            }
            Experiment experiment = choice.get().experiment();
            lab.say(experiment.name() + ": " + choice.get().reason());
            Observation seen = experiment.run(lab);
            Differential after = known.observed(cause -> likelihoods.of(experiment, seen.outcome(), cause));
            results.add(new ExperimentResult(
                    experiment.name(), choice.get().reason(), seen.outcome(), seen.text(), seen.steps(), known, after));
            left.remove(experiment);
            known = after;
            budget -= seen.steps();
        }
    }
}
