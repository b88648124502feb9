package dev.auscult.repair.experiment;

import java.util.Objects;

import dev.auscult.diagnose.cause.Differential;

/**
 * What an experiment showed.
 *
 * @param name of the experiment: {@code third-of-the-learning-rate}
 * @param reason why it was chosen: expected gain in bits, cost in steps
 * @param outcome name of the outcome
 * @param observation what was measured, one sentence with numbers
 * @param steps optimizer steps that it cost
 * @param before differential before it
 * @param after differential after it
 */
public record ExperimentResult(
        String name,
        String reason,
        String outcome,
        String observation,
        long steps,
        Differential before,
        Differential after) {
    public ExperimentResult {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(outcome, "outcome");
    }
}
