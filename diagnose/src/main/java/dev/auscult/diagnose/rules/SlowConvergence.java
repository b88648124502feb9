package dev.auscult.diagnose.rules;

import java.util.List;

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
import dev.auscult.diagnose.measure.Cadence;
import dev.auscult.diagnose.measure.Convergence;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.Descent;

/** LOS106: a loss that falls steadily but so slowly that the run cannot arrive. */
public final class SlowConvergence implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("LOS106", "slow-convergence");
    private static final Threshold FALL = new Threshold(
            "fall",
            0.2,
            "ratio",
            "fall of the loss from the first to the last third below which a straight descent is slow");

    /** A remark: the run does not go wrong, it goes slowly. */
    private static final int REMARK = 25;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.TRAIN_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(FALL);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve loss = examination.trainLoss().orElseThrow();
        int needed = 2 * Cadence.needed(loss);
        if (loss.size() < needed) {
            return Verdict.unable(Cadence.tooFew(loss, needed), "log the training loss more often or train longer");
        }
        Convergence convergence = examination.convergence();
        boolean judged = loss.min() > 0 && !convergence.hasLearned() && !NotJudged.applies(examination);
        Descent descent = Descent.of(loss.reduced(40));
        if (!judged || !descent.isStraight() || descent.relativeFall() >= examination.threshold(this, FALL)) {
            return Verdict.CLEAR;
        }
        String summary =
                Words.name(loss) + " falls in a straight line by only " + Numbers.percent(descent.relativeFall()) + " ("
                        + Numbers.of(descent.start()) + " to " + Numbers.of(descent.end()) + ") and is far from flat";
        return Verdict.found(new Finding(
                INFO,
                REMARK,
                summary,
                Where.series(loss.label(), loss.firstStep(), loss.lastStep()),
                Evidence.of(
                        loss.label() + ", fall from the first to the last third",
                        descent.relativeFall(),
                        "ratio",
                        "(mean of first third - mean of last third) / mean of first third",
                        Evidence.of("late fall over early fall", descent.linearity(), "ratio"),
                        Evidence.of("Mann-Kendall z", descent.z(), ""))));
    }
}
