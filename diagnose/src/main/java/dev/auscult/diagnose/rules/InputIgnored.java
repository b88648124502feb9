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
 * Flags a training that does as well on shuffled or zeroed inputs as on real ones, by an equivalence test: even the upper
 * end of the interval of the difference is a small share of what was learned.
 */
public final class InputIgnored implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("BUG103", "input-ignored");
    private static final Threshold SHARE = new Threshold(
            "share",
            0.1,
            "share",
            "of the fall of the loss that real inputs may account for and still count as ignored");
    private static final Threshold DEVIATIONS =
            new Threshold("deviations", 3, "standard errors", "by which real inputs must do better to count as used");

    /** By the upper end of that share: a fifth 25, a tenth 50, medium; nothing 75, high. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.2, 0);

    private static final double INTERVAL = 2;
    private static final double NOTHING_LEARNED = 0.01;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Plans.probe(Probe.Kind.INPUT_INDEPENDENCE));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE, DEVIATIONS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Probe probe = examination.run().probe(Probe.Kind.INPUT_INDEPENDENCE).orElseThrow();
        double loss = Plans.number(probe, "loss");
        double shuffled = Plans.number(probe, "shuffled-loss");
        double zeroed = Plans.number(probe, "zeroed-loss");
        double error = Plans.number(probe, "standard-error");
        double start = Plans.number(probe, "start-loss");
        double other = Double.isNaN(shuffled) ? zeroed : Double.isNaN(zeroed) ? shuffled : Math.min(shuffled, zeroed);
        double gain = other - loss;
        double learned = start - loss;
        if (!Double.isFinite(gain) || !Double.isFinite(learned) || !(error >= 0)) {
            return Verdict.unable("the losses on real and on other inputs were not all measured", Plans.CHECK);
        }
        if (gain > examination.threshold(this, DEVIATIONS) * error && gain > 0) {
            return Verdict.CLEAR;
        }
        if (learned <= Math.max(INTERVAL * error, NOTHING_LEARNED * Math.abs(start))) {
            return Verdict.unable(
                    "the short training learned nothing from real inputs either (loss " + Numbers.of(start) + " → "
                            + Numbers.of(loss) + ")",
                    "run `auscult check` with more steps or a higher learning rate");
        }
        double upper = Math.max(0, gain + INTERVAL * error) / learned;
        if (upper > examination.threshold(this, SHARE)) {
            return Verdict.unable(
                    "real inputs did better by " + Numbers.of(gain) + " ± " + Numbers.of(error)
                            + ", too little to count and too noisy to rule out",
                    "run `auscult check` with more steps");
        }
        return Verdict.found(new Finding(
                INFO,
                CURVE.score(upper),
                "the loss falls to " + Numbers.of(loss) + " on real inputs and to " + Numbers.of(other)
                        + (other == zeroed ? " on zeros" : " on shuffled ones") + ": the input is not used",
                new Where(List.of(), List.of(), 0, 0),
                Evidence.of(
                        "share of the fall that real inputs can account for",
                        upper,
                        "share",
                        "(min(shuffled, zeroed) - real + 2 standard errors) / (start - real)",
                        Evidence.of("loss on real inputs", loss, ""),
                        Evidence.of("loss on shuffled inputs", shuffled, ""),
                        Evidence.of("loss on zeros", zeroed, ""),
                        Evidence.of("standard error of the differences", error, ""),
                        Evidence.of("loss at the start", start, ""))));
    }
}
