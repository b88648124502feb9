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
import dev.auscult.diagnose.measure.Cadence;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.Descent;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Setting;

/** LRN102: a learning rate so small that the loss falls in a clean straight line and gets nowhere. */
public final class LearningRateTooLow implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LRN102", "learning-rate-too-low");
    private static final Threshold ADAPTIVE = new Threshold(
            "adaptive",
            TinyRate.ADAPTIVE,
            "learning rate",
            "below which Adam and its kin are at a tenth of the least usual rate");
    private static final Threshold PLAIN = new Threshold(
            "plain",
            TinyRate.PLAIN,
            "learning rate",
            "below which gradient descent is at a tenth of the least usual rate");
    private static final Threshold FALL = new Threshold(
            "fall",
            TinyRate.FALL,
            "ratio",
            "fall of the loss from the first to the last third from which the rate does its work");

    /** Fall from the first to the last third: half 25; 5 % 65, medium. */
    private static final SeverityCurve SEVERITY = SeverityCurve.linear(0.5, -0.07);

    private static final Need RATE = new Need(
            "no learning rate in this log",
            "log the learning rate, or write it to the settings",
            e -> e.learningRate().isPresent()
                    || e.run().settings().number(Setting.LEARNING_RATE).isPresent());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.TRAIN_LOSS, RATE);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(ADAPTIVE, PLAIN, FALL);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve loss = examination.trainLoss().orElseThrow();
        int needed = 2 * Cadence.needed(loss);
        if (loss.size() < needed) {
            return Verdict.unable(Cadence.tooFew(loss, needed), "log the training loss more often or train longer");
        }
        double rate = TinyRate.of(examination);
        Descent descent = TinyRate.descent(loss);
        boolean plain = Task.isPlainGradientDescent(examination.run());
        double tiny = examination.threshold(this, plain ? PLAIN : ADAPTIVE);
        if (NotJudged.applies(examination)
                || !TinyRate.explains(examination, loss, tiny, examination.threshold(this, FALL))) {
            return Verdict.CLEAR;
        }
        String summary = Words.name(loss) + " falls in a straight line by only "
                + Numbers.percent(descent.relativeFall())
                + " (" + Numbers.of(descent.start()) + " to " + Numbers.of(descent.end()) + ") at a learning rate of "
                + Numbers.of(rate);
        return Verdict.found(new Finding(
                INFO,
                SEVERITY.score(descent.relativeFall()),
                summary,
                Where.series(loss.label(), loss.firstStep(), loss.lastStep()),
                Evidence.of(
                        loss.label() + ", fall from the first to the last third",
                        descent.relativeFall(),
                        "ratio",
                        "(mean of first third - mean of last third) / mean of first third",
                        Evidence.of("learning rate", rate, ""),
                        Evidence.of("late fall over early fall", descent.linearity(), "ratio"),
                        Evidence.of("fall per point over noise", descent.signalToNoise(), "ratio"))));
    }
}
