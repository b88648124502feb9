package dev.auscult.diagnose.cause;

import java.util.List;
import java.util.Objects;

/**
 * A cause that may be behind what a run shows.
 *
 * @param cause which
 * @param probability that it is the cause, 0..1; those of a differential sum to 1
 * @param explains codes of the rules whose findings it explains, the worst finding first
 * @param supports what speaks for it, the weightiest first
 * @param against what speaks against it, the weightiest first
 */
public record Suspect(Cause cause, double probability, List<String> explains, List<Clue> supports, List<Clue> against) {
    public Suspect {
        Objects.requireNonNull(cause, "cause");
        explains = List.copyOf(explains);
        supports = List.copyOf(supports);
        against = List.copyOf(against);
    }

    /** The same with another probability. */
    public Suspect withProbability(double other) {
        return new Suspect(cause, other, explains, supports, against);
    }
}
