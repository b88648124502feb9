package dev.auscult.diagnose;

import java.util.List;

import dev.auscult.run.Run;

/**
 * What the doctor says of one run.
 *
 * @param run the run
 * @param groups what was found, each group one illness seen by one or more rules, the worst first
 * @param unable the rules that could not tell
 * @param judged how many rules could tell
 * @param faults the rules that failed by a fault of Auscult, which are among {@code unable} as well
 */
public record Diagnosis(Run run, List<Group> groups, List<CannotTell> unable, int judged, List<Fault> faults) {
    public Diagnosis {
        groups = List.copyOf(groups);
        unable = List.copyOf(unable);
        faults = List.copyOf(faults);
    }

    /** A diagnosis in which no rule failed. */
    public Diagnosis(Run run, List<Group> groups, List<CannotTell> unable, int judged) {
        this(run, groups, unable, judged, List.of());
    }

    /** Findings that belong together in time and series, the worst first. */
    public record Group(List<Finding> findings) {
        public Group {
            findings = List.copyOf(findings);
        }

        public Finding worst() {
            return findings.get(0);
        }
    }

    /** A rule that could not tell, with its reason. */
    public record CannotTell(RuleInfo rule, Verdict.Unable verdict) {}

    /** A rule that failed by a fault of Auscult, not of the run. */
    public record Fault(RuleInfo rule, RuntimeException cause) {}

    /** Whether a run is sick, healthy, or could not be judged. */
    public enum Status {
        SICK,
        HEALTHY,
        UNABLE
    }

    /** Every finding, the worst first. */
    public List<Finding> findings() {
        return groups.stream()
                .flatMap(g -> g.findings().stream())
                .sorted((a, b) -> Integer.compare(b.score(), a.score()))
                .toList();
    }

    public Status status() {
        if (findings().stream().anyMatch(f -> f.severity().isAtLeast(Severity.MEDIUM))) {
            return Status.SICK;
        }
        return judged == 0 ? Status.UNABLE : Status.HEALTHY;
    }
}
