package dev.auscult.diagnose.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
import dev.auscult.diagnose.measure.Divergence;
import dev.auscult.diagnose.measure.Oscillation;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.Schedule;
import dev.auscult.diagnose.measure.Spikes;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Setting;

/** LRN101: a learning rate at which the loss cannot fall. */
public final class LearningRateTooHigh implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LRN101", "learning-rate-too-high");
    private static final Threshold ABOVE_UNIFORM = new Threshold(
            "above-uniform",
            1.05,
            "ratio",
            "loss over log C, above which the model is worse than one that knows nothing");
    private static final Threshold ADAPTIVE = new Threshold(
            "adaptive", 0.01, "learning rate", "from which Adam and its kin are at ten times their usual rate");
    private static final Threshold PLAIN =
            new Threshold("plain", 1, "learning rate", "from which gradient descent is at ten times its usual rate");
    private static final Threshold FALL = new Threshold(
            "fall-after-cut", 0.2, "ratio", "fall of the loss after a cut of the rate, where it had not fallen before");

    /** Fall that only the cut made possible: 20 % 50, medium; half 75, high. */
    private static final SeverityCurve SEVERITY = SeverityCurve.linear(-0.1, 0.5);

    /** Worse than knowing nothing for half of the run. */
    private static final int WORSE_THAN_NOTHING = 80;

    /** A large rate and an unstable loss. */
    private static final int UNSTABLE = 65;

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
        return List.of(ABOVE_UNIFORM, ADAPTIVE, PLAIN, FALL);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve loss = examination.trainLoss().orElseThrow();
        int needed = Cadence.needed(loss);
        if (loss.size() < needed) {
            return Verdict.unable(Cadence.tooFew(loss, needed), "log the training loss every epoch or every few steps");
        }
        if (NotJudged.applies(examination)) {
            return NotJudged.unable(examination);
        }
        double rate = examination
                .learningRate()
                .map(Curve::max)
                .orElseGet(() -> examination
                        .run()
                        .settings()
                        .number(Setting.LEARNING_RATE)
                        .orElse(Double.NaN));
        return worseThanNothing(examination, loss, rate)
                .or(() -> fellOnlyAfterCut(examination, loss))
                .or(() -> unstable(examination, loss, rate))
                .map(Verdict::found)
                .orElse(Verdict.CLEAR);
    }

    private Optional<Finding> worseThanNothing(Examination examination, Curve loss, double rate) {
        OptionalInt classes = Task.classes(examination.run());
        if (classes.isEmpty() || loss.size() < Cadence.FEWEST_STEPS) {
            return Optional.empty();
        }
        double uniform = Math.log(classes.getAsInt());
        double[] blocks = loss.blockMedians(10);
        long above = Arrays.stream(blocks)
                .filter(b -> b > uniform * examination.threshold(this, ABOVE_UNIFORM))
                .count();
        // A loss that starts far above log C is measured in another unit.
        boolean sameUnit = loss.first() < 2 * uniform;
        if (!sameUnit || above < 5) {
            return Optional.empty();
        }
        return Optional.of(finding(
                loss,
                WORSE_THAN_NOTHING,
                loss.firstStep(),
                Words.name(loss) + " is above log " + classes.getAsInt() + " = " + Numbers.of(uniform) + " in " + above
                        + " tenths of the run at a learning rate of " + Numbers.of(rate)
                        + ": worse than knowing nothing",
                Evidence.of("median of the run over log C", Robust.median(loss.values()) / uniform, "ratio")));
    }

    private Optional<Finding> fellOnlyAfterCut(Examination examination, Curve loss) {
        Optional<Curve> learningRate = examination.learningRate();
        if (learningRate.isEmpty() || loss.min() <= 0) {
            return Optional.empty();
        }
        Curve lr = learningRate.get();
        for (int i = Math.max(1, new Schedule(lr).peakAt()); i < lr.size(); i++) {
            if (!(lr.value(i - 1) >= Schedule.JUMP * lr.value(i))) {
                continue;
            }
            int at = loss.indexAtOrBefore(lr.step(i) - 1) + 1;
            if (at < Spikes.BEFORE || loss.size() - at < Spikes.BEFORE) {
                continue;
            }
            double start = loss.slice(0, at).startLevel();
            double before = Robust.median(loss.values(at - Math.max(3, at / 4), at));
            int back = restoredAt(lr, i, loss);
            double fall = 1 - loss.slice(0, back).endLevel() / before;
            boolean learnedNothing = Robust.quantile(loss.values(0, at), 0.25) >= 0.95 * start;
            boolean beyondNoise = before - loss.slice(0, back).endLevel()
                    > 3 * loss.slice(0, at).noise();
            boolean enoughBelow = back - at >= Spikes.BEFORE;
            boolean fallsAtTheSameRate =
                    loss.size() - back >= Spikes.BEFORE && Robust.median(loss.values(back, loss.size())) < 0.95 * start;
            if (learnedNothing
                    && beyondNoise
                    && enoughBelow
                    && !fallsAtTheSameRate
                    && fall >= examination.threshold(this, FALL)) {
                return Optional.of(finding(
                        loss,
                        SEVERITY.score(fall),
                        lr.step(i),
                        Words.name(loss) + " did not fall (" + Numbers.of(start) + " to " + Numbers.of(before)
                                + ") until the learning rate was cut from " + Numbers.of(lr.value(i - 1)) + " to "
                                + Numbers.of(lr.value(i)) + " at step " + lr.step(i) + ", then by "
                                + Numbers.percent(fall),
                        Evidence.of("fall after the cut", fall, "ratio")));
            }
        }
        return Optional.empty();
    }

    /**
     * Index of the first point of the loss at which the rate is back where it was before the cut, as after a warm restart;
     * the number of points if it never is. What the loss does from there on is not the work of the cut, and a loss that
     * stays below its start there says that this rate was not too high.
     */
    private static int restoredAt(Curve lr, int cut, Curve loss) {
        for (int i = cut + 1; i < lr.size(); i++) {
            if (lr.value(i) >= lr.value(cut - 1)) {
                return loss.indexAtOrBefore(lr.step(i) - 1) + 1;
            }
        }
        return loss.size();
    }

    private Optional<Finding> unstable(Examination examination, Curve loss, double rate) {
        boolean large = rate >= examination.threshold(this, Task.isAdaptive(examination.run()) ? ADAPTIVE : PLAIN);
        boolean diverged = Divergence.of(loss).isDiverged(3);
        boolean oscillates = examination
                .validationLoss()
                .flatMap(v -> Oscillation.of(v, 0.3))
                .filter(o -> o.isUndamped(0.25))
                .isPresent();
        if (!large || !(diverged || oscillates)) {
            return Optional.empty();
        }
        return Optional.of(finding(
                loss,
                UNSTABLE,
                loss.firstStep(),
                "the loss " + (diverged ? "diverged" : "oscillates from epoch to epoch") + " at a learning rate of "
                        + Numbers.of(rate) + ", which is large for this optimizer",
                Evidence.of("learning rate", rate, "")));
    }

    private static Finding finding(Curve loss, int score, long from, String summary, Evidence evidence) {
        return new Finding(INFO, score, summary, Where.series(loss.label(), from, loss.lastStep()), evidence);
    }
}
