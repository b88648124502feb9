package dev.auscult.run;

import java.util.Objects;

/**
 * Something that happened while the run was going.
 *
 * @param kind what happened
 * @param step at which step; −1 if unknown
 * @param detail one clause for people: from which file, how many points
 */
public record RunEvent(Kind kind, long step, String detail) {

    /** What can happen to a run. */
    public enum Kind {
        CHECKPOINT,
        /** The program started again and wrote steps that were already there; the later ones were kept. */
        RESTART,
        /** The program went on in a new file or process without overlap. */
        RESUMED,
        LEARNING_RATE_CHANGE,
        /** Training ended before its planned end because a callback said so. */
        EARLY_STOP,
        /** Training reached its planned end. */
        COMPLETED,
        /** The log ends without a proper end: killed, crashed, or still going. */
        INTERRUPTED,
        /** The file holds several runs one after the other; this is one of them. */
        ONE_OF_SEVERAL_RUNS,
        /** Steps occur more than once with different values, as when two processes write one file. */
        DUPLICATE_STEPS
    }

    public RunEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(detail, "detail");
    }
}
