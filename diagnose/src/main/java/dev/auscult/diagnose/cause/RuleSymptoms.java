package dev.auscult.diagnose.cause;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Family;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.Severity;

/** Findings as symptoms: each rule that could look, at low and at medium. */
final class RuleSymptoms {
    private RuleSymptoms() {}

    static void gather(Diagnosis diagnosis, Symptoms.Gathering to) {
        Set<String> unable = new HashSet<>();
        diagnosis.unable().forEach(u -> unable.add(u.rule().code()));
        Map<String, Integer> worst = new HashMap<>();
        for (Diagnosis.Group group : diagnosis.groups()) {
            for (Finding finding : group.findings()) {
                worst.merge(finding.rule().code(), finding.score(), Math::max);
            }
        }
        for (Rule rule : RuleBook.rules()) {
            String code = rule.info().code();
            if (rule.info().family() == Family.LOG || unable.contains(code) || !rule.appliesTo(diagnosis.run())) {
                continue;
            }
            int score = worst.getOrDefault(code, -1);
            to.put(code, score >= Severity.LOW.lowestScore());
            to.put(code + "!", score >= Severity.MEDIUM.lowestScore());
        }
    }
}
