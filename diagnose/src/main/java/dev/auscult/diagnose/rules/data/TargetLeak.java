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
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/**
 * Flags a column that alone predicts the target almost without error. A copy of the target in other words is certain; a
 * column that merely comes close is suspected only where the best other one leaves ten times its error, since strong honest
 * inputs come in company.
 */
public final class TargetLeak implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT204", "target-leak");
    private static final Threshold SCORE = new Threshold(
            "score", 0.98, "score", "of the predictive power of one column, from which it is nearly deterministic");
    private static final Threshold EASIER = new Threshold(
            "easier",
            0.1,
            "ratio",
            "of the error that the column leaves to that of the best column that is no leak, up to which it stands apart");
    private static final Threshold ROWS = new Threshold("rows", 50, "rows", "below which no column can be judged");

    /** From the score on at which a column is spoken of to no error at all. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.93, 0.99);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Looks.isOf(run, "table")
                && run.data().stream().anyMatch(d -> !d.target().isEmpty());
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Observation.Kind.TARGET_LEAK));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SCORE, EASIER, ROWS, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Observation> all = Looks.of(examination, Observation.Kind.TARGET_LEAK);
        List<Observation> found = all.stream()
                .filter(o -> score(examination, o) > 0)
                .sorted(Comparator.comparingInt((Observation o) -> -score(examination, o)))
                .toList();
        if (found.isEmpty()) {
            double most = all.stream().mapToDouble(o -> o.get("rows")).max().orElse(0);
            double wanted = examination.threshold(this, ROWS);
            return most < wanted
                    ? Verdict.unable(
                            Numbers.of(most) + " rows with a target are too few to tell a copy of it from luck",
                            "label at least " + Numbers.of(wanted) + " rows")
                    : Verdict.CLEAR;
        }
        return Verdict.found(finding(found, score(examination, found.get(0))));
    }

    private int score(Examination examination, Observation seen) {
        boolean enough = seen.get("rows") >= examination.threshold(this, ROWS);
        if (!enough || !Looks.isCertain(examination, this, seen)) {
            return 0;
        }
        if (seen.get("copy") == 1) {
            return Math.max(Severity.CRITICAL.lowestScore(), CURVE.score(seen.get("score")));
        }
        double score = seen.get("score");
        if (score < examination.threshold(this, SCORE)) {
            return 0;
        }
        double left = 1 - seen.numbers().getOrDefault("next-score", 0.0);
        boolean apart = left > 0 && 1 - score <= examination.threshold(this, EASIER) * left;
        return apart ? Math.min(Compared.HIGH, CURVE.score(score)) : 0;
    }

    private static Finding finding(List<Observation> found, int score) {
        Observation worst = found.get(0);
        List<String> columns =
                found.stream().flatMap(o -> o.columns().stream()).distinct().toList();
        String target = worst.note("target").isEmpty() ? "the target" : worst.note("target");
        boolean copy = worst.get("copy") == 1;
        String summary = copy
                ? Looks.columns(columns) + " say" + (columns.size() == 1 ? "s" : "") + " the same as " + target + ": "
                        + Numbers.percent(1 - worst.get("error")) + " of " + Numbers.of(worst.get("rows"))
                        + " rows are right by it alone"
                : Looks.columns(columns.subList(0, 1)) + " alone predicts " + target + " with a score of "
                        + Numbers.of(worst.get("score"))
                        + " of 1, and the next best column with " + Numbers.of(worst.get("next-score"))
                        + ": it may hold the answer";
        return new Finding(
                INFO,
                score,
                summary,
                Where.data(columns, List.of()),
                Evidence.of(
                        "predictive score of " + columns.get(0),
                        worst.get("score"),
                        "score",
                        "1 - error / error of the best constant",
                        Evidence.of("error by this column alone", worst.get("error"), "share"),
                        Evidence.of("error of the best constant", worst.get("baseline"), "share"),
                        Evidence.of("score of the best other column", worst.get("next-score"), "score"),
                        Evidence.of("different values", worst.get("values"), ""),
                        Evidence.of("chance of as few errors by luck", worst.get("p-value"), "probability"),
                        Evidence.of("rows", worst.get("rows"), "rows")),
                List.of(
                        Remedy.edit(
                                "leave out " + Looks.names(columns) + " unless it is known before " + target + " is",
                                copy ? Remedy.Safety.SAFE : Remedy.Safety.TRY,
                                "data.drop",
                                Looks.added(columns)),
                        Remedy.advice("find out when and from what " + columns.get(0) + " was written")));
    }
}
