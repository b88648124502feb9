package dev.auscult.diagnose;

import java.util.List;
import java.util.Objects;

/**
 * One fault in one place.
 *
 * @param rule the rule that found it
 * @param score how bad, 0..100
 * @param summary one sentence: number, unit and place, no blame, no final stop
 * @param where where in the run
 * @param evidence what it rests on
 * @param remedies what can be changed in a training spec, in order of preference; empty where the page of the rule says all
 */
public record Finding(RuleInfo rule, int score, String summary, Where where, Evidence evidence, List<Remedy> remedies) {
    public Finding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(evidence, "evidence");
        remedies = List.copyOf(remedies);
        if (score < 0 || score > 100) {
            throw new IllegalArgumentException("a score is 0..100, found " + score);
        }
    }

    /** A finding of which the page of the rule says what to do. */
    public Finding(RuleInfo rule, int score, String summary, Where where, Evidence evidence) {
        this(rule, score, summary, where, evidence, List.of());
    }

    public Severity severity() {
        return Severity.ofScore(score);
    }
}
