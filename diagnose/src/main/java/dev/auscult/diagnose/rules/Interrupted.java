package dev.auscult.diagnose.rules;

import java.util.List;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.measure.Plan;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Setting;

/** Says that a run ended before it was meant to. */
public final class Interrupted implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOG104", "interrupted");
    private static final Threshold PLANNED =
            new Threshold("planned", 0.98, "share", "a run that did less than this share of its plan ended early");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(LogRemark.METRICS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(PLANNED);
    }

    @Override
    public Verdict examine(Examination e) {
        Verdict event = LogRemark.onEvent(
                INFO, LogRemark.LOW, "the log ends without a proper end of the run", e, RunEvent.Kind.INTERRUPTED);
        if (event instanceof Verdict.Found) {
            return event;
        }
        Plan plan = Plan.of(e.run());
        boolean meant = e.run().has(RunEvent.Kind.EARLY_STOP)
                || e.run().has(RunEvent.Kind.COMPLETED)
                || e.run().settings().isOn(Setting.PATIENCE);
        if (meant || plan.share() >= e.threshold(this, PLANNED)) {
            return Verdict.CLEAR;
        }
        return LogRemark.of(
                INFO,
                LogRemark.LOW,
                "the log ends after " + Numbers.of(plan.done()) + " of " + Numbers.of(plan.planned()) + " planned "
                        + plan.unit(),
                e.run(),
                Evidence.of(
                        "share of the plan done",
                        plan.share(),
                        "share",
                        "done / planned",
                        Evidence.of("done", plan.done(), plan.unit()),
                        Evidence.of("planned", plan.planned(), plan.unit())));
    }
}
