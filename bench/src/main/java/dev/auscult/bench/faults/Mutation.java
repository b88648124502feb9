package dev.auscult.bench.faults;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.auscult.train.spec.SpecEdit.Change;

/**
 * A way to damage a base program, or to make a healthy one look odd.
 *
 * @param name of the operator
 * @param causes names of the causes that are right answers, the best first; empty for a healthy variant
 * @param applies to which base programs
 * @param severities how many severities there are
 * @param edits what it changes in the spec, by severity from 0
 * @param damage what it changes in the training rows, by severity from 0
 * @param bug what the loop does wrong
 */
record Mutation(
        String name, Set<String> causes, Predicate<Base> applies, int severities, Edits edits, Damage damage, Bug bug) {
    /** Changes of a spec. */
    @FunctionalInterface
    interface Edits {
        Edits NONE = (base, severity) -> List.of();

        List<Change> of(Base base, int severity);
    }

    /** Changes of the training rows. */
    @FunctionalInterface
    interface Damage {
        Damage NONE = (base, severity, seed) -> UnaryOperator.identity();

        UnaryOperator<Tables> of(Base base, int severity, long seed);
    }

    /**
     * The rows of a program.
     *
     * @param train for training
     * @param validation held out
     */
    record Tables(Rows train, Rows validation) {}

    boolean isHealthy() {
        return causes.isEmpty();
    }
}
