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
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.ErrorPoints;
import dev.auscult.diagnose.measure.Rise;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Run;

/** Sees held-out loss and score that move in opposite ways, and says which to trust. */
public final class MetricDisagreesWithLoss implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("FIT108", "metric-disagrees-with-loss");
    private static final Threshold RISE =
            new Threshold("rise", 0.05, "share", "a rise of held-out loss above this counts");
    private static final Threshold FALL =
            new Threshold("fall", 0.1, "share", "a fall of held-out loss above this counts");
    private static final Threshold POINTS_LOST =
            new Threshold("points-lost", 2, "points", "a loss of score above this counts");
    private static final Threshold EXCESS =
            new Threshold("excess", 0.03, "share", "a rise below this share of all that the loss came down is nothing");
    private static final Threshold EVALUATIONS =
            new Threshold("evaluations", 4, "points", "fewer evaluations than this cannot tell");
    private static final int REMARK = 20;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return !Task.isRegression(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.VALIDATION_LOSS, Need.VALIDATION_SCORE);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(RISE, FALL, POINTS_LOST, EXCESS, EVALUATIONS);
    }

    @Override
    public Verdict examine(Examination e) {
        Curve loss = e.validationLoss().orElseThrow();
        Optional<Curve> score = e.validationScore().flatMap(ErrorPoints::of);
        int needed = (int) e.threshold(this, EVALUATIONS);
        if (score.isEmpty()) {
            return Verdict.unable("the score has no known scale", "log a score between 0 and 1 on held-out data");
        }
        int found = Math.min(loss.size(), score.get().size());
        if (found < needed) {
            return Verdict.unable(
                    Numbers.count(found, "evaluation") + " with loss and score found, at least " + needed + " needed",
                    "evaluate on held-out data every epoch");
        }
        Rise lossRise = Rise.of(loss);
        double won = OverfittingEvidence.scoreFallSince(lossRise, e);
        boolean rises = lossRise.isReal()
                && lossRise.climb() >= e.threshold(this, RISE) * Math.abs(lossRise.bottom())
                && lossRise.climb() >= e.threshold(this, EXCESS) * lossRise.descentFrom(loss.startLevel());
        if (rises && won > 0) {
            return Verdict.found(new Finding(
                    INFO,
                    REMARK,
                    Words.name(loss) + " rose from " + Numbers.of(lossRise.bottom()) + " to "
                            + Numbers.of(lossRise.end()) + " after "
                            + lossRise.curve().place(lossRise.bottomAt()) + " while " + Words.name(score.get())
                            + " got better by " + Numbers.of(won)
                            + " points: trust the score for the choice of a checkpoint, the loss for probabilities",
                    Where.series(
                            List.of(loss.label(), score.get().label()),
                            lossRise.curve().step(lossRise.bottomAt()),
                            loss.lastStep()),
                    Evidence.of(
                            "rise of the loss",
                            lossRise.climb(),
                            "",
                            "end - bottom",
                            Evidence.of("points won", won, "points"))));
        }
        Rise worse = Rise.of(score.get());
        double then = worse.levelAtBottom(loss.alignedTo(worse.curve()));
        double noise = loss.noise();
        double fall = then - loss.endLevel();
        boolean falls =
                fall >= e.threshold(this, FALL) * Math.abs(then) && fall > 2 * (Double.isNaN(noise) ? 0 : noise);
        if (!worse.isReal() || worse.climb() < e.threshold(this, POINTS_LOST) || !falls) {
            return Verdict.CLEAR;
        }
        return Verdict.found(new Finding(
                INFO,
                REMARK,
                Words.name(score.get()) + " got worse by " + Numbers.of(worse.climb()) + " points after "
                        + worse.curve().place(worse.bottomAt()) + " while " + Words.name(loss) + " fell from "
                        + Numbers.of(then) + " to " + Numbers.of(loss.endLevel())
                        + ": trust the score, and check that the loss measures what it should",
                Where.series(
                        List.of(score.get().label(), loss.label()),
                        worse.curve().step(worse.bottomAt()),
                        loss.lastStep()),
                Evidence.of(
                        "points lost",
                        worse.climb(),
                        "points",
                        "best - end",
                        Evidence.of("fall of the loss", fall, ""))));
    }
}
