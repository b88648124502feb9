package dev.auscult.diagnose.rules;

import java.util.List;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Verdict;
import dev.auscult.run.RunEvent;

/** Says that steps occur twice, as when two processes write one log. */
public final class DuplicateSteps implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOG106", "duplicate-steps");

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
                "steps occur more than once with different values",
                e,
                RunEvent.Kind.DUPLICATE_STEPS);
    }
}
