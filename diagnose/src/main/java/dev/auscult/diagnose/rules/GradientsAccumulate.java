package dev.auscult.diagnose.rules;

import java.util.Arrays;
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

/**
 * Flags a gradient norm that grows in a straight line with the step: with (a, b) the least-squares line g ≈ a + b t
 * [points] and R² its share of the variance; the line must explain the curve better than an exponential, and both halves
 * must have about the same slope. That is what a sum over all batches so far looks like.
 */
public final class GradientsAccumulate implements Rule {
    private static final Threshold GROWTH =
            new Threshold("growth", 5, "ratio", "above this ratio of the end to the start it is a growth");
    private static final Threshold LINE = new Threshold("line", 0.9, "R²", "above this the growth is a straight line");
    private static final Threshold POINTS = new Threshold("points", 20, "points", "fewer say nothing about a shape");

    /** Medium at the threshold of 5, high at 20. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(2, 20);

    /** The slopes of the two halves may differ by this factor. */
    private static final double SAME_SLOPE = 2;

    private static final RuleInfo INFO = RuleInfo.preview("GRD105", "gradients-accumulate");
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
        return List.of(GROWTH, LINE, POINTS);
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
        LossProgress loss =
                LossProgress.of(examination.run(), examination.trainLoss().or(examination::validationLoss));
        double growth = curve.endLevel() / curve.startLevel();
        if (!(growth > examination.threshold(this, GROWTH)) || !loss.isBad()) {
            return Verdict.CLEAR;
        }
        int n = curve.size();
        Line line = Line.of(curve.steps(), curve.values());
        Line exponential = Line.of(
                curve.steps(),
                Arrays.stream(curve.values())
                        .map(v -> Math.log(Math.max(v, Double.MIN_NORMAL)))
                        .toArray());
        double first =
                Line.of(curve.slice(0, n / 2).steps(), curve.values(0, n / 2)).slope();
        double second =
                Line.of(curve.slice(n / 2, n).steps(), curve.values(n / 2, n)).slope();
        boolean straight = line.r2() > examination.threshold(this, LINE)
                && line.r2() > exponential.r2()
                && first > 0
                && second > first / SAME_SLOPE
                && second < first * SAME_SLOPE;
        if (!straight) {
            return Verdict.CLEAR;
        }
        return Verdict.found(new Finding(
                INFO,
                CURVE.score(growth),
                "the gradient norm grows in a straight line, " + Numbers.times(growth) + " over the run ("
                        + Numbers.of(curve.startLevel()) + " → " + Numbers.of(curve.endLevel())
                        + "), while the loss does not improve: gradients add up from step to step",
                new Where(norm.series(), norm.layers(), curve.firstStep(), curve.lastStep()),
                Evidence.of(
                        "growth",
                        growth,
                        "ratio",
                        "median of the last tenth / median of the first tenth",
                        Evidence.of("R² of the line", line.r2(), ""),
                        Evidence.of("slope, first half", first, "per step"),
                        Evidence.of("slope, second half", second, "per step"))));
    }

    /** Least-squares line. */
    private record Line(double slope, double r2) {
        static Line of(long[] x, double[] y) {
            double meanX = Arrays.stream(x).average().orElse(0);
            double meanY = Arrays.stream(y).average().orElse(0);
            double xx = 0;
            double xy = 0;
            double yy = 0;
            for (int i = 0; i < y.length; i++) {
                xx += (x[i] - meanX) * (x[i] - meanX);
                xy += (x[i] - meanX) * (y[i] - meanY);
                yy += (y[i] - meanY) * (y[i] - meanY);
            }
            return new Line(xy / xx, xy * xy / (xx * yy));
        }
    }
}
