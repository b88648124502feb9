package dev.auscult.diagnose.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.Granularity;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;

/** Sees that a score was counted on so few examples that it moves in coarse steps. */
public final class TinyValidationSet implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("EVL103", "tiny-validation-set");
    private static final Threshold EXAMPLES =
            new Threshold("examples", 200, "examples", "scores counted on more examples than this are fine enough");
    private static final Threshold EVALUATIONS =
            new Threshold("evaluations", 5, "points", "fewer evaluations than this cannot tell");
    private static final List<Quantity> QUANTITIES = List.of(Quantity.ACCURACY, Quantity.ERROR_RATE);

    /** Passes (100 examples, 20) and (10 examples, 33): low however small, since the training itself may be fine. */
    private static final SeverityCurve BY_EXAMPLES = SeverityCurve.logarithmic(40, 0.4);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return !Task.isRegression(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no accuracy or error rate on held-out data in this log",
                "log the accuracy on held-out data every epoch",
                e -> HeldOut.any(e.run(), QUANTITIES)));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(EXAMPLES, EVALUATIONS);
    }

    @Override
    public Verdict examine(Examination e) {
        int needed = (int) e.threshold(this, EVALUATIONS);
        int found = HeldOut.most(e.run(), QUANTITIES);
        if (found < needed) {
            return Verdict.unable(
                    Numbers.count(found, "evaluation") + " found, at least " + needed + " needed",
                    "evaluate on held-out data every epoch");
        }
        for (Quantity quantity : QUANTITIES) {
            Optional<Curve> score = HeldOut.curve(e.run(), quantity)
                    .filter(c -> c.size() >= needed && c.key().isWhole());
            if (score.isPresent()) {
                double full = HeldOut.full(score.get());
                double[] shares =
                        Arrays.stream(score.get().values()).map(v -> v / full).toArray();
                int examples = Granularity.examples(shares, (int) e.threshold(this, EXAMPLES));
                if (examples > 0) {
                    return Verdict.found(finding(score.get(), shares, examples));
                }
            }
        }
        return Verdict.CLEAR;
    }

    private static Finding finding(Curve score, double[] shares, int examples) {
        double p = Robust.median(shares);
        double error = 100 * Math.sqrt(p * (1 - p) / examples);
        return new Finding(
                INFO,
                Math.min(OverfittingEvidence.MOST_WHEN_DOUBTFUL, BY_EXAMPLES.score(examples)),
                "every value of " + Words.name(score) + " is a multiple of 1/" + examples
                        + ": it was counted on few examples, and one standard error is " + Numbers.of(error)
                        + " points",
                Where.series(score.label(), score.firstStep(), score.lastStep()),
                Evidence.of(
                        "examples",
                        examples,
                        "examples",
                        "smallest n with all values k/n",
                        Evidence.of("standard error", error, "points", "100 sqrt(p (1 - p) / n)")));
    }
}
