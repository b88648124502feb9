package dev.auscult.diagnose.rules.data;

import java.util.Comparator;
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

/** Remarks on columns that boosted trees do as well without. */
public final class UninformativeColumn implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT303", "uninformative-column");
    private static final Threshold EXPLAINED = new Threshold(
            "explained",
            0.1,
            "share",
            "of the loss of guessing that the trees must take off; where they learn nothing, no column is told from another");
    /** A remark, the middle of info: a useless column costs a little time and a little noise. */
    private static final int SCORE = 8;

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
        return List.of(Looks.ALPHA, EXPLAINED);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Observation> looks = Looks.of(examination, Observation.Kind.FEATURE_HINT).stream()
                .filter(o ->
                        o.note("hint").equals("uninformative") && !o.columns().isEmpty())
                .toList();
        if (looks.isEmpty()) {
            return Verdict.unable("no column was left out to see what it is worth", Looks.CHECKUP);
        }
        double explained = looks.get(0).get("explained");
        String aside = looks.get(0).note("aside");
        if (!(explained >= examination.threshold(this, EXPLAINED))) {
            return Verdict.unable(
                    (aside.isEmpty()
                                    ? "trees on all columns take only "
                                    : "trees on all columns but " + aside + " take only ")
                            + Numbers.percent(Math.max(0, explained))
                            + " off the loss of guessing: no column can be told from another",
                    "more rows or better inputs");
        }
        List<Observation> useless = looks.stream()
                .filter(o -> Looks.isCertain(examination, this, o))
                .sorted(Comparator.comparingDouble(o -> o.get("importance")))
                .toList();
        if (useless.isEmpty()) {
            return Verdict.CLEAR;
        }
        List<String> columns = useless.stream().map(o -> o.columns().get(0)).toList();
        Observation worst = useless.get(0);
        return Verdict.found(new Finding(
                INFO,
                SCORE,
                "boosted trees do as well without " + Looks.names(columns)
                        + ": less than 1 % of the loss of guessing is lost with "
                        + (columns.size() == 1 ? "it" : "them")
                        + (aside.isEmpty() ? "" : "; set aside is " + aside + ", beside which nothing else counts"),
                Where.data(columns, List.of()),
                Evidence.of(
                        "lost without " + (columns.size() == 1 ? "it" : "all of them"),
                        worst.get("lost"),
                        "share of the loss of guessing",
                        "loss without - loss with, mean over the folds",
                        Evidence.of(
                                "importance of " + columns.get(0) + " by permutation",
                                worst.get("importance"),
                                "share"),
                        Evidence.of("chance of that where 1 % is lost", worst.get("p-value"), ""),
                        Evidence.of("taken off the loss of guessing by all columns", explained, "share")),
                List.of(Remedy.edit(
                        "leave the columns out and compare",
                        Remedy.Safety.TRY,
                        "data.drop",
                        "+[" + String.join(", ", columns) + "]"))));
    }
}
