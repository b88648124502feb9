package dev.auscult.diagnose.rules;

import java.util.List;

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
import dev.auscult.diagnose.measure.GradientNorm;
import dev.auscult.diagnose.measure.LossProgress;
import dev.auscult.diagnose.measure.Robust;

/**
 * Flags a gradient norm g [points] that grows by orders of magnitude while the loss suffers: growth = median(last 5 %,
 * at least 3 points) / median(first tenth).
 */
public final class ExplodingGradients implements Rule {
    private static final Threshold GROWTH = new Threshold(
            "growth", 100, "ratio", "above this ratio of the last to the first gradient norms they explode");
    private static final Threshold POINTS = new Threshold("points", 20, "points", "fewer say nothing about a level");

    /** Medium at the threshold of 100, high at 10 000. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(10, 10_000);

    private static final RuleInfo INFO = RuleInfo.stable("GRD102", "exploding-gradients");
    private static final String RECORD = "log the norm of the gradient every few steps, before clipping";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(
                new Need(
                        "no gradient norm in this log",
                        RECORD,
                        e -> GradientNorm.of(e.run()).isPresent()),
                Need.ANY_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(GROWTH, POINTS);
    }

    @Override
    public Verdict examine(Examination examination) {
        GradientNorm norm = GradientNorm.of(examination.run()).orElseThrow();
        Curve curve = norm.curve();
        if (curve.size() < examination.threshold(this, POINTS)) {
            return Verdict.unable(
                    "only " + Numbers.count(curve.size(), "gradient norm") + ", "
                            + Numbers.of(examination.threshold(this, POINTS)) + " needed",
                    RECORD);
        }
        int tail = Math.max(3, curve.size() / 20);
        double early = curve.startLevel();
        double late = Robust.median(curve.values(curve.size() - tail, curve.size()));
        LossProgress loss =
                LossProgress.of(examination.run(), examination.trainLoss().or(examination::validationLoss));
        double growth = late / early;
        if (!(growth > examination.threshold(this, GROWTH)) || !loss.suffers()) {
            return Verdict.CLEAR;
        }
        int from = curve.size() - 1;
        while (from > 0 && curve.value(from) > 10 * early) {
            from--;
        }
        return Verdict.found(new Finding(
                INFO,
                CURVE.score(growth),
                "the gradient norm grew " + Numbers.times(growth) + " (" + Numbers.of(early) + " → " + Numbers.of(late)
                        + ") and the loss " + (loss.endsNonFinite() ? "ended as NaN or infinity" : "rose"),
                new Where(norm.series(), norm.layers(), curve.step(from), curve.lastStep()),
                Evidence.of(
                        "growth of the gradient norm",
                        growth,
                        "ratio",
                        "median of the last 5 % / median of the first 10 %",
                        Evidence.of("early norm", early, ""),
                        Evidence.of("late norm", late, ""))));
    }
}
