package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.Optional;
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
import dev.auscult.diagnose.measure.Convergence;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.ErrorPoints;
import dev.auscult.diagnose.measure.LateGain;
import dev.auscult.diagnose.measure.Plan;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Setting;

/** Sees a run that was stopped while it still got better. */
public final class StillImproving implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("FIT106", "still-improving");
    private static final Threshold GAIN =
            new Threshold("gain", 0.02, "share", "a gain over the last fifth of the run above this counts");
    private static final Threshold DESCENT =
            new Threshold("descent", 0.01, "share", "the gain must be this share of all that the curve came down");
    private static final Threshold PLANNED =
            new Threshold("planned", 0.9, "share", "a run that moves and stopped before this share of its plan counts");
    private static final Threshold POINTS = new Threshold("points", 5, "points", "fewer points than this cannot tell");
    /** Passes (5 % over the last fifth, 11: a remark) and (20 %, 25: low); never more than low. */
    private static final SeverityCurve BY_GAIN = SeverityCurve.logarithmic(0.2, 5.0);

    private static final int MOST = 35;

    /** Share of its peak at which a learning rate has ended. */
    private static final double ENDED = 0.01;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.ANY_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(GAIN, DESCENT, PLANNED, POINTS);
    }

    @Override
    public Verdict examine(Examination e) {
        int needed = (int) e.threshold(this, POINTS);
        Optional<Curve> errors = e.validationScore().flatMap(ErrorPoints::of);
        Curve loss = e.validationLoss()
                .filter(v -> v.size() >= needed)
                .or(e::trainLoss)
                .or(e::validationLoss)
                .orElseThrow();
        int points = Math.max(loss.size(), errors.map(Curve::size).orElse(0));
        if (points < needed) {
            return Verdict.unable(
                    Numbers.count(points, "point") + " found, at least " + needed + " needed",
                    "train for longer, or log more often");
        }
        Optional<Curve> improving = Stream.of(Optional.of(loss), errors)
                .flatMap(Optional::stream)
                .filter(c -> c.size() >= needed && improves(c, e))
                .findFirst();
        Plan plan = Plan.of(e.run());
        boolean early = plan.share() < e.threshold(this, PLANNED)
                && !e.run().has(RunEvent.Kind.EARLY_STOP)
                && !e.run().settings().isOn(Setting.PATIENCE)
                && !Convergence.isFlat(loss)
                && loss.endLevel() < loss.startLevel();
        // Once the learning rate has come down, more epochs bring nothing: only a longer schedule from the start would.
        boolean ended = e.learningRate()
                .filter(lr -> lr.last() <= ENDED * lr.max() && lr.max() > 0)
                .isPresent();
        if ((improving.isEmpty() || ended) && !early) {
            return Verdict.CLEAR;
        }
        Curve curve = improving.orElse(loss);
        LateGain gain = LateGain.of(curve);
        String what = improving.isPresent() ? sentence(curve, errors, gain) : Words.name(loss) + " was not yet flat";
        String stopped = early
                ? "; the run stopped after " + Numbers.of(plan.done()) + " of " + Numbers.of(plan.planned())
                        + " planned " + plan.unit()
                : "";
        return Verdict.found(new Finding(
                INFO,
                Math.min(MOST, BY_GAIN.score(Math.max(0, gain.relative()))),
                what + stopped,
                Where.series(curve.label(), curve.step((int) (0.8 * (curve.size() - 1))), curve.lastStep()),
                Evidence.of(
                        "gain over the last fifth",
                        gain.relative(),
                        "share",
                        "(before - end) / before",
                        Evidence.of("before", gain.before(), ""),
                        Evidence.of("end", gain.end(), ""))));
    }

    private boolean improves(Curve curve, Examination e) {
        LateGain gain = LateGain.of(curve);
        double descent = curve.startLevel() - gain.end();
        return gain.beyondNoise()
                && gain.relative() >= e.threshold(this, GAIN)
                && gain.fall() >= e.threshold(this, DESCENT) * descent;
    }

    private static String sentence(Curve curve, Optional<Curve> errors, LateGain gain) {
        boolean isScore = errors.isPresent() && errors.get() == curve;
        return isScore
                ? Words.name(curve) + " still got better by " + Numbers.of(gain.fall())
                        + " points over the last fifth of the run"
                : Words.name(curve) + " still fell by " + Numbers.percent(gain.relative())
                        + " over the last fifth of the run (" + Numbers.of(gain.before()) + " → "
                        + Numbers.of(gain.end()) + ")";
    }
}
