package dev.auscult.repair.trial;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.cause.Differential;

/**
 * What a trial gave.
 *
 * @param request what was asked for
 * @param ended why it ended: {@code completed}, {@code early-stop}, {@code stopped} (what it was to show is certain; it can
 *     go on), {@code lost} (nothing finite was left to train), {@code failed}
 * @param steps optimizer steps taken
 * @param planned optimizer steps that its spec plans
 * @param seconds it took
 * @param kept figures of the weights that were kept, by name ({@code validation/accuracy})
 * @param diagnosis what the rules say of its recording
 * @param differential what the causes are
 * @param reason one line for people: why it ended before its plan, or why it failed; empty where it did neither
 */
public record TrialResult(
        TrialRequest request,
        String ended,
        long steps,
        long planned,
        double seconds,
        Map<String, Double> kept,
        Diagnosis diagnosis,
        Differential differential,
        String reason) {
    public TrialResult {
        kept = Map.copyOf(kept);
        Objects.requireNonNull(reason, "reason");
    }

    /** A trial of which nothing more is to be said. */
    public TrialResult(
            TrialRequest request,
            String ended,
            long steps,
            long planned,
            double seconds,
            Map<String, Double> kept,
            Diagnosis diagnosis,
            Differential differential) {
        this(request, ended, steps, planned, seconds, kept, diagnosis, differential, "");
    }

    /** Whether there was no training at all: the spec cannot be built, the data cannot be read, memory was short. */
    public boolean failed() {
        return ended.equals("failed");
    }

    /** Whether it went as far as its spec says, or as far as it could. */
    public boolean isWhole() {
        return !ended.equals("stopped");
    }

    /** A figure of the weights that were kept; empty if it was not measured or is not finite. */
    public OptionalDouble figure(String name) {
        Double value = kept.get(name);
        return value == null || !Double.isFinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
