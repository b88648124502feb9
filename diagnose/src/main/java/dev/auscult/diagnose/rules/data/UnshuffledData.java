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
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/** Flags rows whose order has to do with what is to be predicted. */
public final class UnshuffledData implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT119", "unshuffled-data");
    private static final Threshold EFFECT = new Threshold(
            "effect",
            0.2,
            "share",
            "of the way from a random order to a sorted one (for a number to predict: correlation of neighbours), above which it is named");

    /** Where it is not known whether rows are shuffled: most programs do. Low at first, 35 where they are sorted. */
    private static final SeverityCurve BY_EFFECT = SeverityCurve.linear(0.5, 2.3);

    /** Not shuffled: medium at first, high where they are sorted. */
    private static final SeverityCurve BY_EFFECT_OFF = SeverityCurve.linear(-0.1, 1);

    private static final int REMARK = 10;
    private static final double SORTED = 0.999;
    private static final double MOSTLY = 0.8;
    /** Orders weaker than this matter little; to rule out stronger ones is enough. */
    private static final double DETECTABLE = 0.8;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.areIn(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Kind.ROW_ORDER));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(EFFECT, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination e) {
        List<Observation> all = Looks.of(e, Kind.ROW_ORDER).stream()
                .filter(o -> o.split() == Split.TRAIN)
                .toList();
        double least = e.threshold(this, EFFECT);
        List<Observation> wrong = all.stream()
                .filter(o -> o.get("effect") >= least && Looks.isCertain(e, this, o))
                .sorted(Comparator.comparingDouble((Observation o) -> -o.get("effect")))
                .toList();
        if (!wrong.isEmpty()) {
            return Verdict.found(finding(e, wrong.get(0)));
        }
        boolean blind = all.isEmpty() || all.stream().allMatch(o -> !(o.get("detectable") <= DETECTABLE));
        return blind
                ? Verdict.unable(
                        all.isEmpty()
                                ? "the order of the training rows was not looked at"
                                : Tables.rows(all.get(0).get("rows")) + " cannot tell an order from chance",
                        "collect more rows")
                : Verdict.CLEAR;
    }

    private static Finding finding(Examination e, Observation o) {
        String shuffle = Tables.setting(e, "shuffle").orElse("");
        boolean off = shuffle.equals("false");
        double effect = Math.min(1, o.get("effect"));
        boolean classes = o.get("runs") > 0;
        int score = off ? BY_EFFECT_OFF.score(effect) : shuffle.equals("true") ? REMARK : BY_EFFECT.score(effect);
        String name = o.columns().isEmpty() ? "the label" : o.columns().get(0);
        return new Finding(
                INFO,
                score,
                "the rows are "
                        + (effect > SORTED
                                ? "sorted by "
                                : effect > MOSTLY ? "mostly in the order of " : "partly in the order of ")
                        + name + ": "
                        + (classes
                                ? Math.round(o.get("runs")) + " runs of equal " + name + " where a random order has "
                                        + Math.round(o.get("expected-runs"))
                                : "neighbours correlate by " + Numbers.of(o.get("effect")))
                        + (off ? ", and they are not shuffled" : ""),
                Where.data(o.columns(), List.of()),
                Evidence.of(
                        "order",
                        o.get("effect"),
                        "share",
                        classes
                                ? "(expected runs - runs) / (expected runs - classes)"
                                : "correlation of the ranks of neighbours",
                        Evidence.of("p-value", o.get("p-value"), ""),
                        Evidence.of("rows", o.get("rows"), "rows")),
                List.of(
                        Remedy.edit(
                                "shuffle the training rows in every epoch", Remedy.Safety.SAFE, "data.shuffle", "true"),
                        Remedy.advice(
                                "hold out a random part, by class, not the last rows; unless the order is time: then the last")));
    }
}
