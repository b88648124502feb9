package dev.auscult.diagnose.rules;

import java.util.Arrays;
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
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.Task;

/** LRN105: a loss that shoots up at once because the learning rate starts at its peak. */
public final class WarmUpMissing implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("LRN105", "warm-up-missing");
    private static final Threshold RISE = new Threshold(
            "rise", 1.5, "ratio", "early peak of the loss over its start, from which the start was unstable");
    private static final Threshold WITHIN =
            new Threshold("within", 0.05, "share", "of the run within which the loss must shoot up");

    /** A remark: the run goes on, but its start is wasted and may decide where it ends. */
    private static final int REMARK = 30;

    /** Points within the early share without which a rise is an accident. */
    private static final int EARLY_POINTS = 5;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.LEARNING_RATE_CURVE, Need.TRAIN_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(RISE, WITHIN);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve loss = examination.finestTrainLoss().orElseThrow();
        Curve rate = examination.learningRate().orElseThrow();
        int early = (int) Math.ceil(examination.threshold(this, WITHIN) * loss.size());
        if (early < EARLY_POINTS || loss.min() <= 0) {
            return Verdict.unable(
                    Words.name(loss) + " has " + Numbers.count(early, "point") + " in the first "
                            + Numbers.percent(examination.threshold(this, WITHIN)) + " of the run, " + EARLY_POINTS
                            + " needed",
                    "log the training loss more often");
        }
        boolean startsAtPeak = rate.first() >= 0.95 * rate.max();
        if (!startsAtPeak || Task.isPlainGradientDescent(examination.run()) || NotJudged.applies(examination)) {
            return Verdict.CLEAR;
        }
        double start = loss.first();
        Curve beginning = loss.slice(0, early);
        double[] highest = beginning.values();
        Arrays.sort(highest);
        // The third highest point: an early rise lasts, a bad batch does not.
        double peak = highest[early - 3];
        double rise = peak / start;
        double noise = Robust.noise(loss.values());
        if (rise < examination.threshold(this, RISE) || peak - start < 6 * noise) {
            return Verdict.CLEAR;
        }
        long at = beginning.step(beginning.argMax());
        return Verdict.found(new Finding(
                INFO,
                REMARK,
                Words.name(loss) + " shoots up " + Numbers.times(rise) + " (" + Numbers.of(start) + " to "
                        + Numbers.of(peak)
                        + ") by step " + at + " with the learning rate at its peak of " + Numbers.of(rate.max())
                        + " from the first step",
                Where.series(List.of(loss.label(), rate.label()), loss.firstStep(), at),
                Evidence.of(
                        loss.label() + ", early peak over start",
                        rise,
                        "ratio",
                        "third highest of the early points / first point",
                        Evidence.of("noise (standard deviation)", noise, ""))));
    }
}
