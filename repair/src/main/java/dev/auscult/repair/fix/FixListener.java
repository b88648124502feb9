package dev.auscult.repair.fix;

import java.util.List;

import dev.auscult.diagnose.cause.Differential;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.trial.TrialResult;
import dev.auscult.train.spec.SpecEdit.Change;

/** Hears how the loop goes; called on the thread that runs it. */
public interface FixListener {
    /** Hears nothing. */
    FixListener NONE = new FixListener() {};

    /**
     * Trials begin.
     *
     * @param what for: {@code first training}, {@code 5 seeds with batch-norm}
     * @param count how many
     * @param seconds how long they take, by the trials so far; 0 if not known
     */
    default void begins(String what, int count, double seconds) {}

    /** A trial ended. */
    default void trial(TrialResult result) {}

    /** A recording was judged. */
    default void diagnosed(Differential differential, TrialResult result) {}

    /**
     * An experiment told causes apart.
     *
     * @param name of the experiment
     * @param reason why this one: gain in bits, cost in steps
     * @param outcome what it showed
     */
    default void experiment(String name, String reason, String outcome, Differential before, Differential after) {}

    /** A treatment is tried. */
    default void tries(Treatment treatment, List<Change> changes) {}

    /** Budget or time does not suffice for what would come next; one sentence with numbers. */
    default void spent(String reason) {}

    /** A step ended, its treatment taken or not. */
    default void decided(FixStep step) {}
}
