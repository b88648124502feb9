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
import dev.auscult.diagnose.measure.ErrorPoints;
import dev.auscult.diagnose.measure.Paired;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.run.Setting;

/** Explains a held-out loss that stays below the training loss, which alarms many people and seldom should. */
public final class ValidationBetterThanTrain implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("FIT105", "validation-better-than-train");
    private static final Threshold BELOW =
            new Threshold("below", 0.05, "share", "held-out loss this far below the training loss counts");
    private static final Threshold PERSISTENT = new Threshold(
            "persistent", 0.8, "share", "it must be below at this share of the evaluations after the first fifth");
    private static final Threshold EVALUATIONS =
            new Threshold("evaluations", 5, "points", "fewer evaluations than this cannot tell");
    private static final int REMARK = 10;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.TRAIN_LOSS, Need.VALIDATION_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(BELOW, PERSISTENT, EVALUATIONS);
    }

    @Override
    public Verdict examine(Examination e) {
        Paired losses =
                Paired.of(e.trainLoss().orElseThrow(), e.validationLoss().orElseThrow());
        int n = losses.size();
        int needed = (int) e.threshold(this, EVALUATIONS);
        if (n < needed) {
            return Verdict.unable(
                    Numbers.count(n, "evaluation") + " found, at least " + needed + " needed",
                    "evaluate on held-out data every epoch");
        }
        int from = n / 5;
        double[] differences = losses.differences();
        int below = 0;
        for (int i = from; i < n; i++) {
            below += differences[i] < 0 ? 1 : 0;
        }
        double ratio = losses.ratio(from, n);
        double level = Robust.median(losses.heldOut().values(from, n));
        double typical = -Robust.median(Arrays.copyOfRange(differences, from, n));
        double noise = losses.heldOut().noise();
        boolean clear = ratio <= 1 - e.threshold(this, BELOW)
                && below >= e.threshold(this, PERSISTENT) * (n - from)
                && level > 0
                && typical > (Double.isNaN(noise) ? 0 : noise);
        if (!clear) {
            return Verdict.CLEAR;
        }
        return Verdict.found(new Finding(
                INFO,
                REMARK,
                Words.name(losses.heldOut()) + " is " + Numbers.percent(1 - ratio) + " below the training loss at "
                        + below + " of " + Numbers.count(n - from, "evaluation") + "; " + explanation(e),
                Where.series(
                        List.of(losses.heldOut().label(), losses.train().label()),
                        losses.heldOut().step(from),
                        losses.heldOut().lastStep()),
                Evidence.of(
                        "held-out loss / training loss",
                        ratio,
                        "ratio",
                        "median after the first fifth of the evaluations",
                        Evidence.of("held-out level", level, ""),
                        Evidence.of("difference", typical, ""))));
    }

    private static String explanation(Examination e) {
        // Where every answer is right, both losses are near zero and their ratio needs no regularisation to differ.
        if (e.validationScore()
                .flatMap(ErrorPoints::of)
                .filter(c -> c.endLevel() <= 0.1)
                .isPresent()) {
            return "with every held-out answer right, such a ratio says nothing of regularisation; if it was so from"
                    + " the start, look for a leak";
        }
        for (Setting setting : List.of(Setting.DROPOUT, Setting.AUGMENTATION, Setting.LABEL_SMOOTHING)) {
            if (e.run().settings().isOn(setting)) {
                return setting.key().replace('-', ' ') + " is on in training only, which explains it";
            }
        }
        return "usually because dropout, augmentation or a penalty is on in training only, or because the training"
                + " loss is a mean over an epoch in which the model still improved";
    }
}
