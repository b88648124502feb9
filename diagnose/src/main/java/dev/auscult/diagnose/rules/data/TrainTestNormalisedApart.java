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
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Run;

/** Flags parts that were scaled each by its own mean and deviation, or its own smallest and largest value. */
public final class TrainTestNormalisedApart implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT208", "train-test-normalised-apart");
    private static final Threshold COLUMNS = new Threshold(
            "columns", 2, "columns", "that must show it; one may be so by nature, unless it is the only one");

    /** By the share of the columns; it hurts as much as the parts differ, which their values no longer tell. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0, 1);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Compared.hasTwoParts(run) && Looks.isOf(run, "table");
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Kind.SCALED_APART, "no column of numbers of at least 20 rows is in both parts"));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(COLUMNS, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Finding> findings = new ArrayList<>();
        for (Observation seen : Looks.of(examination, Kind.SCALED_APART)) {
            double apart = seen.get("apart");
            double wanted = Math.min(examination.threshold(this, COLUMNS), seen.get("looked"));
            if (apart > 0 && apart >= wanted && Looks.isCertain(examination, this, seen)) {
                findings.add(finding(seen));
            }
        }
        return Verdict.of(findings);
    }

    private static Finding finding(Observation seen) {
        String part = Compared.part(seen);
        boolean standard = seen.note("scaling").equals("standard");
        double share = seen.get("apart") / seen.get("looked");
        return new Finding(
                INFO,
                Math.max(Severity.MEDIUM.lowestScore(), CURVE.score(share)),
                "training and " + part + " data were scaled apart: "
                        + (standard
                                ? "in each, mean 0 and standard deviation 1 hold exactly for "
                                : "in each, values run from exactly 0 to exactly 1 for ")
                        + Numbers.count(Math.round(seen.get("apart")), "column") + " (" + Looks.names(seen.columns())
                        + ")",
                Where.data(seen.columns(), List.of()),
                Evidence.of(
                        "columns scaled apart",
                        seen.get("apart"),
                        "columns",
                        standard
                                ? "under one scaler the mean of a part of n rows is off by 1 / sqrt(n)"
                                : "under one scaler the extremes lie in one part",
                        Evidence.of("columns of numbers", seen.get("looked"), "columns"),
                        Evidence.of("chance under one scaler", seen.get("p-value"), "probability"),
                        Evidence.of(part + " rows", seen.get("rows"), "rows")),
                List.of(
                        Remedy.edit(
                                "give the raw values, to be scaled by the training data alone",
                                Remedy.Safety.LIKELY,
                                "data.normalize",
                                standard ? "standard" : "min-max"),
                        Remedy.advice(
                                "with scikit-learn: fit_transform on training data, transform alone on the rest")));
    }
}
