package dev.auscult.diagnose.rules;

import java.util.Comparator;
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
import dev.auscult.run.Grain;
import dev.auscult.run.Quantity;
import dev.auscult.run.Series;

/** Sees a run that is too short to be judged. */
public final class TooShort implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("FIT107", "too-short");
    private static final Threshold EPOCHS =
            new Threshold("epochs", 5, "points", "fewer points per epoch than this are too few");
    private static final Threshold STEPS =
            new Threshold("steps", 50, "points", "fewer points per step than this are too few");
    private static final Threshold WARM_UP = new Threshold(
            "warm-up",
            2,
            "ratio",
            "a learning rate that ends at its highest, this many times its start, is still warming up");
    private static final int SCORE_FEW = 20;

    private static final int SCORE_WARM_UP = 20;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no loss and no score in this log",
                "log the training loss every epoch or every few steps",
                e -> e.run().metrics().stream().anyMatch(TooShort::isMeasure)));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(EPOCHS, STEPS, WARM_UP);
    }

    @Override
    public Verdict examine(Examination e) {
        List<Series> measures =
                e.run().metrics().stream().filter(TooShort::isMeasure).toList();
        int epochs = measures.stream()
                .filter(TooShort::isPerEpoch)
                .mapToInt(Series::size)
                .max()
                .orElse(0);
        int steps = measures.stream().mapToInt(Series::size).max().orElse(0);
        int fewEpochs = (int) e.threshold(this, EPOCHS);
        int fewSteps = (int) e.threshold(this, STEPS);
        boolean few = epochs < fewEpochs && steps < fewSteps;
        boolean warming = e.learningRate()
                .filter(lr -> isWarmingUp(lr, e.threshold(this, WARM_UP)))
                .isPresent();
        if (!few && !warming) {
            return Verdict.CLEAR;
        }
        Series longest =
                measures.stream().max(Comparator.comparingInt(Series::size)).orElseThrow();
        String why = few
                ? Numbers.count(epochs, "point") + " per epoch and " + Numbers.count(steps, "point")
                        + " in the longest series found; " + fewEpochs + " or " + fewSteps + " are needed to judge"
                : "the learning rate still warms up at the end ("
                        + e.learningRate()
                                .map(lr -> Numbers.of(lr.first()) + " → " + Numbers.of(lr.last()))
                                .orElse("")
                        + ")";
        return Verdict.found(new Finding(
                INFO,
                few ? SCORE_FEW : SCORE_WARM_UP,
                why,
                Where.series(longest.key().label(), longest.firstStep(), longest.lastStep()),
                Evidence.of(
                        "points of the longest series",
                        steps,
                        "points",
                        "",
                        Evidence.of("points of the longest series per epoch", epochs, "points"))));
    }

    private static boolean isMeasure(Series series) {
        Quantity quantity = series.key().quantity();
        return quantity == Quantity.LOSS || quantity == Quantity.PERPLEXITY || quantity.isScore();
    }

    /** Evaluations count as epochs, and so do points at whole epochs or at consecutive steps from 0 or 1. */
    private static boolean isPerEpoch(Series series) {
        if (series.key().grain() == Grain.EPOCH || series.key().split().isHeldOut()) {
            return true;
        }
        if (series.key().grain() == Grain.STEP) {
            return false;
        }
        boolean whole = series.hasEpochs();
        for (int i = 0; i < series.size() && whole; i++) {
            whole = series.epoch(i) == Math.rint(series.epoch(i)) && (i == 0 || series.epoch(i) != series.epoch(i - 1));
        }
        return whole
                || (!series.hasEpochs()
                        && series.firstStep() <= 1
                        && series.lastStep() - series.firstStep() == series.size() - 1);
    }

    private static boolean isWarmingUp(Curve rate, double factor) {
        int n = rate.size();
        if (n < 5 || rate.first() < 0 || rate.last() < factor * rate.first() || rate.last() <= 0) {
            return false;
        }
        for (int i = 1; i < n; i++) {
            if (rate.value(i) < rate.value(i - 1)) {
                return false;
            }
        }
        return rate.value(n - 1) > rate.value((int) (0.8 * (n - 1)));
    }
}
