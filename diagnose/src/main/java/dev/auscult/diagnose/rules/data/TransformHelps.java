package dev.auscult.diagnose.rules.data;

import java.util.List;
import java.util.stream.Collectors;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/** Remarks on skewed columns whose logarithm or rank raises the cross-validated score of a linear model. */
public final class TransformHelps implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT302", "transform-helps");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Hints.appliesTo(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Hints.TRIED);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(Looks.ALPHA, Hints.GAIN);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Observation> gains = Hints.gains(examination, this, "transform");
        if (gains.isEmpty()) {
            return Verdict.CLEAR;
        }
        Observation best = gains.get(0);
        List<String> columns = gains.stream().map(o -> o.columns().get(0)).toList();
        return Verdict.found(new Finding(
                INFO,
                Hints.score(best.get("gain")),
                "the " + scale(best) + " of " + columns.get(0) + " takes " + Numbers.percent(best.get("gain"))
                        + " of the loss of guessing off a linear model"
                        + (columns.size() == 1
                                ? ""
                                : "; other scales help " + Looks.names(columns.subList(1, columns.size())) + " too"),
                Where.data(columns, List.of()),
                Evidence.of(
                        "gain of a linear model, out of sample",
                        best.get("gain"),
                        "share of the loss of guessing",
                        "before - after, mean over the folds",
                        Evidence.of("loss before", best.get("before"), "share"),
                        Evidence.of("loss after", best.get("after"), "share"),
                        Evidence.of("chance of that without a gain", best.get("p-value"), ""),
                        Evidence.of("changes tried", best.get("tests"), "")),
                List.of(Remedy.advice("give the network "
                        + gains.stream()
                                .map(o -> scale(o) + " of " + o.columns().get(0))
                                .collect(Collectors.joining(", "))
                        + " in the place of the column; the rank by the training part's quantiles"))));
    }

    private static String scale(Observation observation) {
        return observation.note("change").equals("rank") ? "rank" : "logarithm (log1p)";
    }
}
