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
import dev.auscult.run.Probe;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;

/** Flags a loss or gradient that doubles when every example of a batch is there twice: it is a sum, not a mean. */
public final class SumReduction implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("BUG108", "sum-reduction");
    private static final Threshold NEAR = new Threshold(
            "tolerance", 0.1, "ratio", "distance from 2 (a sum) or 1 (a mean) within which a ratio counts as it");

    /** Without an optimizer that divides by the gradient's size, by batch size: 4 is 25; 32 is 50, medium; 256 is 75. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(4, 256);

    private static final int UNKNOWN_BATCH = 35;

    /** The log is larger by the batch size; the training is not. */
    private static final int ONLY_THE_LOG = 10;

    /** The step does not depend on the size of the gradient; clipping and penalties still do. */
    private static final int ADAPTIVE = 20;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Plans.probe(Probe.Kind.REDUCTION));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(NEAR);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        Probe probe = run.probe(Probe.Kind.REDUCTION).orElseThrow();
        double loss = Plans.number(probe, "loss-ratio");
        double gradient = Plans.number(probe, "gradient-ratio");
        double near = examination.threshold(this, NEAR);
        boolean lossSum = Math.abs(loss - 2) <= near;
        boolean gradientSum = Math.abs(gradient - 2) <= near;
        boolean lossMean = Math.abs(loss - 1) <= near;
        boolean gradientMean = Math.abs(gradient - 1) <= near;
        if (lossMean && (gradientMean || Double.isNaN(gradient))) {
            return Verdict.CLEAR;
        }
        if (!(lossSum || lossMean) || !(gradientSum || gradientMean || Double.isNaN(gradient))) {
            return Verdict.unable(
                    "with every example twice the loss is " + Numbers.times(loss) + " and the gradient "
                            + Numbers.times(gradient) + " as large, neither a mean (1) nor a sum (2)",
                    "run `auscult check` without dropout and with a larger batch");
        }
        boolean trained = gradientSum || Double.isNaN(gradient);
        double batch = run.settings().number(Setting.BATCH_SIZE).orElse(Double.NaN);
        int score = !trained
                ? ONLY_THE_LOG
                : Layers.isAdaptive(run) ? ADAPTIVE : batch >= 1 ? CURVE.score(batch) : UNKNOWN_BATCH;
        String what = lossSum && gradientSum
                ? "loss and gradient are sums"
                : lossSum ? "the loss is a sum" : "the gradient is a sum, though the loss is a mean";
        return Verdict.found(new Finding(
                INFO,
                score,
                what + " over the batch: with every example twice they are "
                        + Numbers.times(lossSum ? loss : gradient) + " as large"
                        + (trained && batch >= 2
                                ? "; the learning rate is in effect " + Numbers.times(batch) + " as high as a mean's"
                                : ""),
                new Where(List.of(), List.of(), 0, 0),
                Evidence.of(
                        "loss of the doubled batch / loss of the batch",
                        loss,
                        "ratio",
                        "1 for a mean, 2 for a sum",
                        Evidence.of("gradient norm of the doubled batch / of the batch", gradient, "ratio"),
                        Evidence.of("batch size", batch, "examples"))));
    }
}
