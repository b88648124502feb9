package dev.auscult.repair.fix;

import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.cause.Differential;
import dev.auscult.repair.compare.Comparison;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.train.spec.SpecEdit.Change;

/**
 * One treatment that was tried.
 *
 * @param differential what it was tried for
 * @param treatment which
 * @param changes what it changed in the spec
 * @param before trials without it, by seed
 * @param after trials with it, by seed; fewer where the first already showed that it does not help
 * @param comparison of the figure; empty where too few trials were made to compare
 * @param gone codes of findings that were there before and are not after
 * @param left codes of findings of medium or above that are there after
 * @param decision taken or not
 * @param reason one sentence for people: why
 */
public record FixStep(
        Differential differential,
        Treatment treatment,
        List<Change> changes,
        List<TrialResult> before,
        List<TrialResult> after,
        Optional<Comparison> comparison,
        List<String> gone,
        List<String> left,
        Decision decision,
        String reason) {
    public FixStep {
        changes = List.copyOf(changes);
        before = List.copyOf(before);
        after = List.copyOf(after);
        gone = List.copyOf(gone);
        left = List.copyOf(left);
    }

    /** What became of a treatment. */
    public enum Decision {
        /** The finding is gone and the figure is better with evidence. */
        ACCEPTED,
        /** It did not help, or not provably. */
        REJECTED
    }
}
