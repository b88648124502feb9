package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.OptionalInt;

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
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Setting;

/** LOS111: a loss that is a sum over the batch, or of targets in large units. */
public final class LossScale implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOS111", "loss-scale");
    private static final Threshold NEAR = new Threshold(
            "tolerance",
            0.05,
            "ratio",
            "distance of the first loss from batch size times log of the number of classes");
    private static final Threshold LARGE =
            new Threshold("large", 1000, "loss", "first loss of a regression from which its targets look unscaled");

    /** The optimizer sees gradients as many times larger as there are rows in a batch. */
    private static final int SUMMED = 35;

    /** A remark: the unit of a loss is the user's. */
    private static final int REMARK = 10;

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
        return List.of(NEAR, LARGE);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve loss = examination.finestTrainLoss().orElseThrow();
        OptionalInt classes = Task.classes(examination.run());
        double batch = examination.run().settings().number(Setting.BATCH_SIZE).orElse(Double.NaN);
        if (classes.isPresent() && batch >= 2) {
            double expected = batch * Math.log(classes.getAsInt());
            boolean summed = Math.abs(loss.first() / expected - 1) <= examination.threshold(this, NEAR);
            return summed
                    ? Verdict.found(finding(
                            loss,
                            SUMMED,
                            Words.name(loss) + " starts at " + Numbers.of(loss.first()) + ", which is the batch size "
                                    + Numbers.of(batch) + " times log " + classes.getAsInt()
                                    + ": it is summed over the batch",
                            expected))
                    : Verdict.CLEAR;
        }
        boolean regression = Task.isRegression(examination.run())
                || (classes.isEmpty()
                        && examination
                                .validationScore()
                                .or(examination::trainScore)
                                .isEmpty());
        if (!regression) {
            return Verdict.unable(
                    "neither the number of classes nor the batch size is known",
                    "write the number of classes and the batch size to the log");
        }
        double large = examination.threshold(this, LARGE);
        return loss.startLevel() >= large
                ? Verdict.found(finding(
                        loss,
                        REMARK,
                        Words.name(loss) + " starts at " + Numbers.of(loss.startLevel())
                                + ": its targets are in large units, or it is summed and not averaged",
                        large))
                : Verdict.CLEAR;
    }

    private static Finding finding(Curve loss, int score, String summary, double reference) {
        return new Finding(
                INFO,
                score,
                summary,
                Where.series(loss.label(), loss.firstStep(), loss.firstStep()),
                Evidence.of(
                        loss.label() + " at the start", loss.first(), "", "compared with " + Numbers.of(reference)));
    }
}
