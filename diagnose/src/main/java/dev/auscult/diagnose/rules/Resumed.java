package dev.auscult.diagnose.rules;

import java.util.List;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Verdict;
import dev.auscult.run.RunEvent;

/** Says that a run was stopped and went on. */
public final class Resumed implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOG105", "resumed");

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
        Verdict restart = LogRemark.onEvent(
                INFO,
                LogRemark.LOW,
                "the run was started again and wrote some steps twice; the later ones were kept",
                e,
                RunEvent.Kind.RESTART);
        return restart instanceof Verdict.Found
                ? restart
                : LogRemark.onEvent(
                        INFO, LogRemark.REMARK, "the run goes on from an earlier one", e, RunEvent.Kind.RESUMED);
    }
}
