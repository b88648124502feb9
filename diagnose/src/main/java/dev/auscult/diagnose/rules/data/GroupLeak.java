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

/** Flags sources (patients, users, sessions) with examples in training data and in a held-out part. */
public final class GroupLeak implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT202", "group-leak");
    private static final Threshold SHARE = new Threshold(
            "share", 0.01, "share", "of the held-out rows whose group is known from training, below it a remark");
    private static final Threshold SUSPECTED = new Threshold(
            "suspected", 0.2, "share", "of the held-out rows, from which a column that was not declared is spoken of");

    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(0.02, 0.3);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Compared.hasTwoParts(run)
                && (Tables.haveColumn(run, c -> c.role() == Role.GROUP)
                        || Looks.have(run, Observation.Kind.SHARED_GROUPS));
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(
                Observation.Kind.SHARED_GROUPS,
                "the column of groups was not compared: one part lacks it, or it is text"));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE, SUSPECTED);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Observation> all = Looks.of(examination, Observation.Kind.SHARED_GROUPS);
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
        if (seen.get("declared") != 1) {
            return share < examination.threshold(this, SUSPECTED) ? 0 : Math.min(score, Compared.LOW);
        }
        return share < examination.threshold(this, SHARE) ? Math.min(score, Compared.REMARK) : score;
    }

    private static Finding finding(Observation seen, int score) {
        boolean declared = seen.get("declared") == 1;
        String column = String.join(", ", seen.columns());
        String part = Compared.part(seen);
        String summary = Numbers.count(Math.round(seen.get("shared-groups")), "value") + " of " + column
                + (declared ? "" : ", which looks like the source of a row,")
                + " are in the training data and in the " + part + " data, which concerns "
                + Numbers.percent(seen.get("share")) + " of the " + part + " rows";
        return new Finding(
                INFO,
                score,
                summary,
                Where.data(seen.columns(), Looks.examples(List.of(seen))),
                Evidence.of(
                        "share of " + part + " rows whose " + column + " was trained on",
                        seen.get("share"),
                        "share",
                        "shared rows / rows",
                        Evidence.of("shared rows", seen.get("shared-rows"), "rows"),
                        Evidence.of("different values", seen.get("groups"), ""),
                        Evidence.of("rows per value", seen.get("rows-per-group"), "rows")),
                List.of(Remedy.edit(
                        "split so that all rows of one " + column + " are on one side",
                        Remedy.Safety.LIKELY,
                        "data.validation.group",
                        Looks.scalar(column))));
    }
}
