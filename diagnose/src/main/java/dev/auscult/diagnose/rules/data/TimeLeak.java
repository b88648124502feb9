package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
import dev.auscult.run.ColumnProfile.Role;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/** Flags held-out rows that are earlier than training rows: the model is judged on what it could look back on. */
public final class TimeLeak implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT203", "time-leak");
    private static final Threshold SHARE = new Threshold(
            "share",
            0.01,
            "share",
            "of the held-out rows that are earlier than the latest training row, below it a remark");
    private static final Threshold MIXED = new Threshold(
            "mixed",
            0.1,
            "probability",
            "around one half, of a held-out row to be later, within which the split is random");
    private static final Threshold DRIFT = new Threshold(
            "drift",
            0.01,
            "share",
            "of the variance that time explains of the target, from which a random split helps");

    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(0.02, 0.3);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Compared.hasTwoParts(run)
                && (Tables.haveColumn(
                                run, c -> c.role() == Role.TIME || c.type().equals("date"))
                        || Looks.have(run, Observation.Kind.TIME_ORDER));
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(
                Observation.Kind.TIME_ORDER,
                "the column of time was not compared: one part lacks it, or it holds no dates"));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE, MIXED, DRIFT, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Observation> all = Looks.of(examination, Observation.Kind.TIME_ORDER);
        List<Finding> findings = new ArrayList<>();
        for (Split split : all.stream().map(Observation::split).distinct().toList()) {
            Optional<Observation> worst = all.stream()
                    .filter(o -> Compared.isOf(o, split) && score(examination, o) > 0)
                    .max(Comparator.comparingInt(o -> score(examination, o)));
            worst.ifPresent(o -> findings.add(finding(o, score(examination, o))));
        }
        return Verdict.of(findings);
    }

    private int score(Examination examination, Observation seen) {
        double share = seen.get("share");
        if (!(share > 0)) {
            return 0;
        }
        int score = CURVE.score(share);
        if (seen.get("declared") == 1) {
            return share < examination.threshold(this, SHARE) ? Math.min(score, Compared.REMARK) : score;
        }
        boolean mixed = Math.abs(seen.get("later") - 0.5) <= examination.threshold(this, MIXED);
        if (!mixed) {
            return 0;
        }
        boolean drifts = seen.number("p-value").isPresent()
                && Looks.isCertain(examination, this, seen)
                && seen.get("target-drift") >= examination.threshold(this, DRIFT);
        return Math.min(score, drifts ? Compared.LOW : Compared.REMARK);
    }

    private static Finding finding(Observation seen, int score) {
        String column = String.join(", ", seen.columns());
        String part = Compared.part(seen);
        boolean declared = seen.get("declared") == 1;
        String summary = declared
                ? Numbers.percent(seen.get("share")) + " of the " + part
                        + " rows are earlier than the latest training row by " + column
                : "the " + part + " rows are spread over the same time as the training rows by " + column + " ("
                        + Numbers.percent(seen.get("share")) + " are earlier than the latest of these): a random split";
        return new Finding(
                INFO,
                score,
                summary,
                Where.data(seen.columns(), Looks.examples(List.of(seen))),
                Evidence.of(
                        "share of " + part + " rows before the latest training row",
                        seen.get("share"),
                        "share",
                        "early / rows",
                        Evidence.of("rows before the latest training row", seen.get("early"), "rows"),
                        Evidence.of(
                                "chance that a " + part + " row is later than a training row", seen.get("later"), ""),
                        Evidence.of("variance of the target that time explains", seen.get("target-drift"), "share"),
                        Evidence.of("chance of as much without any drift", seen.get("p-value"), "probability")),
                List.of(Remedy.edit(
                        "hold out the latest rows by " + column + " if the model is to predict what comes",
                        Remedy.Safety.LIKELY,
                        "data.validation.time",
                        Looks.scalar(column))));
    }
}
