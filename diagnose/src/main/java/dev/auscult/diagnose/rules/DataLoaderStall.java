package dev.auscult.diagnose.rules;

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
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;

/**
 * Flags a run that waits for its data: median over the steps of (time waiting for data) / (time of the whole step)
 * [steps], without the first tenth, in which workers start and caches fill.
 */
public final class DataLoaderStall implements Rule {
    private static final Threshold WAITING =
            new Threshold("waiting", 0.3, "share", "above this share of the step the device idles enough to matter");
    private static final Threshold POINTS = new Threshold("points", 10, "points", "fewer say nothing about the median");

    /** Through low at a third and high at four fifths of the step. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.33, 0.8);

    private static final RuleInfo INFO = RuleInfo.preview("RES102", "data-loader-stall");
    private static final String RECORD =
            "log the time spent waiting for a batch (data_time) beside the time of the step";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(
                new Need(
                        "no time of steps in this log",
                        RECORD,
                        e -> stepTime(e.run(), "").isPresent()),
                new Need(
                        "no time spent waiting for data in this log",
                        RECORD,
                        e -> stepTime(e.run(), "data").isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(WAITING, POINTS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve step = stepTime(examination.run(), "").orElseThrow();
        Curve data = stepTime(examination.run(), "data").orElseThrow();
        double[] waiting = data.alignedTo(step);
        int from = step.size() / 10;
        double[] shares = new double[step.size() - from];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = waiting[from + i] / step.value(from + i);
        }
        int usable = Robust.finite(shares).length;
        if (usable < examination.threshold(this, POINTS)) {
            return Verdict.unable(
                    "only " + Numbers.count(usable, "step time") + " after the start, "
                            + Numbers.of(examination.threshold(this, POINTS)) + " needed",
                    RECORD);
        }
        double share = Robust.median(shares);
        // A step cannot wait longer than it lasts: the two were not measured on the same steps.
        if (share <= examination.threshold(this, WAITING) || share > 1) {
            return Verdict.CLEAR;
        }
        return Verdict.found(new Finding(
                INFO,
                CURVE.score(share),
                "the step waits for its data " + Numbers.percent(share) + " of the time (median of "
                        + Numbers.count(usable, "step") + ")",
                Where.series(List.of(data.label(), step.label()), step.step(from), step.lastStep()),
                Evidence.of(
                        "share of the step spent waiting",
                        share,
                        "share",
                        "median(data time / step time)",
                        Evidence.of("median data time", Robust.median(waiting), "as logged"),
                        Evidence.of("median step time", Robust.median(step.values()), "as logged"))));
    }

    private static Optional<Curve> stepTime(Run run, String part) {
        return run.metrics().stream()
                .filter(s -> s.key().quantity() == Quantity.STEP_TIME
                        && s.key().part().equals(part))
                .filter(s -> s.size() > 1)
                .map((Series s) -> Curve.of(s))
                .filter(c -> !c.isEmpty())
                .findFirst();
    }
}
