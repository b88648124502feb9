package dev.auscult.diagnose.rules;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

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
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.run.Setting;

/**
 * Flags a run whose gradient is clipped at most steps: share of the norms [points] after the first tenth that lie above
 * the clip norm; where only clipped norms are logged, the share that lies exactly at it.
 */
public final class ClippingAlwaysOn implements Rule {
    private static final Threshold CLIPPED =
            new Threshold("clipped", 0.5, "share", "above this share of clipped steps the clip norm is a step size");
    private static final Threshold EXCESS = new Threshold(
            "excess", 2, "ratio", "a median norm below so many clip norms is a mild clip and only a remark");
    private static final Threshold POINTS = new Threshold("points", 20, "points", "fewer say nothing about a share");

    /** Always low: from 18 at half of the steps to 33 at all of them. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.75, 2);

    private static final double EXACT = 1e-3;
    private static final int REMARK = 10;
    private static final RuleInfo INFO = RuleInfo.stable("GRD106", "clipping-always-on");
    private static final String RECORD = "log the norm of the gradient before clipping, and the clip norm as a setting";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no gradient norm in this log",
                RECORD,
                e -> GradientNorm.of(e.run()).isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(CLIPPED, EXCESS, POINTS);
    }

    @Override
    public Verdict examine(Examination examination) {
        GradientNorm norm = GradientNorm.of(examination.run()).orElseThrow();
        Curve whole = norm.curve();
        Curve curve = whole.slice(whole.size() / 10, whole.size());
        if (curve.size() < examination.threshold(this, POINTS)) {
            return Verdict.unable(
                    "only " + Numbers.count(curve.size(), "gradient norm") + " after the first tenth, "
                            + Numbers.of(examination.threshold(this, POINTS)) + " needed",
                    RECORD);
        }
        OptionalDouble setting = examination.run().settings().number(Setting.CLIP_NORM);
        double median = Robust.median(curve.values());
        boolean constant =
                share(curve, median * (1 - EXACT), median * (1 + EXACT)) > examination.threshold(this, CLIPPED)
                        && curve.max() <= median * (1 + EXACT);
        if (setting.isEmpty() && !constant) {
            return Verdict.unable("the clip norm is not in this log", RECORD);
        }
        double clip = constant ? median : setting.orElse(0);
        double above = constant ? clip * (1 - EXACT) : clip * (1 + EXACT);
        double clipped = share(curve, above, Double.POSITIVE_INFINITY);
        if (!(clip > 0) || clipped <= examination.threshold(this, CLIPPED)) {
            return Verdict.CLEAR;
        }
        boolean mild = !constant && median < clip * examination.threshold(this, EXCESS);
        return Verdict.found(new Finding(
                INFO,
                mild ? REMARK : CURVE.score(clipped),
                Numbers.percent(clipped) + " of the steps after the start are clipped to a gradient norm of "
                        + Numbers.of(clip)
                        + (constant ? "" : " (median before clipping " + Numbers.of(median) + ")"),
                new Where(norm.series(), norm.layers(), curve.firstStep(), curve.lastStep()),
                Evidence.of(
                        "share of clipped steps",
                        clipped,
                        "share",
                        constant ? "norms at their common maximum / norms" : "norms above the clip norm / norms",
                        Evidence.of("clip norm", clip, ""),
                        Evidence.of("median norm", median, ""))));
    }

    private static double share(Curve curve, double from, double to) {
        return Arrays.stream(curve.values()).filter(v -> v >= from && v <= to).count() / (double) curve.size();
    }
}
