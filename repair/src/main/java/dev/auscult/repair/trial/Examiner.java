package dev.auscult.repair.trial;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleBook;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.cause.CauseModel;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.run.Run;

/**
 * Judges recordings of trials: what the rules find, and what is behind it.
 *
 * @param rules that judge
 * @param causes from what they find to what is behind it
 */
public record Examiner(List<Rule> rules, BiFunction<Examination, Diagnosis, Differential> causes) {
    public Examiner {
        rules = List.copyOf(rules);
    }

    /** The rules that are proven, and the causes that Auscult knows. */
    public static Examiner shipped() {
        List<Rule> stable = RuleBook.rules().stream()
                .filter(rule -> rule.info().stage() == RuleInfo.Stage.STABLE)
                .toList();
        // A rule in preview raises no alarm, but what it sees tells causes apart: the network was learned with all of
        // them.
        Doctor all = new Doctor(RuleBook.rules(), Map.of());
        return new Examiner(
                stable,
                (examination, diagnosis) -> CauseModel.shipped().judge(examination, all.examine(examination.run())));
    }

    /** What the rules say of a run. */
    public Diagnosis diagnose(Run run) {
        return new Doctor(rules, Map.of()).examine(run);
    }

    /** What is behind what they say. */
    public Differential judge(Run run, Diagnosis diagnosis) {
        return causes.apply(new Examination(run, Map.of()), diagnosis);
    }
}
