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
import dev.auscult.diagnose.measure.Shortfall;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;

/** Flags convolutional networks none of whose outputs depends on the whole input. */
public final class ReceptiveFieldTooSmall implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("ARC110", "receptive-field-too-small");
    private static final Threshold SHARE = new Threshold(
            "share", 0.75, "share", "of the input that an output sees, below which it may miss what it needs");

    /** By that share: three quarters 25, low; a half 45, medium; an eighth 75. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.75, 0.125);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Plans.probe(Probe.Kind.CAPACITY));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        Probe probe = run.probe(Probe.Kind.CAPACITY).orElseThrow();
        double field = Plans.number(probe, "receptive-field");
        double extent = Plans.number(probe, "input-extent");
        if (probe.note("sees-all").equals("yes")) {
            return Verdict.CLEAR;
        }
        if (!(field > 0) || !(extent > 0)) {
            return Verdict.unable(
                    "the receptive field was not measured", "it is for convolutional networks; " + Plans.CHECK);
        }
        double share = field / extent;
        if (share >= examination.threshold(this, SHARE)) {
            return Verdict.CLEAR;
        }
        Shortfall shortfall = Shortfall.of(run, examination.trainLoss(), examination.trainScore());
        int score = CURVE.score(share);
        return Verdict.found(new Finding(
                INFO,
                shortfall.underfits() ? score : Layers.mild(score),
                "an output sees " + Numbers.of(field) + " of " + Numbers.of(extent) + " pixels along the longer side"
                        + (shortfall.underfits() ? ", and the training data are not fitted" : ""),
                Plans.where(run, List.of()),
                Evidence.of(
                        "share of the input that an output sees",
                        share,
                        "share",
                        "receptive field / extent of the input, along the longer side",
                        Evidence.of("receptive field", field, "pixels"),
                        Evidence.of("extent of the input", extent, "pixels"),
                        Evidence.of("training score at the end", shortfall.score(), ""))));
    }
}
