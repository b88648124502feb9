package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
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

/** Flags numbers that stand apart from the tail of their column, and rows apart from all others. */
public final class Outliers implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT108", "outliers");
    private static final Threshold FAR = new Threshold(
            "far", 0.001, "share", "of the rows beyond 20 robust deviations, above which the column is named");
    private static final Threshold ROWS = new Threshold("rows", 30, "rows", "with fewer of them a tail is not known");

    /** Medium where the others keep less than half of the deviation of their column once it is scaled. */
    private static final SeverityCurve BY_STRETCH = SeverityCurve.logarithmic(1.4, 6);

    private static final int LOW = 20;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.haveColumns(run, "numeric");
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Kind.OUTLIERS));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(FAR, ROWS, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination e) {
        List<Observation> all = new ArrayList<>(Looks.of(e, Kind.OUTLIERS));
        double needed = e.threshold(this, ROWS);
        if (all.stream().noneMatch(o -> o.get("rows") >= needed)) {
            double most = all.stream().mapToDouble(o -> o.get("rows")).max().orElse(0);
            return Verdict.unable(
                    "columns of numbers with " + Tables.rows(most) + " at most, at least " + Math.round(needed)
                            + " needed",
                    "collect more rows");
        }
        all.addAll(Looks.of(e, Kind.ROW_OUTLIERS));
        return Tables.bySplit(all, o -> isWrong(e, o), Outliers::score, wrong -> finding(wrong));
    }

    private boolean isWrong(Examination e, Observation o) {
        boolean apart = o.get("apart") > 0 && Looks.isCertain(e, this, o);
        return o.get("rows") >= e.threshold(this, ROWS) && (apart || isFar(e, o));
    }

    private boolean isFar(Examination e, Observation o) {
        return o.get("far-share") > e.threshold(this, FAR)
                && o.get("far-p-value") * Math.max(1, o.get("tests")) < e.threshold(this, Looks.ALPHA);
    }

    private static int score(Observation o) {
        return o.kind() == Kind.ROW_OUTLIERS ? LOW : Math.max(LOW, BY_STRETCH.score(o.get("stretch")));
    }

    private static Finding finding(List<Observation> wrong) {
        Observation worst = wrong.get(0);
        List<String> names = Tables.columns(wrong);
        return new Finding(
                INFO,
                score(worst),
                summary(worst, names),
                Where.data(names, Looks.examples(wrong)),
                Evidence.of(
                        "rows apart",
                        worst.get("apart"),
                        "rows",
                        "",
                        Evidence.of("p-value", worst.get("p-value"), ""),
                        Evidence.of("rows beyond 20 robust deviations", worst.get("far"), "rows"),
                        Evidence.of("deviation with them over deviation without them", worst.get("stretch"), "ratio")),
                List.of(Remedy.advice(
                        "look at these rows: correct what is an error of unit or typing; where the values are true,"
                                + " bound them (clip at the 0.1 % and 99.9 % quantile) or take their logarithm")));
    }

    private static String summary(Observation worst, List<String> names) {
        if (worst.kind() == Kind.ROW_OUTLIERS) {
            return Tables.rows(worst.get("apart")) + (worst.get("apart") == 1 ? " stands" : " stand")
                    + " apart from all others, " + Numbers.times(worst.get("ratio"))
                    + " as far from the nearest rows as the next";
        }
        String more = names.size() > 1 ? "; likewise in " + Looks.names(names.subList(1, names.size())) : "";
        if (!(worst.get("apart") > 0)) {
            return Numbers.percent(worst.get("far-share")) + " of the rows of " + names.get(0)
                    + " are more than 20 robust deviations from its median of " + Numbers.of(worst.get("median"))
                    + more;
        }
        String example =
                worst.examples().isEmpty() ? "" : " (" + worst.examples().get(0).value() + ")";
        return Tables.rows(worst.get("apart")) + " of " + names.get(0)
                + (worst.get("apart") == 1 ? " stands" : " stand")
                + " far apart from the rest" + example + ", which lies between " + Numbers.of(worst.get("lowest"))
                + " and "
                + Numbers.of(worst.get("highest")) + more;
    }
}
