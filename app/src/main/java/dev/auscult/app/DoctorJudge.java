package dev.auscult.app;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.auscult.app.live.FindingLine;
import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Doctor;
import dev.auscult.diagnose.Family;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.Severity;
import dev.auscult.run.Run;
import dev.auscult.run.RunEvent;
import dev.auscult.train.loop.Advice;
import dev.auscult.train.loop.Judge;
import dev.auscult.train.spec.PolicySettings;

/**
 * The doctor at the side of a training: tells each finding of medium or above once, and advises what the policy says.
 *
 * <p>A remedy is given once for a rule, even if the training is resumed in between: the recording remembers.
 */
final class DoctorJudge implements Judge {
    private final Doctor doctor;
    private final PolicySettings policy;
    private final Set<String> told = new LinkedHashSet<>();

    DoctorJudge(List<Rule> rules, PolicySettings policy) {
        this.doctor = new Doctor(rules, Map.of());
        this.policy = policy;
    }

    @Override
    public String memory() {
        return String.join(
                " ",
                told.stream()
                        .filter(code -> !code.startsWith(Family.RES.name()))
                        .toList());
    }

    @Override
    public void remember(String memory) {
        if (!memory.isEmpty()) {
            told.addAll(List.of(memory.split(" ", -1)));
        }
    }

    @Override
    public Judgement judge(Run run) {
        Diagnosis diagnosis = doctor.examine(run);
        StringBuilder news = new StringBuilder();
        Advice advice = Advice.GO_ON;
        String reason = "";
        for (Finding finding : diagnosis.findings()) {
            if (finding.severity().isAtLeast(Severity.MEDIUM)
                    && told.add(finding.rule().code())) {
                news.append(news.isEmpty() ? "" : "\n").append(FindingLine.of(finding));
            }
            boolean treatable = !ofTheMachine(finding) && !ofTheData(finding) && !treated(run, finding);
            Advice due = treatable ? due(finding.severity()) : Advice.GO_ON;
            if (due.compareTo(advice) > 0) {
                advice = due;
                reason = FindingLine.of(finding);
            }
        }
        return new Judgement(advice, advice == Advice.GO_ON ? news.toString() : reason);
    }

    private Advice due(Severity severity) {
        return switch (severity) {
            case CRITICAL -> advice(policy.critical());
            case HIGH -> advice(policy.high());
            default -> Advice.GO_ON;
        };
    }

    private static Advice advice(String policy) {
        return switch (policy) {
            case "stop" -> Advice.STOP;
            case "lower-learning-rate" -> Advice.LOWER_LEARNING_RATE;
            case "roll-back" -> Advice.ROLL_BACK;
            default -> Advice.GO_ON;
        };
    }

    /** How fast the machine was must not decide how the training goes on: the same seed would give other weights. */
    private static boolean ofTheMachine(Finding finding) {
        return finding.rule().code().startsWith(Family.RES.name());
    }

    /** What is wrong with the data was so before the training, and no change of its course heals it. */
    private static boolean ofTheData(Finding finding) {
        return finding.rule().family() == Family.DAT;
    }

    private static boolean treated(Run run, Finding finding) {
        return run.events().stream()
                .anyMatch(e -> e.kind() == RunEvent.Kind.LEARNING_RATE_CHANGE
                        && e.detail().contains(finding.rule().code()));
    }
}
