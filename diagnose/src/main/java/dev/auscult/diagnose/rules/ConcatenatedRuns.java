package dev.auscult.diagnose.rules;

import java.util.List;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Verdict;
import dev.auscult.run.RunEvent;

/** Says that a log holds several runs, one after the other. */
public final class ConcatenatedRuns implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOG103", "concatenated-runs");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(LogRemark.METRICS);
    }

    @Override
    public Verdict examine(Examination e) {
        return LogRemark.onEvent(
                INFO,
                LogRemark.LOW,
                "the log holds several runs; this is one of them",
                e,
                RunEvent.Kind.ONE_OF_SEVERAL_RUNS);
    }
}
