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
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Observation;
import dev.auscult.run.Observation.Kind;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/** Flags a target that is distributed differently in a held-out part. */
public final class LabelShift implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT206", "label-shift");
    private static final Threshold EFFECT = new Threshold(
            "effect",
            0.05,
            "distance",
            "of the two distributions (Cramer's V, Kolmogorov and Smirnov), below which it is noise");
    private static final Threshold SEEN =
            new Threshold("seen", 0.3, "distance", "that the rows must suffice to show; else it cannot be told");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Compared.hasTwoParts(run)
                && run.data().stream().anyMatch(d -> !d.target().isEmpty());
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Kind.LABEL_SHIFT, "the target is not known in both parts"));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(EFFECT, SEEN, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Observation> all = Looks.of(examination, Kind.LABEL_SHIFT);
        List<Finding> findings = new ArrayList<>();
        for (Split split : all.stream().map(Observation::split).distinct().toList()) {
            Optional<Observation> worst = all.stream()
                    .filter(o -> Compared.isOf(o, split))
                    .filter(o -> o.get("effect") >= examination.threshold(this, EFFECT))
                    .filter(o -> Looks.isCertain(examination, this, o))
                    .max(Comparator.comparingDouble(o -> o.get("effect")));
            worst.ifPresent(o -> findings.add(finding(o)));
        }
        double blind = all.stream().mapToDouble(o -> o.get("detectable")).max().orElse(0);
        if (findings.isEmpty() && blind > examination.threshold(this, SEEN)) {
            double rows = all.stream()
                    .mapToDouble(o -> Math.min(o.get("rows"), o.get("train-rows")))
                    .min()
                    .orElse(0);
            return Verdict.unable(
                    Numbers.of(rows) + " rows cannot tell a difference of labels below " + Numbers.of(blind) + " of 1",
                    "compare at least 200 rows of each part");
        }
        return Verdict.of(findings);
    }

    private static Finding finding(Observation seen) {
        String target = String.join(", ", seen.columns());
        String part = Compared.part(seen);
        boolean classes = seen.note("what").equals("categories");
        String words = classes && !seen.note("category").isEmpty()
                ? Looks.columns(seen.columns()) + " is " + seen.note("category") + " in "
                        + Numbers.percent(seen.get("worst-train"))
                        + " of the training rows and in " + Numbers.percent(seen.get("worst-other")) + " of the " + part
                        + " rows"
                : Looks.columns(seen.columns()) + " is distributed differently in " + part + " data, at a distance of "
                        + Numbers.of(seen.get("effect")) + " of 1"
                        + (seen.number("mean-difference").isEmpty()
                                ? ""
                                : ", its mean shifted by " + Numbers.of(seen.get("mean-difference"))
                                        + " standard deviations");
        return new Finding(
                INFO,
                Math.min(Compared.HIGH, Compared.DISTANCE.score(seen.get("effect"))),
                words,
                Where.data(seen.columns(), List.of()),
                Evidence.of(
                        "distance of the distributions of " + target,
                        seen.get("effect"),
                        "distance",
                        classes ? "Cramer's V as if both parts were of one size" : "Kolmogorov-Smirnov D",
                        Evidence.of("chance in samples of one distribution", seen.get("p-value"), "probability"),
                        Evidence.of("training rows", seen.get("train-rows"), "rows"),
                        Evidence.of(part + " rows", seen.get("rows"), "rows")),
                List.of(
                        Remedy.edit(
                                "split anew, with the same share of each class in both parts, if they should be alike",
                                Remedy.Safety.LIKELY,
                                "data.validation",
                                "{fraction: 0.2, stratified: true}"),
                        Remedy.advice(
                                "if the world did change, judge by figures per class, and correct predictions by the"
                                        + " new shares (Saerens, Latinne and Decaestecker 2002)")));
    }
}
