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
 * Flags, before training, a step that would wait for its data: waiting / (waiting + computing) over the steps that the
 * check timed. What a run logged while it trained is another rule's.
 */
public final class LoaderBound implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("RES105", "loader-bound");
    private static final Threshold WAITING =
            new Threshold("waiting", 0.3, "share", "of a step, above which the device would idle enough to matter");
    private static final Threshold LASTING = new Threshold(
            "lasting", 60, "seconds", "that the whole training takes; in a shorter one nothing is worth the effort");

    /** Through low at a third and high at four fifths of the step. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.33, 0.8);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Plans.probe(Probe.Kind.TIME));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(WAITING, LASTING);
    }

    @Override
    public Verdict examine(Examination examination) {
        Probe probe = examination.run().probe(Probe.Kind.TIME).orElseThrow();
        double step = Plans.number(probe, "step-seconds");
        double loader = Plans.number(probe, "loader-seconds");
        double total = Plans.number(probe, "total-seconds");
        if (!(step > 0) || !(loader >= 0)) {
            return Verdict.unable("the time of a step or of waiting for data was not measured", Plans.CHECK);
        }
        double share = Math.min(1, loader / step);
        if (share <= examination.threshold(this, WAITING)) {
            return Verdict.CLEAR;
        }
        int score = CURVE.score(share);
        boolean brief = total < examination.threshold(this, LASTING);
        return Verdict.found(new Finding(
                INFO,
                brief ? Layers.mild(score) : score,
                "a step would wait for its data " + Numbers.percent(share) + " of its time ("
                        + Numbers.of(1000 * loader)
                        + " of " + Numbers.of(1000 * step) + " ms)"
                        + (total > 0 ? ", " + Numbers.of(share * total) + " s of the whole training" : ""),
                new Where(List.of(), List.of(), 0, examination.run().lastStep()),
                Evidence.of(
                        "share of the step spent waiting",
                        share,
                        "share",
                        "loader-seconds / step-seconds",
                        Evidence.of("time of a step, waiting included", step, "s"),
                        Evidence.of("time waiting for data, per step", loader, "s"),
                        Evidence.of("time of the whole training", total, "s"))));
    }
}
