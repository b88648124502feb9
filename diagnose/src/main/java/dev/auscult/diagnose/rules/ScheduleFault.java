package dev.auscult.diagnose.rules;

import java.util.ArrayList;
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
import dev.auscult.diagnose.measure.Cadence;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.Schedule;

/** LRN104: a learning rate that is negative, zero, jumps up, or is gone before training began. */
public final class ScheduleFault implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LRN104", "schedule-fault");
    private static final Threshold ZERO =
            new Threshold("zero-share", 0.05, "share", "of the run that the rate may be zero before it comes back");
    private static final Threshold GONE = new Threshold(
            "gone-by", 0.1, "share", "of the run by which a rate that has fallen to a thousandth fell too fast");

    /** Training against the gradient. */
    private static final int NEGATIVE = 95;

    /** Nine tenths of the run changed nothing. */
    private static final int GONE_EARLY = 85;

    /** Share of the run without any change: 5 % 42, medium; 30 % 80, high. */
    private static final SeverityCurve IDLE = SeverityCurve.linear(-0.07, 0.26);

    /** Jumps up: one 20, a remark as a restart looks the same; two 42, medium; five 88. */
    private static final SeverityCurve JUMPS = SeverityCurve.linear(1.25, 3.5);

    private static final double GONE_LEVEL = 1e-3;

    /** Two groups of parameters in one series jump at every other point. */
    private static final double ALTERNATES = 0.2;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.LEARNING_RATE_CURVE);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(ZERO, GONE);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve rate = examination.learningRate().orElseThrow();
        if (rate.size() < Cadence.FEWEST_EPOCHS) {
            return Verdict.unable(
                    Cadence.tooFew(rate, Cadence.FEWEST_EPOCHS),
                    "log the learning rate every epoch or every few steps");
        }
        List<Finding> findings = new ArrayList<>();
        negative(rate).ifPresent(findings::add);
        goneEarly(examination, rate).ifPresent(findings::add);
        idle(examination, rate).ifPresent(findings::add);
        jumps(rate).ifPresent(findings::add);
        return Verdict.of(findings);
    }

    private static Optional<Finding> negative(Curve rate) {
        int at = rate.argMin();
        return rate.min() < 0
                ? Optional.of(finding(
                        rate,
                        NEGATIVE,
                        "the learning rate is negative: " + Numbers.of(rate.min()) + " at " + rate.place(at)
                                + ", training goes up the gradient",
                        rate.step(at),
                        Evidence.of("lowest learning rate", rate.min(), "")))
                : Optional.empty();
    }

    private Optional<Finding> goneEarly(Examination examination, Curve rate) {
        Schedule schedule = new Schedule(rate);
        Optional<Long> step = schedule.staysBelow(GONE_LEVEL);
        if (step.isEmpty() || schedule.peak() <= 0) {
            return Optional.empty();
        }
        double share = (step.get() - rate.firstStep()) / (double) Math.max(1, rate.lastStep() - rate.firstStep());
        return share <= examination.threshold(this, GONE)
                ? Optional.of(finding(
                        rate,
                        GONE_EARLY,
                        "the learning rate has fallen to a thousandth of its peak by step " + step.get() + ", "
                                + Numbers.percent(share) + " of the run, and stays there",
                        step.get(),
                        Evidence.of("share of the run", share, "share")))
                : Optional.empty();
    }

    private Optional<Finding> idle(Examination examination, Curve rate) {
        double zero = 1e-9 * rate.max();
        int from = 0;
        // A warm-up may begin with zero.
        while (from < rate.size() && rate.value(from) <= zero) {
            from++;
        }
        int longest = 0;
        int longestAt = 0;
        int length = 0;
        for (int i = from; i < rate.size(); i++) {
            length = Math.abs(rate.value(i)) <= zero ? length + 1 : 0;
            boolean comesBack = i + 1 < rate.size() && rate.value(i + 1) > zero;
            if (comesBack && length > longest) {
                longest = length;
                longestAt = i - length + 1;
            }
        }
        double share = longest / (double) rate.size();
        return longest >= 3 && share >= examination.threshold(this, ZERO)
                ? Optional.of(finding(
                        rate,
                        IDLE.score(share),
                        "the learning rate is zero for " + Numbers.percent(share) + " of the run from step "
                                + rate.step(longestAt) + ", and then not",
                        rate.step(longestAt),
                        Evidence.of("share of the run at zero", share, "share")))
                : Optional.empty();
    }

    private static Optional<Finding> jumps(Curve rate) {
        Schedule schedule = new Schedule(rate);
        List<Integer> jumps =
                schedule.jumps().stream().filter(i -> !isRestart(schedule, i)).toList();
        if (jumps.isEmpty() || Schedule.isPeriodic(rate, schedule.jumps()) || jumps.size() > ALTERNATES * rate.size()) {
            return Optional.empty();
        }
        int first = jumps.get(0);
        return Optional.of(finding(
                rate,
                JUMPS.score(jumps.size()),
                "the learning rate jumps up " + Numbers.count(jumps.size(), "time") + ", first from "
                        + Numbers.of(rate.value(first - 1)) + " to " + Numbers.of(rate.value(first)) + " at "
                        + rate.place(first),
                rate.step(first),
                Evidence.of("jumps up by more than 3 times", jumps.size(), "")));
    }

    /** A jump from the floor of a decay back to the peak is how a schedule with restarts looks. */
    private static boolean isRestart(Schedule schedule, int at) {
        return schedule.curve().value(at) >= 0.4 * schedule.peak()
                && schedule.curve().value(at - 1) <= 0.1 * schedule.peak();
    }

    private static Finding finding(Curve rate, int score, String summary, long from, Evidence evidence) {
        return new Finding(INFO, score, summary, Where.series(rate.label(), from, rate.lastStep()), evidence);
    }
}
