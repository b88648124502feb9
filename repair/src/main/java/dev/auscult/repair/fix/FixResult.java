package dev.auscult.repair.fix;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.train.spec.SpecEdit.Change;

/**
 * What the loop came to.
 *
 * @param ending why it ended
 * @param original text of the spec
 * @param fixed text of the mended spec; the original where nothing was changed
 * @param changes all that were taken, each with its reason
 * @param steps every treatment that was tried, in order
 * @param first trials of the original, by seed
 * @param last trials of the mended spec, by seed; {@code first} where nothing was changed
 * @param overall the original beside the mended spec; empty where nothing was changed
 * @param advice what only a person can do about the causes that are left, the most probable cause first
 * @param left causes that are left, the most probable first
 * @param cost optimizer steps of all trials and experiments, as a multiple of one training as planned
 * @param seconds it took
 * @param folder where all recordings are
 */
public record FixResult(
        Ending ending,
        String original,
        String fixed,
        List<Change> changes,
        List<FixStep> steps,
        List<TrialResult> first,
        List<TrialResult> last,
        Optional<Comparison> overall,
        List<Treatment> advice,
        List<Cause> left,
        double cost,
        double seconds,
        Path folder) {
    public FixResult {
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
        first = List.copyOf(first);
        last = List.copyOf(last);
        advice = List.copyOf(advice);
        left = List.copyOf(left);
    }

    /** Why the loop ended. */
    public enum Ending {
        /** Nothing was wrong; the spec is as it was. */
        HEALTHY,
        /** What was wrong is mended, with proof. */
        MENDED,
        /** Some of it is mended, with proof; something is left. */
        PARTLY_MENDED,
        /** Nothing that was tried helped, or nothing can be tried by edits. */
        NOT_MENDED,
        /** Budget or time was spent; what was proven until then is kept. */
        SPENT
    }
}
