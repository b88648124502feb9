package dev.auscult.diagnose.rules;

import java.util.List;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Split;

/** Says that a run cannot be judged on data it has not seen. */
public final class NoValidation implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOG101", "no-validation");
    private static final Threshold EVALUATIONS =
            new Threshold("evaluations", 2, "points", "a held-out metric with fewer points than this is no curve");

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
        return List.of(EVALUATIONS);
    }

    @Override
    public Verdict examine(Examination e) {
        int needed = (int) e.threshold(this, EVALUATIONS);
        Run run = e.run();
        int most = run.metrics().stream()
                .filter(NoValidation::isHeldOut)
                .mapToInt(Series::size)
                .max()
                .orElse(0);
        boolean rewarded = run.metrics().stream().anyMatch(s -> s.key().quantity() == Quantity.REWARD);
        if (most >= needed || rewarded) {
            return Verdict.CLEAR;
        }
        return LogRemark.of(
                INFO,
                LogRemark.LOW,
                most == 0
                        ? "no metric on held-out data was logged, so nothing can be said about generalisation"
                        : "held-out data was evaluated only once, so nothing can be said about generalisation over time",
                run,
                Evidence.of("evaluations on held-out data", most, "points"));
    }

    /** Average precision is measured on held-out data, whether or not its name says so. */
    private static boolean isHeldOut(Series series) {
        return series.key().split().isHeldOut()
                || (series.key().split() == Split.NONE && series.key().quantity() == Quantity.MAP);
    }
}
