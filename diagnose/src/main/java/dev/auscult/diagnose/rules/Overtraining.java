package dev.auscult.diagnose.rules;

import java.util.Arrays;
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
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.ErrorPoints;
import dev.auscult.diagnose.measure.Rise;

/** Sees a run that went on long after its best point on held-out data, and says which checkpoint to take. */
public final class Overtraining implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("FIT103", "overtraining");
    private static final Threshold TAIL =
            new Threshold("tail", 0.3, "share", "the best point must come this share of the run before its end");
    private static final Threshold LOSS_RISE =
            new Threshold("loss-rise", 0.02, "share", "held-out loss this far above its best is worse");
    private static final Threshold SCORE_DROP =
            new Threshold("score-drop", 1, "points", "a held-out score this far below its best is worse");
    private static final Threshold EVALUATIONS =
            new Threshold("evaluations", 5, "points", "fewer evaluations than this cannot tell");
    /** Passes (5 % worse, 25) and (100 % worse, 75), at most medium: the best checkpoint may have been kept. */
    private static final SeverityCurve BY_RISE = SeverityCurve.logarithmic(0.05, 1.0);

    /** Passes (2 points, 25) and (20 points, 75). */
    private static final SeverityCurve BY_DROP = SeverityCurve.logarithmic(2, 20);

    private static final int MOST = 60;

    /** A loss alone, or a score within the scatter of counting, does not say that the model became worse: low. */
    private static final int MOST_WHEN_DOUBTFUL = 39;

    /** On larger sets the scatter of counting is below the drop that is asked for. */
    private static final int MOST_EXAMPLES = 500;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no loss or score on held-out data in this log",
                "evaluate on held-out data every epoch and log loss and score",
                e -> e.validationLoss().isPresent() || e.validationScore().isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(TAIL, LOSS_RISE, SCORE_DROP, EVALUATIONS);
    }

    @Override
    public Verdict examine(Examination e) {
        Optional<Curve> errors = e.validationScore().flatMap(ErrorPoints::of);
        // The score is what the model is for; the loss speaks where there is none.
        boolean byScore = errors.isPresent();
        Curve judged = errors.or(e::validationLoss).or(e::validationScore).orElseThrow();
        int needed = (int) e.threshold(this, EVALUATIONS);
        if (judged.size() < needed) {
            return Verdict.unable(
                    Numbers.count(judged.size(), "evaluation") + " on held-out data found, at least " + needed
                            + " needed",
                    "evaluate on held-out data every epoch");
        }
        if (!byScore && e.validationLoss().isEmpty()) {
            return Verdict.unable("the score has no known scale", "log the loss on held-out data too");
        }
        Rise rise = Rise.of(judged);
        boolean worse = byScore
                ? rise.climb() >= e.threshold(this, SCORE_DROP)
                : rise.climb() >= e.threshold(this, LOSS_RISE) * Math.abs(rise.bottom())
                        && rise.climb() >= e.threshold(this, LOSS_RISE) * rise.descentFrom(judged.startLevel());
        if (!worse || !rise.isReal() || rise.bottomShare() > 1 - e.threshold(this, TAIL)) {
            return Verdict.CLEAR;
        }
        double share = rise.climb() / Math.abs(rise.bottom());
        boolean doubtful = !byScore || isCountingNoise(e, judged, rise);
        int score = Math.min(
                doubtful ? MOST_WHEN_DOUBTFUL : MOST, byScore ? BY_DROP.score(rise.climb()) : BY_RISE.score(share));
        double best = byScore ? 100 - rise.bottom() : rise.bottom();
        double end = byScore ? 100 - rise.end() : rise.end();
        String unit = byScore ? " %" : "";
        String place = rise.curve().place(rise.bottomAt());
        return Verdict.found(new Finding(
                INFO,
                score,
                "training went on for " + Numbers.percent(1 - rise.bottomShare()) + " of the run after "
                        + Words.name(judged)
                        + " was best at " + place + " (" + Numbers.of(best) + unit + ", at the end " + Numbers.of(end)
                        + unit + "); take the checkpoint of " + place,
                Where.series(judged.label(), rise.curve().step(rise.bottomAt()), judged.lastStep()),
                Evidence.of(
                        "worse than the best",
                        rise.climb(),
                        byScore ? "points" : "",
                        "level at the end against best level",
                        Evidence.of("best level", best, byScore ? "%" : ""),
                        Evidence.of("level at the end", end, byScore ? "%" : ""))));
    }

    /**
     * Whether a score counted on n examples ends below its best level by less than two standard errors of such a
     * difference, sqrt(2 p (1 - p) / n): the best of many evaluations is a lucky one.
     *
     * @param errors wrong answers in points
     */
    private static boolean isCountingNoise(Examination e, Curve errors, Rise rise) {
        double[] shares = Arrays.stream(errors.values()).map(v -> v / 100).toArray();
        int examples = HeldOutExamples.of(e, shares, MOST_EXAMPLES);
        double p = Math.max(0, Math.min(1, rise.end() / 100));
        return examples > 0 && rise.climb() < 2 * 100 * Math.sqrt(2 * p * (1 - p) / examples);
    }
}
