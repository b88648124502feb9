package dev.auscult.diagnose;

import java.util.Objects;

/**
 * One fault in one place.
 *
 * @param rule the rule that found it
 * @param score how bad, 0..100
 * @param summary one sentence: number, unit and place, no blame, no final stop
 * @param where where in the run
 * @param evidence what it rests on
 */
public record Finding(RuleInfo rule, int score, String summary, Where where, Evidence evidence) {
    public Finding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(evidence, "evidence");
        if (score < 0 || score > 100) {
            throw new IllegalArgumentException("a score is 0..100, found " + score);
        }
    }

    public Severity severity() {
        return Severity.ofScore(score);
    }
}
