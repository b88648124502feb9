package dev.auscult.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.auscult.run.Run;
import org.jspecify.annotations.Nullable;

/** Applies rules to a run and groups what they find. */
public final class Doctor {
    private static final String TOO_SHORT = "too-short";

    private final List<Rule> rules;
    private final Map<String, Double> thresholds;

    /**
     * A doctor who knows these rules.
     *
     * @param rules the rules to apply
     * @param thresholds overridden thresholds by {@code rule-name.key}
     */
    public Doctor(List<Rule> rules, Map<String, Double> thresholds) {
        this.rules = List.copyOf(rules);
        this.thresholds = Map.copyOf(thresholds);
    }

    /** What ails a run. */
    public Diagnosis examine(Run run) {
        Examination examination = new Examination(run, thresholds);
        List<Finding> findings = new ArrayList<>();
        List<Diagnosis.CannotTell> unable = new ArrayList<>();
        List<Diagnosis.Fault> faults = new ArrayList<>();
        int judged = 0;
        for (Rule rule : rules) {
            Verdict verdict = guarded(rule, examination, faults);
            if (verdict == null) {
                continue;
            }
            if (verdict instanceof Verdict.Unable reason) {
                unable.add(new Diagnosis.CannotTell(rule.info(), reason));
                continue;
            }
            // What is missing in the log, and that it is short, can always be told; it says nothing about the training.
            if (rule.info().family() != Family.LOG && !rule.info().name().equals(TOO_SHORT)) {
                judged++;
            }
            if (verdict instanceof Verdict.Found found) {
                findings.addAll(found.findings());
            }
        }
        return new Diagnosis(run, Grouping.group(run, findings), unable, judged, faults);
    }

    /**
     * The one place where a fault of Auscult is caught: a rule that fails must not take with it what the others say. It
     * counts as "cannot tell", and the fault is kept for the caller, who must not pass over it. Null if the rule does not
     * apply.
     */
    private static @Nullable Verdict guarded(Rule rule, Examination examination, List<Diagnosis.Fault> faults) {
        try {
            return verdict(rule, examination);
        } catch (RuntimeException e) {
            faults.add(new Diagnosis.Fault(rule.info(), e));
            return Verdict.unable(
                    "a fault of Auscult in this rule: " + e.getClass().getSimpleName()
                            + (e.getMessage() == null
                                    ? ""
                                    : ": " + e.getMessage().lines().findFirst().orElse("")),
                    "please report it");
        }
    }

    private static @Nullable Verdict verdict(Rule rule, Examination examination) {
        if (!rule.appliesTo(examination.run())) {
            return null;
        }
        for (Need need : rule.needs()) {
            if (!need.isMet().test(examination)) {
                return Verdict.unable(need.missing(), need.record());
            }
        }
        return rule.examine(examination);
    }
}
