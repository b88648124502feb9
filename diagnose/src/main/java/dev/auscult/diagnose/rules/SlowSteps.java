package dev.auscult.diagnose.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
import dev.auscult.diagnose.measure.Trend;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;

/**
 * Flags steps that get slower while the run goes on, or a few steps that eat much of its time. With t the step times
 * [steps] after the first tenth: slowdown = median(last quarter) / median(first quarter), with a rising trend; lost =
 * Σ max(0, t − m) over steps with t &gt; outlier · m, divided by Σ t, with m = median(t). Throughput counts as 1 / t.
 */
public final class SlowSteps implements Rule {
    private static final Threshold SLOWDOWN =
            new Threshold("slowdown", 1.5, "ratio", "above this ratio of last to first quarter the run slows down");
    private static final Threshold OUTLIER =
            new Threshold("outlier", 3, "ratio", "a step longer than this many medians is an outlier");
    private static final Threshold LOST =
            new Threshold("lost", 0.2, "share", "above this share of the time spent in outliers they matter");
    private static final Threshold POINTS = new Threshold("points", 20, "points", "fewer say nothing about a trend");

    /** Slowness costs time, not the result: low at 1.5 times, still below medium at 10 times. */
    private static final SeverityCurve SLOWDOWN_CURVE = SeverityCurve.logarithmic(2, 100);

    private static final SeverityCurve LOST_CURVE = SeverityCurve.linear(0.4, 2);

    private static final Set<String> COUNTED = Set.of("samples", "tokens", "steps", "frames");

    private static final RuleInfo INFO = RuleInfo.preview("RES101", "slow-steps");
    private static final String RECORD = "log the time of every step, or the steps per second";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no time of steps in this log", RECORD, e -> stepTimes(e.run()).isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SLOWDOWN, OUTLIER, LOST, POINTS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve curve = stepTimes(examination.run()).orElseThrow();
        boolean rate = curve.key().quantity() == Quantity.THROUGHPUT;
        int from = curve.size() / 10;
        double[] times = Arrays.stream(curve.values(from, curve.size()))
                .map(v -> rate ? 1 / v : v)
                .filter(t -> Double.isFinite(t) && t > 0)
                .toArray();
        if (times.length < examination.threshold(this, POINTS)) {
            return Verdict.unable(
                    "only " + Numbers.count(times.length, "step time") + " after the start, "
                            + Numbers.of(examination.threshold(this, POINTS)) + " needed",
                    RECORD);
        }
        int quarter = times.length / 4;
        double first = Robust.median(Arrays.copyOf(times, quarter));
        double last = Robust.median(Arrays.copyOfRange(times, times.length - quarter, times.length));
        double slowdown = last / first;
        if (slowdown > examination.threshold(this, SLOWDOWN) && Trend.of(times).rises()) {
            return Verdict.found(new Finding(
                    INFO,
                    Layers.mild(SLOWDOWN_CURVE.score(slowdown)),
                    "a step takes " + Numbers.times(slowdown) + " as long at the end as at the start",
                    Where.series(curve.label(), curve.step(from), curve.lastStep()),
                    Evidence.of(
                            "slowdown",
                            slowdown,
                            "ratio",
                            "median of the last quarter / median of the first quarter",
                            Evidence.of("first quarter", first, rate ? "1 / as logged" : "as logged"),
                            Evidence.of("last quarter", last, rate ? "1 / as logged" : "as logged"))));
        }
        double median = Robust.median(times);
        double limit = median * examination.threshold(this, OUTLIER);
        double lost =
                Arrays.stream(times).filter(t -> t > limit).map(t -> t - median).sum()
                        / Arrays.stream(times).sum();
        long outliers = Arrays.stream(times).filter(t -> t > limit).count();
        if (lost > examination.threshold(this, LOST)) {
            return Verdict.found(new Finding(
                    INFO,
                    Layers.mild(LOST_CURVE.score(lost)),
                    Numbers.percent(lost) + " of the time goes into "
                            + Numbers.count(outliers, "step") + " that take more than "
                            + Numbers.of(examination.threshold(this, OUTLIER)) + " times the median",
                    Where.series(curve.label(), curve.step(from), curve.lastStep()),
                    Evidence.of(
                            "share of the time lost",
                            lost,
                            "share",
                            "sum of (t - median) over outliers / sum of t",
                            Evidence.of("median step time", median, "as logged"),
                            Evidence.of("outliers", (double) outliers, "steps"))));
        }
        return Verdict.CLEAR;
    }

    /** Step times before throughputs; of what a throughput counts (samples, tokens, steps, frames) the first. */
    private static Optional<Curve> stepTimes(Run run) {
        return Stream.concat(
                        of(run, Quantity.STEP_TIME).filter(s -> s.key().isWhole()),
                        of(run, Quantity.THROUGHPUT)
                                .filter(s -> s.key().isWhole()
                                        || COUNTED.contains(s.key().part())))
                .findFirst()
                .map(Curve::of);
    }

    private static Stream<Series> of(Run run, Quantity quantity) {
        return run.metrics().stream()
                .filter(s -> s.key().quantity() == quantity && !s.key().split().isHeldOut() && s.size() > 1);
    }
}
