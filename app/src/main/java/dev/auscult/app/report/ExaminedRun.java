package dev.auscult.app.report;

import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.repair.experiment.ExperimentResult;
import dev.auscult.run.ReadProblem;

/**
 * What reports need of a run and its diagnosis, without its points: thousands of these fit in memory.
 *
 * @param path the run, relative to where Auscult was started, with {@code /}
 * @param part 1 for the first run of a file
 * @param files files it was read from, as paths like {@code path}
 * @param format log format; empty if refused
 * @param status sick, healthy or unable
 * @param steps the last step
 * @param points number of points of all metrics
 * @param findings what was found, grouped, the worst group first
 * @param unable the rules that could not tell
 * @param problems what could not be read
 * @param refusal why nothing could be read; empty if something was
 * @param sketch its curves
 * @param differential its possible causes, after the experiments; empty where no training was recorded
 * @param experiments what was tried to tell them apart, in order
 */
public record ExaminedRun(
        String path,
        int part,
        List<String> files,
        String format,
        Diagnosis.Status status,
        long steps,
        long points,
        List<Reported> findings,
        List<Diagnosis.CannotTell> unable,
        List<ReadProblem> problems,
        String refusal,
        Sketch sketch,
        Optional<Differential> differential,
        List<ExperimentResult> experiments) {
    public ExaminedRun {
        files = List.copyOf(files);
        findings = List.copyOf(findings);
        unable = List.copyOf(unable);
        problems = List.copyOf(problems);
        experiments = List.copyOf(experiments);
    }

    /**
     * A finding in a report.
     *
     * @param finding what was found
     * @param group number of its group, from 1
     * @param accepted whether the baseline holds it already
     */
    public record Reported(Finding finding, int group, boolean accepted) {}

    public boolean isRefused() {
        return !refusal.isEmpty();
    }

    /** The path, with {@code #2} for the second run of a file. */
    public String name() {
        return part > 1 ? path + "#" + part : path;
    }

    /** Findings that the baseline does not hold. */
    public List<Reported> fresh() {
        return findings.stream().filter(f -> !f.accepted()).toList();
    }

    /** Whether a finding that the baseline does not hold is at least medium. */
    public boolean isFreshlySick() {
        return fresh().stream().anyMatch(f -> f.finding().severity().isAtLeast(Severity.MEDIUM));
    }
}
