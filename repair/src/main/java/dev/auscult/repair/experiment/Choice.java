package dev.auscult.repair.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.auscult.diagnose.cause.Differential;

/**
 * The experiment that is worth its cost most: expected information in bits, over the cost in trainings.
 *
 * @param experiment which
 * @param gain expected information in bits
 * @param entropy of the differential in bits, which is what could be gained at most
 * @param steps optimizer steps that it takes as a rule
 * @param plannedSteps optimizer steps of the training as planned
 */
public record Choice(Experiment experiment, double gain, double entropy, long steps, long plannedSteps) {
    /**
     * The least gain that is worth a trial: a test that moves two equal causes to two to one gains 1 − H(⅔) = 0.08 bit, and after
     * less than that the same cause is treated first as before, nearly always.
     */
    public static final double LEAST = 0.1;

    /** Below a hundredth of a training the steps no longer matter against what reading the data costs. */
    private static final double CHEAPEST = 0.01;

    /**
     * The best of some experiments; nothing where the differential is certain, or none applies, is affordable and gains enough.
     *
     * @param affordable the most optimizer steps that it may take
     */
    public static Optional<Choice> among(
            List<Experiment> experiments,
            Differential differential,
            Likelihoods likelihoods,
            Lab lab,
            long affordable) {
        if (differential.isCertain()) {
            return Optional.empty();
        }
        double entropy = Likelihoods.entropy(differential.probabilities());
        Choice best = null;
        for (Experiment experiment : experiments) {
            double gain = likelihoods.gain(experiment, differential.probabilities());
            // The gain costs nothing to know; the cost asks for the data.
            if (gain < LEAST || !experiment.appliesTo(lab.spec()) || experiment.atMost(lab) > affordable) {
                continue;
            }
            Choice choice = new Choice(experiment, gain, entropy, experiment.steps(lab), lab.plannedSteps());
            if (best == null || choice.worth() > best.worth()) {
                best = choice;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Cost as a multiple of the training as planned. */
    public double cost() {
        return (double) steps / Math.max(1, plannedSteps);
    }

    /** Expected bits per training. */
    public double worth() {
        return gain / Math.max(CHEAPEST, cost());
    }

    /** Why it was chosen: {@code gains 0.61 bit of 1.40 for 60 steps (3 % of a training)}. */
    public String reason() {
        return String.format(
                Locale.ROOT,
                "gains %.2f bit of %.2f for %d steps (%.0f %% of a training)",
                gain,
                entropy,
                steps,
                100 * cost());
    }
}
