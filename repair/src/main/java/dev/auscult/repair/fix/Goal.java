package dev.auscult.repair.fix;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.trial.TrialResult;

/**
 * What has to be gone after a treatment: of the findings that its cause explains the greater part by score, since one of
 * them may have another cause as well; where none is explained, the worst; where no rule finds anything, the cause itself.
 */
final class Goal {
    private final Cause cause;
    private final Map<String, Integer> scores;
    private final double probability;
    private final boolean explained;

    private Goal(Cause cause, Map<String, Integer> scores, double probability, boolean explained) {
        this.cause = cause;
        this.scores = scores;
        this.probability = probability;
        this.explained = explained;
    }

    /** The goal of treating one suspect of a run. */
    static Goal of(Suspect suspect, TrialResult before) {
        List<Finding> found = findings(before);
        Map<String, Integer> scores = new TreeMap<>();
        found.stream()
                .filter(f -> suspect.explains().contains(f.rule().code()))
                .forEach(f -> scores.merge(f.rule().code(), f.score(), Math::max));
        boolean explained = !scores.isEmpty();
        if (!explained) {
            found.stream().limit(1).forEach(f -> scores.put(f.rule().code(), f.score()));
        }
        return new Goal(suspect.cause(), scores, suspect.probability(), explained);
    }

    /** Whether the findings that have to be gone are such that the suspect explains. */
    boolean isExplained() {
        return explained;
    }

    /** Findings that count, the worst first. */
    static List<Finding> findings(TrialResult result) {
        return result.diagnosis().findings().stream()
                .filter(f -> f.severity().isAtLeast(Severity.MEDIUM))
                .toList();
    }

    static Set<String> codes(TrialResult result) {
        Set<String> codes = new TreeSet<>();
        findings(result).forEach(f -> codes.add(f.rule().code()));
        return codes;
    }

    /** Codes that any of the results shows. */
    static Set<String> codes(Collection<TrialResult> results) {
        Set<String> codes = new TreeSet<>();
        results.forEach(r -> codes.addAll(codes(r)));
        return codes;
    }

    /** Whether it is reached in one trial. */
    boolean isReached(TrialResult after) {
        if (after.failed() || after.ended().equals("lost")) {
            return false;
        }
        if (scores.isEmpty()) {
            return after.differential().probability(cause) < probability / 2;
        }
        Set<String> left = codes(after);
        int all = scores.values().stream().mapToInt(Integer::intValue).sum();
        int gone = scores.entrySet().stream()
                .filter(e -> !left.contains(e.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        return 2 * gone > all;
    }

    /** What was to be gone, for people. */
    String name() {
        return scores.isEmpty() ? cause.label() : String.join(", ", scores.keySet());
    }

    /** {@code is} or {@code are}. */
    String verb() {
        return scores.size() > 1 ? "are" : "is";
    }
}
