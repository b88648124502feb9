package dev.auscult.diagnose.rules.data;

import java.util.List;

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

/** Remarks on products of two columns that raise the cross-validated score of a linear model. */
public final class InteractionHelps implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT304", "interaction-helps");

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
        List<Observation> gains = Hints.gains(examination, this, "interaction");
        if (gains.isEmpty()) {
            return Verdict.CLEAR;
        }
        Observation best = gains.get(0);
        List<String> columns =
                gains.stream().flatMap(o -> o.columns().stream()).distinct().toList();
        return Verdict.found(new Finding(
                INFO,
                Hints.score(best.get("gain")),
                "the product of " + Looks.names(best.columns()) + " takes " + Numbers.percent(best.get("gain"))
                        + " of the loss of guessing off a linear model"
                        + (gains.size() == 1 ? "" : "; " + Numbers.count(gains.size() - 1L, "other product") + " too"),
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
                List.of(Remedy.advice(
                        "add the product as a column, each factor less its mean; or give the network a hidden layer, which finds"
                                + " products by itself where there are rows enough"))));
    }
}
