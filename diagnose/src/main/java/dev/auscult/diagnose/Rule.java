package dev.auscult.diagnose;

import java.util.List;

import dev.auscult.run.Run;

/**
 * Looks for one fault in a run; a pure function without state.
 *
 * <p>A rule has a page of the same name among the resources ({@code dev/auscult/diagnose/pages/overfitting.md}), whose
 * cases are its tests.
 */
public interface Rule {
    RuleInfo info();

    /**
     * Whether the fault can occur in a run at all, as far as is known of it: a regression has no accuracy to look at. Nothing
     * is said of a rule that does not apply.
     */
    default boolean appliesTo(Run run) {
        return true;
    }

    /** The data without which the rule cannot tell; the doctor answers for it when one is missing. */
    List<Need> needs();

    /** The numbers that decide. */
    default List<Threshold> thresholds() {
        return List.of();
    }

    /** The verdict on a run that has all the needs. */
    Verdict examine(Examination examination);
}
