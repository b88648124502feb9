package dev.auscult.app.faults;

import java.util.Set;

import dev.auscult.diagnose.Finding;

/**
 * Something that is truly the matter with an original, so that it is no false alarm.
 *
 * @param rule name of the rule that may say so
 * @param columns the columns concerned, all that a finding may name; empty if it is not about columns
 * @param reason why it is true
 */
record KnownProblem(String rule, Set<String> columns, String reason) {
    boolean covers(Finding finding) {
        return finding.rule().name().equals(rule)
                && columns.containsAll(finding.where().columns());
    }
}
