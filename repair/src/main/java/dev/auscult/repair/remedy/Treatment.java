package dev.auscult.repair.remedy;

import java.util.Objects;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;

/**
 * One remedy for a cause: what to do, in words, as code, and where a spec can say it as edits.
 *
 * @param name kebab-case, unique among the treatments: {@code range-test-learning-rate}
 * @param cause what it is for
 * @param safety what it can do to a run that was well
 * @param text what to do, one imperative sentence without a final stop
 * @param pytorch a snippet of a few lines
 * @param keras a snippet of a few lines
 * @param effect what to expect of it, one sentence without a final stop
 * @param source where it is from: author, year, title or section of a tool's manual
 * @param edits what it changes in a spec; {@link Edits#NONE} where only a person can do it
 */
public record Treatment(
        String name,
        Cause cause,
        Safety safety,
        String text,
        String pytorch,
        String keras,
        String effect,
        String source,
        Edits edits) {
    public Treatment {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(safety, "safety");
        Objects.requireNonNull(edits, "edits");
    }

    /** The same for another cause, under a name of its own: {@code batch-norm-for-dead-units}. */
    public Treatment alsoFor(Cause other) {
        return other == cause
                ? this
                : new Treatment(
                        name + "-for-" + other.label(), other, safety, text, pytorch, keras, effect, source, edits);
    }

    /** Whether a spec can say it at all. */
    public boolean isEdit() {
        return edits != Edits.NONE;
    }
}
