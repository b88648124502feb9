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

/**
 * Flags a network that gives other answers in evaluation than in training mode: at all, where it has neither dropout nor
 * batch normalisation; and much worse ones, where it has them and their statistics have had time to settle.
 */
public final class TrainEvalMismatch implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("BUG107", "train-eval-mismatch");
    private static final Threshold SAME = new Threshold(
            "same", 1e-4, "ratio", "difference of the outputs, relative to their spread, that rounding explains");
    private static final Threshold LOSS = new Threshold(
            "loss", 1.5, "ratio", "of the loss in evaluation to that in training mode, above which it is worse");
    private static final Threshold OUTPUT = new Threshold(
            "output", 0.5, "ratio", "difference of the outputs, relative to their spread, that must go with it");
    private static final Threshold STEPS = new Threshold(
            "steps", 30, "steps", "of training after which running statistics with momentum 0.1 have settled (96 %)");

    /** Without a layer that could explain it, by the difference of the outputs: 0.03 is 44, medium; 1 is 75. */
    private static final SeverityCurve UNEXPLAINED = SeverityCurve.logarithmic(1e-3, 1);

    /** By evaluation loss / training loss: one and a half 25, low; three 45, medium; ten 75, high. */
    private static final SeverityCurve WORSE = SeverityCurve.logarithmic(1.5, 10);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Plans.probe(Probe.Kind.TRAIN_EVALUATION));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SAME, LOSS, OUTPUT, STEPS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Probe probe = examination.run().probe(Probe.Kind.TRAIN_EVALUATION).orElseThrow();
        double difference = Plans.number(probe, "output-difference");
        double ratio = Plans.number(probe, "evaluation-mode-loss") / Plans.number(probe, "train-mode-loss");
        boolean norm = probe.note("batch-norm").equals("yes");
        boolean dropout = probe.note("dropout").equals("yes");
        if (!(difference >= 0)) {
            return Verdict.unable("the outputs in the two modes were not compared", Plans.CHECK);
        }
        if (!norm && !dropout) {
            return difference <= examination.threshold(this, SAME)
                    ? Verdict.CLEAR
                    : Verdict.found(finding(
                            probe,
                            UNEXPLAINED.score(difference),
                            "the outputs of one batch differ between training and evaluation mode by "
                                    + Numbers.percent(difference)
                                    + " of their spread, and no dropout or batch normalisation explains it"));
        }
        boolean worse = ratio > examination.threshold(this, LOSS)
                && difference > examination.threshold(this, OUTPUT)
                && Plans.number(probe, "train-mode-loss") > 0;
        if (!worse) {
            return Double.isNaN(ratio)
                    ? Verdict.unable("the losses in the two modes were not compared", Plans.CHECK)
                    : Verdict.CLEAR;
        }
        double steps = probe.number("steps").orElse(0);
        if (norm && steps < examination.threshold(this, STEPS)) {
            return Verdict.unable(
                    "evaluation is worse after only " + Numbers.of(steps)
                            + " steps, in which the running statistics of the batch normalisation do not settle",
                    "run `auscult check` with at least " + Numbers.of(examination.threshold(this, STEPS)) + " steps");
        }
        return Verdict.found(finding(
                probe,
                WORSE.score(ratio),
                "the same batch costs " + Numbers.of(Plans.number(probe, "evaluation-mode-loss"))
                        + " in evaluation mode and " + Numbers.of(Plans.number(probe, "train-mode-loss"))
                        + " in training mode: "
                        + (norm
                                ? "the running statistics of the batch normalisation do not fit"
                                : "without dropout the outputs are on another scale")));
    }

    private static Finding finding(Probe probe, int score, String summary) {
        return new Finding(
                INFO,
                score,
                summary,
                new Where(List.of(), List.of(), 0, 0),
                Evidence.of(
                        "difference of the outputs",
                        Plans.number(probe, "output-difference"),
                        "ratio",
                        "root mean square of the difference / spread of the outputs",
                        Evidence.of("loss in training mode", Plans.number(probe, "train-mode-loss"), ""),
                        Evidence.of("loss in evaluation mode", Plans.number(probe, "evaluation-mode-loss"), ""),
                        Evidence.of("steps of training before", Plans.number(probe, "steps"), "steps")));
    }
}
