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
import dev.auscult.diagnose.measure.CurveChoice;
import dev.auscult.diagnose.measure.Divergence;
import dev.auscult.diagnose.measure.Schedule;

/** LOS102: a training loss that ends far above the lowest level it reached. */
public final class Diverged implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOS102", "diverged");
    private static final Threshold RATIO =
            new Threshold("ratio", 3, "ratio", "end level over lowest level, above which the loss has diverged");

    /** 1.5 times: 25, a bad end; 3 times: 75, high; 6 times: 93, critical. */
    private static final SeverityCurve SEVERITY = SeverityCurve.logarithmic(1.5, 3);

    /** A loss that starts below zero (a Wasserstein distance, a log density) may end elsewhere for a good reason: medium. */
    private static final int MOST_WHEN_NEGATIVE = 59;

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
        return List.of(RATIO);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve loss = examination.trainLoss().orElseThrow();
        if (NotJudged.applies(examination)) {
            return NotJudged.unable(examination);
        }
        if (loss.size() < Cadence.FEWEST_EPOCHS) {
            return Verdict.unable(
                    Cadence.tooFew(loss, Cadence.FEWEST_EPOCHS),
                    "log the training loss every epoch or every few steps");
        }
        if (loss.startLevel() < 0 && CurveChoice.isSum(loss)) {
            return Verdict.unable(
                    "the parts of the loss add up to less than zero, so they may oppose each other",
                    "log the whole loss beside its parts");
        }
        Divergence divergence = Divergence.of(loss);
        if (!divergence.isDiverged(examination.threshold(this, RATIO)) || restartedJustNow(examination, loss)) {
            return Verdict.CLEAR;
        }
        int at = divergence.lowestAt();
        String summary = Words.name(loss) + " ends at " + Numbers.of(divergence.end())
                + (divergence.lowest() > 0
                        ? ", " + Numbers.times(divergence.ratio()) + " its lowest level of "
                        : ", its lowest level was ")
                + Numbers.of(divergence.lowest()) + " at " + loss.place(at) + ", and does not come back";
        Evidence evidence = Evidence.of(
                loss.label() + ", end over lowest level",
                divergence.ratio(),
                "ratio",
                "median of the last tenth / minimum of the running median",
                Evidence.of("lowest level, " + loss.place(at), divergence.lowest(), ""),
                Evidence.of("level at the start", divergence.start(), ""),
                Evidence.of("level at the end", divergence.end(), ""),
                Evidence.of("noise (standard deviation)", divergence.noise(), ""));
        return Verdict.found(new Finding(
                INFO,
                Math.min(loss.startLevel() < 0 ? MOST_WHEN_NEGATIVE : 100, SEVERITY.score(divergence.ratio())),
                summary,
                Where.series(loss.label(), loss.step(at), loss.lastStep()),
                evidence));
    }

    /** A learning rate that has just been set up again lifts the loss for a while; the log then ends too early to tell. */
    private static boolean restartedJustNow(Examination examination, Curve loss) {
        long recent = loss.lastStep() - (loss.lastStep() - loss.firstStep()) / 5;
        return examination
                .learningRate()
                .filter(lr -> new Schedule(lr).jumpsBetween(recent, loss.lastStep()))
                .isPresent();
    }
}
