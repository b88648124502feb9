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
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/**
 * Flags rows, texts, pictures or sounds of a held-out part that the training part holds too, and more of them than rows of so
 * few different values meet by chance.
 */
public final class LeakedRows implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT201", "leaked-rows");
    private static final Threshold SHARE = new Threshold(
            "share",
            0.005,
            "share",
            "of the held-out rows, from which a leak is more than a remark: it moves a score by less");
    private static final Threshold COUNT =
            new Threshold("count", 2, "rows", "that must be in both parts; one row is no pattern");
    /** Chance of rich rows that repeat in the training data too, from which these repetitions explain them. */
    private static final double REPEATED = 1e-3;
    /** The same where they repeat in the training data nowhere, which alone speaks against chance. */
    private static final double UNIQUE = 0.05;

    /** A leak of 5 % of the rows can turn an error of 10 % into 9.5 %; of half of them, into one of 5 %. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(0.01, 0.2);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Compared.hasTwoParts(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Observation.Kind.LEAKED_ROWS));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE, COUNT, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Observation> all = Looks.of(examination, Observation.Kind.LEAKED_ROWS);
        List<Finding> findings = new ArrayList<>();
        for (Split split : all.stream().map(Observation::split).distinct().toList()) {
            Leak worst = all.stream()
                    .filter(o -> Compared.isOf(o, split))
                    .map(o -> leak(examination, o))
                    .reduce((a, b) -> b.score > a.score ? b : a)
                    .orElseThrow();
            if (worst.score > 0) {
                findings.add(finding(worst));
            }
        }
        return Verdict.of(findings);
    }

    /**
     * A leak.
     *
     * @param share of the held-out rows that chance does not explain
     * @param rows as a count
     * @param fromDuplicates whether rows repeat as often within the training part, or so few that it may be luck
     * @param score how bad; 0 if there is none
     */
    private record Leak(Observation seen, double share, double rows, boolean fromDuplicates, int score) {}

    private Leak leak(Examination examination, Observation seen) {
        double all = seen.get("share");
        double expected = seen.numbers()
                .getOrDefault("expected-share", seen.numbers().getOrDefault("expected", 0.0) / seen.get("rows"));
        double telling = seen.numbers().getOrDefault("telling-share", 0.0);
        double tellingInTrain = seen.numbers().getOrDefault("telling-train-share", 0.0);
        double p = seen.get("p-value");
        double share = 0;
        boolean fromDuplicates = false;
        if (Looks.isCertain(examination, this, seen)) {
            share = Math.max(all - expected, telling > 2 * tellingInTrain ? telling : 0);
        } else if (telling > 0) {
            share = telling;
            fromDuplicates = !(p < (tellingInTrain > 0 ? REPEATED : UNIQUE) && telling > 2 * tellingInTrain);
        }
        double rows = Math.round(share * seen.get("rows"));
        if (rows < 1) {
            return new Leak(seen, 0, 0, false, 0);
        }
        int score = CURVE.score(share);
        if (fromDuplicates || share < examination.threshold(this, SHARE) || rows < examination.threshold(this, COUNT)) {
            score = Math.min(score, Compared.REMARK);
        }
        return new Leak(seen, share, rows, fromDuplicates, Math.max(1, score));
    }

    private static Finding finding(Leak leak) {
        Observation seen = leak.seen;
        boolean near = seen.note("how").equals("near");
        String part = Compared.part(seen);
        String summary = Numbers.percent(leak.share) + " of the " + part + " examples ("
                + Numbers.count(Math.round(leak.rows), "example") + ") "
                + (near ? "are in the training data too, up to rounding" : "are in the training data too")
                + (leak.fromDuplicates ? ", no more than rows repeat by themselves" : "");
        return new Finding(
                INFO,
                leak.score,
                summary,
                Where.data(List.of(), Looks.examples(List.of(seen))),
                Evidence.of(
                        "share of the " + part + " examples beyond chance",
                        leak.share,
                        "share",
                        "certain: share - expected-share; else rows too rich to meet by chance",
                        Evidence.of("share found in the training data", seen.get("share"), "share"),
                        Evidence.of(
                                "share expected by duplicates in training data", seen.get("expected-share"), "share"),
                        Evidence.of("share of rows too rich for chance", seen.get("telling-share"), "share"),
                        Evidence.of("the same within the training data", seen.get("telling-train-share"), "share"),
                        Evidence.of("chance, had rows been dealt at random", seen.get("p-value"), "probability"),
                        Evidence.of(part + " examples", seen.get("rows"), "rows")),
                List.of(
                        Remedy.advice("take these examples out of the training data, then train and judge again"),
                        Remedy.advice(
                                "remove duplicates before the data are split, and keep near copies on one side")));
    }
}
