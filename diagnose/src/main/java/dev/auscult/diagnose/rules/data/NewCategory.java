package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
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
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/** Flags categories and labels of a held-out part that the training part lacks, and more of them than by chance. */
public final class NewCategory implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT207", "new-category");
    private static final Threshold SHARE = new Threshold(
            "share", 0.005, "share", "of the held-out rows that hold a new category, below which it is a remark");

    /** A row with a category that training never saw is predicted without that column. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(0.01, 0.3);

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
        return List.of(Looks.observed(Kind.NEW_CATEGORIES, "no column of categories is in both parts"));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Observation> all = Looks.of(examination, Kind.NEW_CATEGORIES);
        List<String> target = Looks.profile(examination).target();
        List<Finding> findings = new ArrayList<>();
        for (Split split : all.stream().map(Observation::split).distinct().toList()) {
            List<Observation> found = all.stream()
                    .filter(o -> Compared.isOf(o, split) && o.get("new") > 0)
                    .sorted(Comparator.comparingInt((Observation o) -> -score(examination, target, o)))
                    .toList();
            if (!found.isEmpty()) {
                findings.add(finding(found, score(examination, target, found.get(0)), isLabel(target, found.get(0))));
            }
        }
        return Verdict.of(findings);
    }

    private static boolean isLabel(List<String> target, Observation seen) {
        return target.containsAll(seen.columns());
    }

    private int score(Examination examination, List<String> target, Observation seen) {
        if (!Looks.isCertain(examination, this, seen)) {
            return Math.min(Compared.REMARK, CURVE.score(seen.get("share")));
        }
        if (isLabel(target, seen)) {
            return Math.max(Severity.HIGH.lowestScore(), CURVE.score(seen.get("share")));
        }
        return seen.get("share") < examination.threshold(this, SHARE)
                ? Math.min(Compared.REMARK, CURVE.score(seen.get("share")))
                : Math.min(Compared.HIGH, CURVE.score(seen.get("share")));
    }

    private static Finding finding(List<Observation> found, int score, boolean isLabel) {
        Observation worst = found.get(0);
        String name = String.join(", ", worst.columns());
        String part = Compared.part(worst);
        List<String> columns =
                found.stream().flatMap(o -> o.columns().stream()).distinct().toList();
        String summary = Numbers.percent(worst.get("share")) + " of the " + part + " rows ("
                + Numbers.count(Math.round(worst.get("new-rows")), "row") + ") have "
                + (isLabel ? "a label that training data lack" : "a category that training data lack") + ": " + name
                + (worst.note("category").isEmpty() ? "" : " " + worst.note("category"))
                + (worst.get("new") > 1 ? " and " + Numbers.of(worst.get("new") - 1) + " more" : "");
        return new Finding(
                INFO,
                score,
                summary,
                Where.data(columns, Looks.examples(found)),
                Evidence.of(
                        "share of " + part + " rows",
                        worst.get("share"),
                        "share",
                        "rows with a new category of " + name + " / rows",
                        Evidence.of("new categories", worst.get("new"), ""),
                        Evidence.of("rows with one", worst.get("new-rows"), "rows"),
                        Evidence.of("chance, had rows been dealt at random", worst.get("p-value"), "probability")),
                List.of(
                        isLabel
                                ? Remedy.edit(
                                        "split anew so that every label is in both parts",
                                        Remedy.Safety.LIKELY,
                                        "data.validation",
                                        "{fraction: 0.2, stratified: true}")
                                : Remedy.advice("put rare categories of " + name
                                        + " into one of their own in training, so that new ones have a place"),
                        Remedy.advice("look whether it is another spelling of a known one")));
    }
}
