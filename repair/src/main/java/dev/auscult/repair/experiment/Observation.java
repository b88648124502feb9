package dev.auscult.repair.experiment;

import java.util.Objects;

/**
 * What came out of an experiment.
 *
 * @param outcome one of the outcomes of the experiment
 * @param text what was measured, one sentence with numbers, without a final stop
 * @param steps optimizer steps that it took
 */
public record Observation(String outcome, String text, long steps) {
    public Observation {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(text, "text");
    }
}
