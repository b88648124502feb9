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
import dev.auscult.diagnose.measure.Blueprint;
import dev.auscult.diagnose.measure.LayerKind;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;

/** Flags networks in which the output of one example depends on another of the same batch in evaluation mode. */
public final class BatchLeakage implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("BUG106", "batch-leakage");
    private static final Threshold SHARE = new Threshold(
            "share",
            1e-6,
            "ratio",
            "of the gradient by another example's input to that by the own, above which it leaks");

    /** By that ratio: a thousandth 50, medium; a tenth 76, high. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(1e-5, 1e-1);

    private static final int TRAINING_ONLY = 30;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Plans.probe(Probe.Kind.BATCH_LEAKAGE));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        Probe probe = run.probe(Probe.Kind.BATCH_LEAKAGE).orElseThrow();
        double own = Plans.number(probe, "own");
        double foreign = Plans.number(probe, "foreign");
        double training = Plans.number(probe, "training-foreign");
        if (!(own > 0) || Double.isNaN(foreign) || probe.number("examples").orElse(2) < 2) {
            return Verdict.unable(
                    own == 0 ? "the output does not depend on the input at all" : "the gradients were not measured",
                    "run `auscult check` with at least two examples");
        }
        double limit = examination.threshold(this, SHARE);
        if (foreign / own > limit) {
            return Verdict.found(finding(
                    probe,
                    CURVE.score(foreign / own),
                    foreign / own,
                    "in evaluation mode an output changes with another example of the batch (gradient "
                            + Numbers.of(foreign / own) + " of that by its own input)"));
        }
        // A batch normalisation shares its statistics while training; without a graph there may be one.
        boolean explained = Blueprint.of(run)
                .map(b -> b.has(LayerKind.BATCH_NORM) || b.has(LayerKind.OTHER))
                .orElse(true);
        if (training / own > limit && !explained) {
            return Verdict.found(finding(
                    probe,
                    TRAINING_ONLY,
                    training / own,
                    "in training mode an output changes with another example of the batch, and there is no batch"
                            + " normalisation that would explain it"));
        }
        return Verdict.CLEAR;
    }

    private static Finding finding(Probe probe, int score, double ratio, String summary) {
        return new Finding(
                INFO,
                score,
                summary,
                new Where(List.of(), List.of(), 0, 0),
                Evidence.of(
                        "gradient by another example's input / by the own",
                        ratio,
                        "ratio",
                        "max |d output_i / d input_j|, i ≠ j / max |d output_i / d input_i|",
                        Evidence.of("own", Plans.number(probe, "own"), ""),
                        Evidence.of("foreign, evaluation mode", Plans.number(probe, "foreign"), ""),
                        Evidence.of("foreign, training mode", Plans.number(probe, "training-foreign"), ""),
                        Evidence.of("examples", Plans.number(probe, "examples"), "examples")));
    }
}
