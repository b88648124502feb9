package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

/** Flags inputs that are distributed differently in a held-out part, each by itself or all together. */
public final class DistributionShift implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT205", "distribution-shift");
    private static final Threshold EFFECT = new Threshold(
            "effect",
            0.05,
            "distance",
            "of two distributions (Kolmogorov and Smirnov, Cramer's V, shares), below which it is noise");
    private static final Threshold AREA = new Threshold(
            "area",
            0.55,
            "area",
            "under the ROC curve of a model that tells the parts apart, below which it hardly does");
    private static final Threshold SEEN = new Threshold(
            "seen",
            0.25,
            "distance",
            "that the rows must suffice to show (0.6 standard deviations); else it cannot be told");

    /** An area of 0.58 is what a shift of 0.3 standard deviations in one column gives; at 0.75 half of the rows differ. */
    private static final SeverityCurve AREAS = SeverityCurve.linear(0.565, 0.75);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Compared.hasTwoParts(run) && Looks.isOf(run, "table", "text");
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Kind.COLUMN_SHIFT));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(EFFECT, AREA, SEEN, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Observation> all = Looks.of(examination, Kind.COLUMN_SHIFT);
        List<Finding> findings = new ArrayList<>();
        double blind = 0;
        for (Split split : all.stream().map(Observation::split).distinct().toList()) {
            List<Observation> columns =
                    all.stream().filter(o -> Compared.isOf(o, split)).toList();
            List<Observation> shifted = columns.stream()
                    .filter(o -> o.get("effect") >= examination.threshold(this, EFFECT))
                    .filter(o -> Looks.isCertain(examination, this, o))
                    .sorted(Comparator.comparingDouble((Observation o) -> -o.get("effect")))
                    .toList();
            Optional<Observation> together = Looks.of(examination, Kind.DOMAIN_SHIFT).stream()
                    .filter(o -> Compared.isOf(o, split))
                    .filter(o -> o.get("auc") >= examination.threshold(this, AREA))
                    .filter(o -> Looks.isCertain(examination, this, o))
                    .findFirst();
            if (!shifted.isEmpty()) {
                findings.add(finding(shifted, together));
            } else if (together.isPresent()) {
                findings.add(finding(together.get()));
            }
            blind = Math.max(
                    blind,
                    columns.stream().mapToDouble(o -> o.get("detectable")).min().orElse(0));
        }
        if (findings.isEmpty() && blind > examination.threshold(this, SEEN)) {
            double rows = all.stream()
                    .mapToDouble(o -> Math.min(o.get("rows"), o.get("train-rows")))
                    .min()
                    .orElse(0);
            return Verdict.unable(
                    Numbers.of(rows) + " rows cannot tell a difference of distributions below " + Numbers.of(blind)
                            + " of 1",
                    "compare at least 300 rows of each part");
        }
        return Verdict.of(findings);
    }

    private static Finding finding(List<Observation> shifted, Optional<Observation> together) {
        Observation worst = shifted.get(0);
        List<String> columns = Stream.concat(
                        shifted.stream().flatMap(o -> o.columns().stream()),
                        together.stream().flatMap(o -> o.columns().stream()))
                .distinct()
                .toList();
        List<String> alone =
                shifted.stream().flatMap(o -> o.columns().stream()).distinct().toList();
        String part = Compared.part(worst);
        int score = Compared.DISTANCE.score(worst.get("effect"));
        double area = together.map(o -> o.get("auc")).orElse(Double.NaN);
        score = Math.min(Compared.HIGH, Math.max(score, AREAS.score(area)));
        return new Finding(
                INFO,
                score,
                Looks.columns(alone) + (alone.size() == 1 ? " is" : " are") + " distributed differently in " + part
                        + " data: " + words(worst),
                Where.data(columns, List.of()),
                Evidence.of(
                        "distance of the distributions of " + worst.columns().get(0),
                        worst.get("effect"),
                        "distance",
                        formula(worst),
                        Evidence.of("difference of means", worst.get("mean-difference"), "standard deviations"),
                        Evidence.of("Wasserstein distance", worst.get("wasserstein"), "standard deviations"),
                        Evidence.of("chance in samples of one distribution", worst.get("p-value"), "probability"),
                        Evidence.of("looks", worst.get("tests"), ""),
                        Evidence.of("shifted columns", alone.size(), ""),
                        Evidence.of("area under the curve of a model that tells the parts apart", area, "area")),
                remedies());
    }

    private static Finding finding(Observation together) {
        String part = Compared.part(together);
        return new Finding(
                INFO,
                Math.min(Compared.HIGH, AREAS.score(together.get("auc"))),
                "a model tells " + part + " rows from training rows with an area under the curve of "
                        + Numbers.of(together.get("auc")) + ", though no single column differs"
                        + (together.columns().isEmpty() ? "" : ", by " + Looks.names(together.columns())),
                Where.data(together.columns(), List.of()),
                Evidence.of(
                        "area under the ROC curve",
                        together.get("auc"),
                        "area",
                        "boosted trees judged on rows that they were not grown on",
                        Evidence.of("chance in samples of one distribution", together.get("p-value"), "probability"),
                        Evidence.of("rows", together.get("rows"), "rows"),
                        Evidence.of("training rows", together.get("train-rows"), "rows")),
                remedies());
    }

    private static List<Remedy> remedies() {
        return List.of(
                Remedy.advice("find out what differs in how the two parts came about: time, place, filter, unit"),
                Remedy.edit(
                        "split anew at random if both parts should be alike",
                        Remedy.Safety.TRY,
                        "data.validation",
                        "{fraction: 0.2, stratified: true}"));
    }

    private static String formula(Observation seen) {
        return switch (seen.note("what")) {
            case "categories" -> "Cramer's V as if both parts were of one size";
            case "missing" -> "difference of the shares of missing cells";
            default -> "Kolmogorov-Smirnov D";
        };
    }

    /** What is different, with its number. */
    private static String words(Observation seen) {
        String name = seen.columns().get(0);
        String from = Numbers.percent(seen.get("worst-train")) + " in training data and "
                + Numbers.percent(seen.get("worst-other")) + " in " + Compared.part(seen) + " data";
        return switch (seen.note("what")) {
            case "missing" -> name + " is missing in " + from;
            case "categories" ->
                name
                        + (seen.note("category").isEmpty()
                                ? " is at a distance of " + Numbers.of(seen.get("effect")) + " of 1"
                                : " is " + seen.note("category") + " in " + from);
            case "lengths" -> name + " is at a distance of " + Numbers.of(seen.get("effect")) + " of 1 in its lengths";
            default ->
                name + " is at a distance of " + Numbers.of(seen.get("effect")) + " of 1"
                        + (seen.number("mean-difference").isEmpty()
                                ? ""
                                : ", its mean shifted by " + Numbers.of(seen.get("mean-difference"))
                                        + " standard deviations");
        };
    }
}
