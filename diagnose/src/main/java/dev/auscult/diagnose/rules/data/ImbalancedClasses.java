package dev.auscult.diagnose.rules.data;

import java.util.List;
import java.util.Map;

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
import dev.auscult.run.DataProfile;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/** Flags training data in which a class is much rarer than another. */
public final class ImbalancedClasses implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT118", "imbalanced-classes");
    private static final Threshold RATIO = new Threshold(
            "ratio", 4, "ratio", "of the most frequent to the rarest class, above which the classes are not balanced");
    private static final Threshold ROWS =
            new Threshold("rows", 30, "rows", "with fewer of them the ratio is not known");

    /** Low at four to one, medium at ten to one, high at a hundred to one. */
    private static final SeverityCurve BY_RATIO = SeverityCurve.logarithmic(6, 130);

    /** Up to three to one nothing is lost by looking at accuracy alone. */
    private static final double BALANCED = 3;

    /** z of an error of 1e-4. */
    private static final double CERTAIN = 3.72;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.orOthersAreIn(run) && Tables.isClassification(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "the classes of the training data were not counted",
                Looks.CHECKUP,
                e -> e.run()
                        .data()
                        .flatMap(d -> d.part(Split.TRAIN))
                        .filter(p -> p.labelCounts().size() > 1)
                        .isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(RATIO, ROWS);
    }

    @Override
    public Verdict examine(Examination e) {
        DataProfile.Part train = Looks.profile(e).part(Split.TRAIN).orElseThrow();
        List<Map.Entry<String, Long>> classes = train.labelCounts().entrySet().stream()
                .filter(c -> c.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .toList();
        double rows = classes.stream().mapToDouble(Map.Entry::getValue).sum();
        double needed = e.threshold(this, ROWS);
        if (rows < needed) {
            return Verdict.unable(
                    Tables.rows(rows) + " with a class found, at least " + Math.round(needed) + " needed",
                    "collect more rows");
        }
        double least = e.threshold(this, RATIO);
        double most = classes.get(0).getValue();
        double fewest = classes.get(classes.size() - 1).getValue();
        double ratio = most / fewest;
        if (ratio <= least) {
            return Verdict.CLEAR;
        }
        // The logarithm of a ratio of counts has standard error sqrt(1/a + 1/b).
        double z = Math.log(ratio / BALANCED) / Math.sqrt(1 / most + 1 / fewest);
        if (z < CERTAIN) {
            return Verdict.unable(
                    "so few rows of class " + classes.get(classes.size() - 1).getKey() + " (" + Math.round(fewest)
                            + ") cannot tell whether it is rare",
                    "collect more rows");
        }
        return Verdict.found(finding(classes, ratio, rows));
    }

    private static Finding finding(List<Map.Entry<String, Long>> classes, double ratio, double rows) {
        double entropy = classes.stream()
                .mapToDouble(c -> -c.getValue() / rows * Math.log(c.getValue() / rows))
                .sum();
        Map.Entry<String, Long> frequent = classes.get(0);
        Map.Entry<String, Long> rare = classes.get(classes.size() - 1);
        double share = frequent.getValue() / rows;
        return new Finding(
                INFO,
                BY_RATIO.score(ratio),
                "class " + frequent.getKey() + " has " + Numbers.times(ratio) + " the rows of class " + rare.getKey()
                        + " ("
                        + frequent.getValue() + " and " + rare.getValue() + "): a model that always says "
                        + frequent.getKey()
                        + " has " + Numbers.percent(share) + " accuracy",
                Where.data(List.of(), List.of()),
                Evidence.of(
                        "ratio of the most frequent to the rarest class",
                        ratio,
                        "ratio",
                        "largest / smallest",
                        Evidence.of("effective number of classes", Math.exp(entropy), "classes", "exp(-sum p ln p)"),
                        Evidence.of("classes", classes.size(), "classes")),
                List.of(
                        Remedy.edit(
                                "watch macro F1, in which every class counts the same, not accuracy",
                                Remedy.Safety.SAFE,
                                "metrics",
                                "[f1_macro]"),
                        Remedy.edit(
                                "weigh the rows by the rarity of their class",
                                Remedy.Safety.TRY,
                                "data.imbalance",
                                "class-weights")));
    }
}
