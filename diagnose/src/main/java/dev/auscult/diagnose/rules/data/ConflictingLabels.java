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
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Run;

/** Flags rows of the same inputs that have different labels. */
public final class ConflictingLabels implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT110", "conflicting-labels");
    private static final Threshold COST = new Threshold(
            "cost", 0.002, "share", "of the rows that no model can get right, above which they are named");
    private static final Threshold NATURAL = new Threshold(
            "natural",
            0.33,
            "share",
            "of the equal inputs that nature explains, above which only a loss of `lost` is named");
    private static final Threshold LOST = new Threshold(
            "lost",
            0.05,
            "share",
            "of the rows that no model can get right, from which it is a remark even where equal inputs are natural");

    /** Low at first, medium where a fortieth of the rows is lost. */
    private static final SeverityCurve BY_COST = SeverityCurve.linear(0, 0.08);

    private static final int LOW = 20;
    private static final int REMARK = 10;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Kind.CONFLICTING_LABELS));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(COST, NATURAL, LOST, Looks.ALPHA);
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.areIn(run) && Tables.isClassification(run);
    }

    @Override
    public Verdict examine(Examination e) {
        return Tables.bySplit(
                Looks.of(e, Kind.CONFLICTING_LABELS),
                o -> o.get("cost") > e.threshold(this, isNatural(e, o) ? LOST : COST),
                o -> o.get("cost"),
                wrong -> finding(e, wrong));
    }

    private boolean isNatural(Examination e, Observation o) {
        return o.get("natural-part") > e.threshold(this, NATURAL) || !Looks.isCertain(e, this, o);
    }

    private Finding finding(Examination e, List<Observation> wrong) {
        Observation worst = wrong.get(0);
        double cost = worst.get("cost");
        boolean natural = isNatural(e, worst);
        return new Finding(
                INFO,
                natural ? REMARK : Math.max(LOW, BY_COST.score(cost)),
                Tables.rows(worst.get("conflicting"))
                        + " have the same inputs as another but a different label: no model reaches"
                        + " more than " + Numbers.percent(1 - cost) + " accuracy on the "
                        + worst.split().label() + " data"
                        + (natural ? ", as the inputs take few values" : ""),
                Where.data(Tables.columns(wrong), Looks.examples(wrong)),
                Evidence.of(
                        "share that no model can get right",
                        cost,
                        "share",
                        "rows outside the most frequent label of their group / rows",
                        Evidence.of("groups of equal inputs with several labels", worst.get("groups"), "groups"),
                        Evidence.of(
                                "part of the equal inputs that nature explains", worst.get("natural-part"), "share"),
                        Evidence.of("p-value", worst.get("p-value"), "")),
                natural
                        ? List.of(
                                Remedy.advice("collect inputs that tell these rows apart, if more accuracy is needed"))
                        : List.of(
                                Remedy.advice(
                                        "let somebody decide on the label of these rows; leave out those that stay open"),
                                Remedy.advice("look for a column that was left out and tells them apart")));
    }
}
