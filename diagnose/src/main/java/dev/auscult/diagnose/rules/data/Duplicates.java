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

/** Flags rows, pictures or sounds that are copies of others, beyond what a table of few values has by nature. */
public final class Duplicates implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT109", "duplicates");
    private static final Threshold SHARE =
            new Threshold("share", 0.001, "share", "of copies beyond the natural ones, above which they are named");
    private static final Threshold NATURAL = new Threshold(
            "natural", 0.33, "share", "of the copies that nature explains, above which they are a remark at most");
    private static final Threshold FEW_VALUES = new Threshold(
            "few-values",
            0.2,
            "share",
            "of equal rows, from which natural ones are not worth a remark: the table has few values");

    /** A remark at one in a thousand, low at a hundredth, medium from a twentieth on. */
    private static final SeverityCurve BY_SHARE = SeverityCurve.linear(0.015, 0.15);

    private static final int REMARK = 10;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.orOthersAreIn(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Kind.DUPLICATES));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE, NATURAL, FEW_VALUES, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination e) {
        return Tables.bySplit(
                Looks.of(e, Kind.DUPLICATES),
                o -> o.get("duplicates") > 0
                        && o.get("share") > e.threshold(this, SHARE)
                        && (areCopies(e, o) || o.get("share") < e.threshold(this, FEW_VALUES)),
                Duplicates::excess,
                wrong -> finding(wrong.get(0), areCopies(e, wrong.get(0)), Tables.areIn(e.run()) ? "row" : "example"));
    }

    private boolean areCopies(Examination e, Observation o) {
        boolean all = excess(o) > e.threshold(this, SHARE)
                && o.get("natural-share") <= e.threshold(this, NATURAL) * o.get("share")
                && Looks.isCertain(e, this, o);
        return all || areRareCopies(e, o);
    }

    /** Whether rows of rare cells are equal more often than nature makes them. */
    private boolean areRareCopies(Examination e, Observation o) {
        return rareExcess(o) > e.threshold(this, SHARE)
                && o.get("rare-natural") <= e.threshold(this, NATURAL) * o.get("rare-duplicates")
                && o.get("rare-p-value") * Math.max(1, o.get("tests")) < e.threshold(this, Looks.ALPHA);
    }

    /** Share of the rows that are copies beyond the natural ones. */
    private static double excess(Observation o) {
        return Math.max(o.get("share") - o.get("natural-share"), rareExcess(o));
    }

    /** The same as the rows of rare cells tell it; 0 where they do not. */
    private static double rareExcess(Observation o) {
        double rare = o.get("rare-duplicates") - o.get("rare-natural");
        return rare > 0 ? Math.min(o.get("share"), rare / o.get("rare-rows")) : 0;
    }

    private static Finding finding(Observation worst, boolean copies, String unit) {
        double natural = (worst.get("share") - excess(worst)) * worst.get("rows");
        boolean sampled = worst.get("sampled") < 1;
        return new Finding(
                INFO,
                copies ? BY_SHARE.score(excess(worst)) : REMARK,
                Numbers.count(Math.round(worst.get("duplicates")), unit) + " of the "
                        + worst.split().label() + " data equal an earlier one ("
                        + Numbers.percent(worst.get("share"))
                        + (sampled ? " of the " + unit + "s looked at, more of all" : "")
                        + ")"
                        + (copies
                                ? natural >= 1 ? ", of which chance explains about " + Math.round(natural) : ""
                                : "; rows that nearly agree are common here, so it may be chance"),
                Where.data(List.of(), Looks.examples(List.of(worst))),
                Evidence.of(
                        "share of copies",
                        worst.get("share"),
                        "share",
                        "copies / rows",
                        Evidence.of("expected of so few values", worst.get("natural-share"), "share"),
                        Evidence.of("most rows that are equal", worst.get("largest"), "rows"),
                        Evidence.of("p-value", worst.get("p-value"), "")),
                List.of(Remedy.advice(
                        "leave one of each before the data are split, or split by a group that keeps them together;"
                                + " `auscult data --fix` writes such a copy")));
    }
}
