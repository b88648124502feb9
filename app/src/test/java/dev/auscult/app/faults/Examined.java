package dev.auscult.app.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Family;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.Severity;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Run;

/**
 * What the rules on data say of a copy.
 *
 * @param findings what they found
 * @param judged names of the rules that could tell
 */
record Examined(List<Finding> findings, Set<String> judged) {
    private static final List<Rule> RULES = RuleBook.rules().stream()
            .filter(r -> r.info().family() == Family.DAT)
            .toList();

    static Examined of(DataProfile profile) {
        Run run = Run.builder("data").data(profile).build();
        List<Finding> findings = new ArrayList<>();
        Set<String> judged = new TreeSet<>();
        for (Rule rule : RULES) {
            Diagnosis said = new Doctor(List.of(rule), Map.of()).examine(run);
            if (!said.faults().isEmpty()) {
                throw new IllegalStateException(
                        "rule " + rule.info().name() + " failed",
                        said.faults().get(0).cause());
            }
            findings.addAll(said.findings());
            if (said.judged() > 0) {
                judged.add(rule.info().name());
            }
        }
        return new Examined(findings, judged);
    }

    /**
     * Whether a rule says more of this copy than of another one: a finding of low or worse that names a place, where the
     * other has none of that rule that names it, or one that is less severe.
     */
    boolean saysMoreThan(Examined other, Set<String> rules, Set<String> places) {
        return findings.stream()
                .filter(f -> rules.contains(f.rule().name()) && f.severity().isAtLeast(Severity.LOW))
                .filter(f -> names(f, places))
                .anyMatch(f -> other.findings.stream()
                        .filter(o -> o.rule().equals(f.rule()) && names(o, places))
                        .noneMatch(o -> o.severity().isAtLeast(f.severity())));
    }

    private static boolean names(Finding finding, Set<String> places) {
        return places.isEmpty()
                || finding.where().columns().stream().anyMatch(places::contains)
                || finding.where().examples().stream()
                        .anyMatch(e -> places.stream().anyMatch(e::endsWith));
    }
}
