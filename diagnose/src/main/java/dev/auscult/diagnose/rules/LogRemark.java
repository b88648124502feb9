package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Run;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Series;

/** Remarks about the log itself: they concern the run as a whole and are never loud. */
final class LogRemark {
    /** Anything at all. */
    static final Need METRICS = new Need(
            "nothing was logged: the run has no metrics",
            "log the training loss every epoch or every few steps",
            e -> !e.run().metrics().isEmpty());

    /** Worth knowing, since it limits what can be judged: low. */
    static final int LOW = 20;

    /** A remark. */
    static final int REMARK = 10;

    private LogRemark() {}

    static Verdict of(RuleInfo rule, int score, String summary, Run run, Evidence evidence) {
        return Verdict.found(new Finding(rule, score, summary, wholeRun(run), evidence));
    }

    /** A remark on the events of a kind, or clear if there is none; the summary ends with what the first one says. */
    static Verdict onEvent(RuleInfo rule, int score, String summary, Examination e, RunEvent.Kind kind) {
        Optional<RunEvent> first =
                e.run().events().stream().filter(v -> v.kind() == kind).findFirst();
        if (first.isEmpty()) {
            return Verdict.CLEAR;
        }
        long count = e.run().events().stream().filter(v -> v.kind() == kind).count();
        String place = first.get().step() >= 0 ? " at step " + first.get().step() : "";
        String detail = first.get().detail().isBlank() ? "" : ": " + first.get().detail();
        return of(rule, score, summary + place + detail, e.run(), Evidence.of("events", (double) count, "events"));
    }

    private static Where wholeRun(Run run) {
        long first = run.metrics().stream().mapToLong(Series::firstStep).min().orElse(0);
        return Where.series(List.of(), first, run.lastStep());
    }
}
