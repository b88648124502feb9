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
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.EpochStaircase;

/** LOS109: a training loss that falls at the borders of epochs and is flat within them: it memorises. */
public final class LossStaircase implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOS109", "loss-staircase");
    /** All drops together: 5 % of the level 25; a fifth 42, medium; half 75, high. */
    private static final SeverityCurve SEVERITY = SeverityCurve.logarithmic(0.08, 0.5);

    /** Where validation data tells directly, the stairs are a remark. */
    private static final int WITH_VALIDATION = 35;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.TRAIN_LOSS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve loss = examination.finestTrainLoss().orElseThrow();
        Optional<EpochStaircase> measured = EpochStaircase.of(loss, examination.learningRate());
        if (measured.isEmpty()) {
            return Verdict.unable(
                    "no training loss with an epoch axis, " + EpochStaircase.POINTS_PER_EPOCH + " points in each of "
                            + EpochStaircase.FEWEST_EPOCHS + " epochs",
                    "log the training loss with its epoch at least " + EpochStaircase.POINTS_PER_EPOCH
                            + " times per epoch");
        }
        EpochStaircase stairs = measured.get();
        if (!stairs.isStaircase()) {
            return Verdict.CLEAR;
        }
        boolean validated =
                examination.validationLoss().filter(v -> v.size() > 1).isPresent();
        int score = SEVERITY.score(stairs.relativeDrop());
        String summary = Words.name(loss) + " drops by " + Numbers.of(stairs.drop()) + " at each of " + stairs.borders()
                + " epoch borders and " + (stairs.drift() < 0 ? "falls by " : "rises by ")
                + Numbers.of(Math.abs(stairs.drift())) + " within an epoch: it memorises";
        return Verdict.found(new Finding(
                INFO,
                validated ? Math.min(score, WITH_VALIDATION) : score,
                summary,
                Where.series(loss.label(), stairs.firstStep(), stairs.lastStep()),
                Evidence.of(
                        loss.label() + ", drop at epoch borders, of the level of the first epoch",
                        stairs.relativeDrop(),
                        "share",
                        "sum of (m[e] - m[e+1] + (s[e] + s[e+1]) / 2) / m[0]",
                        Evidence.of("mean drop at a border", stairs.drop(), ""),
                        Evidence.of("mean change within an epoch", stairs.drift(), ""),
                        Evidence.of("z", stairs.z(), ""))));
    }
}
