package dev.auscult.diagnose.rules.data;

import java.util.List;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
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

/** Flags columns of which one value has nearly all rows, and the others say nothing of the target. */
public final class NearConstant implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT103", "near-constant");
    private static final Threshold SHARE =
            new Threshold("share", 0.99, "share", "of the rows with one value, from which the others are too few");
    private static final Threshold ROWS =
            new Threshold("rows", 200, "rows", "with fewer of them a share so large is not certain");
    private static final Threshold INFORMATIVE = new Threshold(
            "informative",
            0.01,
            "probability",
            "of so clear a connection with the target by chance, below which the column is kept");

    /** A remark at 99 %, low from 99.3 % on, never medium: it costs next to nothing. */
    private static final SeverityCurve BY_SHARE = SeverityCurve.linear(0.997, 1.009);

    /** A sample of a few rows may show five times as many others as there are. */
    private static final double DOUBT = 5;

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
        return List.of(Looks.observed(Kind.NEAR_CONSTANT));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE, ROWS, INFORMATIVE);
    }

    @Override
    public Verdict examine(Examination e) {
        List<Observation> all = Looks.of(e, Kind.NEAR_CONSTANT);
        double needed = e.threshold(this, ROWS);
        double doubt = 1 - DOUBT * (1 - e.threshold(this, SHARE));
        List<Observation> doubtful = all.stream()
                .filter(o -> o.get("rows") < needed && o.get("rest") > 0 && o.get("share") >= doubt)
                .toList();
        if (!doubtful.isEmpty()) {
            return Verdict.unable(
                    Tables.rows(doubtful.get(0).get("rows")) + " found, at least " + Math.round(needed)
                            + " needed to say how constant "
                            + Looks.names(Tables.columns(doubtful)) + " is",
                    "collect more rows");
        }
        return Tables.bySplit(
                all,
                o -> o.get("share") >= e.threshold(this, SHARE)
                        && o.get("rest") > 0
                        && o.get("rows") >= needed
                        && !(o.get("target-p-value") < e.threshold(this, INFORMATIVE)),
                o -> o.get("share"),
                NearConstant::finding);
    }

    private static Finding finding(List<Observation> wrong) {
        Observation worst = wrong.get(0);
        List<String> names = Tables.columns(wrong);
        return new Finding(
                INFO,
                BY_SHARE.score(worst.get("share")),
                Looks.columns(names.subList(0, 1)) + " is " + worst.note("value") + " in all but "
                        + Tables.rows(worst.get("rest")) + " of "
                        + Math.round(worst.get("rows"))
                        + (names.size() > 1
                                ? ", and " + Looks.names(names.subList(1, names.size())) + " nearly as constant"
                                : ""),
                Where.data(names, Looks.examples(wrong)),
                Evidence.of(
                        "share of the most frequent value",
                        worst.get("share"),
                        "share",
                        "1 - rest / rows",
                        Evidence.of("rows with another value", worst.get("rest"), "rows"),
                        Evidence.of("p-value of a connection with the target", worst.get("target-p-value"), "")),
                List.of(Remedy.edit(
                        "leave out " + Looks.names(names) + ", if rare values need not be told apart",
                        Remedy.Safety.TRY,
                        "data.drop",
                        Looks.added(names))));
    }
}
