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
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.ErrorPoints;
import dev.auscult.diagnose.measure.LanguageModel;
import dev.auscult.diagnose.measure.LateGain;
import dev.auscult.run.Quantity;
import dev.auscult.run.Setting;

/** Sees a run that has stopped learning at a poor level, on training data as on other data. */
public final class Underfitting implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("FIT102", "underfitting");
    private static final Threshold FLAT =
            new Threshold("flat", 0.05, "share", "a fall of training loss over the last half below this is flat");
    private static final Threshold TOTAL_GAIN =
            new Threshold("total-gain", 0.3, "share", "a total fall of training loss below this is poor");
    private static final Threshold CLOSE = new Threshold(
            "close", 1.5, "ratio", "held-out loss above this many times the training loss is another fault");
    private static final Threshold POOR_SCORE =
            new Threshold("poor-score", 60, "points", "a best score at or above this is not poor");
    private static final Threshold POOR_DETECTOR =
            new Threshold("poor-detector", 15, "points", "a best mean average precision below this is poor");
    private static final Threshold UNIGRAM = new Threshold(
            "unigram", 2000, "perplexity", "a language model above this perplexity is no better than word frequencies");
    private static final Threshold POINTS =
            new Threshold("points", 10, "points", "fewer points of training loss than this cannot tell");
    /** Without a score a poor level cannot be told from a loss whose floor is high (or a fine-tuned model): low. */
    private static final int LOSS_ONLY_SCORE = 25;

    private static final int DETECTOR_SCORE = 30;

    /** A language model that knows no context is of no use, but may have been stopped on purpose: medium. */
    private static final int UNIGRAM_SCORE = 55;

    /** Evaluations of a language model; one or two may come before it has begun to learn. */
    private static final int PERPLEXITIES = 5;

    /** Passes (30 % gone, 25) and (5 % gone, 75): a loss that hardly moved is high, one that moved a little medium. */
    private static final SeverityCurve BY_GAIN = SeverityCurve.linear(0.30, 0.05);

    private static final int BLOCKS = 10;

    /** Gain over the last fifth, as in the rule about runs that still improve. */
    private static final double STILL_FALLING = 0.02;

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
        return List.of(FLAT, TOTAL_GAIN, CLOSE, POOR_SCORE, POOR_DETECTOR, UNIGRAM, POINTS);
    }

    @Override
    public Verdict examine(Examination e) {
        Curve train = e.trainLoss().orElseThrow();
        int needed = (int) e.threshold(this, POINTS);
        if (train.size() < needed) {
            return Verdict.unable(
                    Numbers.count(train.size(), "point") + " of training loss found, at least " + needed + " needed",
                    "log the training loss every epoch, or every few steps, for longer");
        }
        Optional<Finding> noContext = HeldOut.curve(e.run(), Quantity.PERPLEXITY)
                .filter(p -> p.size() >= PERPLEXITIES && p.endLevel() > e.threshold(this, UNIGRAM))
                .map(Underfitting::noContext);
        if (noContext.isPresent()) {
            return Verdict.found(noContext.get());
        }
        Optional<Curve> errors = e.validationScore().or(e::trainScore).flatMap(ErrorPoints::of);
        if (e.convergence().scoreAtGoal()) {
            return Verdict.CLEAR;
        }
        double best = errors.map(c -> 100 - c.min()).orElse(Double.NaN);
        boolean detector =
                errors.filter(c -> c.key().quantity() == Quantity.MAP).isPresent();
        if (detector) {
            return poorDetector(e, errors.orElseThrow(), best);
        }
        if (best >= e.threshold(this, POOR_SCORE)) {
            return Verdict.CLEAR;
        }
        double[] blocks = train.blockMedians(BLOCKS);
        // The first points of a log often hold the whole descent of a fine-tuned model.
        double start = Math.max(train.startLevel(), train.first());
        double middle = blocks[BLOCKS / 2 - 1];
        double end = train.endLevel();
        double total = 1 - end / start;
        double late = 1 - end / middle;
        boolean flat = start > 0
                && middle > 0
                && Math.abs(late) < e.threshold(this, FLAT)
                && total < e.threshold(this, TOTAL_GAIN)
                && total > -e.threshold(this, FLAT)
                && !stillFalls(train);
        boolean close = e.validationLoss()
                .map(v -> v.endLevel() <= e.threshold(this, CLOSE) * end)
                .orElse(true);
        if (!flat || !close || e.run().settings().isOn(Setting.PRETRAINED) || LanguageModel.isLikely(e.run())) {
            return Verdict.CLEAR;
        }
        // A score that came a good part of its way says that the loss has a high floor.
        boolean scoreMoved = errors.map(c -> c.startLevel() - c.endLevel() > 0.3 * c.startLevel())
                .orElse(false);
        // A tiny learning rate that does its slow work says nothing of what the model can express.
        if (scoreMoved || TinyRate.explains(e, train)) {
            return Verdict.CLEAR;
        }
        int score = errors.isPresent() ? BY_GAIN.score(Math.max(0, total)) : LOSS_ONLY_SCORE;
        return Verdict.found(new Finding(
                INFO,
                Math.min(89, score),
                Words.name(train) + " " + Words.fell(total) + " in all (" + Numbers.of(start) + " → "
                        + Numbers.of(end) + ") and " + Words.fell(late) + " over the last half"
                        + (errors.isPresent() ? "; the best score is " + Numbers.of(best) + " %" : ""),
                Where.series(train.label(), train.step(train.size() / 2), train.lastStep()),
                Evidence.of(
                        "total fall",
                        total,
                        "share",
                        "1 - end / start",
                        Evidence.of("start of " + train.label(), start, ""),
                        Evidence.of("middle of " + train.label(), middle, ""),
                        Evidence.of("end of " + train.label(), end, ""),
                        Evidence.of("best score", best, "%"))));
    }

    private Verdict poorDetector(Examination e, Curve errors, double best) {
        if (errors.size() < 2 * e.threshold(this, POINTS) || best >= e.threshold(this, POOR_DETECTOR)) {
            return Verdict.CLEAR;
        }
        return Verdict.found(new Finding(
                INFO,
                DETECTOR_SCORE,
                "after " + Numbers.count(errors.size(), "evaluation") + " the " + Words.name(errors) + " is still "
                        + Numbers.of(best) + " % at best",
                Where.series(errors.label(), errors.step(errors.size() / 2), errors.lastStep()),
                Evidence.of("best " + errors.label(), best, "%")));
    }

    private static Finding noContext(Curve perplexity) {
        return new Finding(
                INFO,
                UNIGRAM_SCORE,
                Words.name(perplexity) + " is still " + Numbers.of(perplexity.endLevel()) + " after "
                        + Numbers.count(perplexity.size(), "evaluation")
                        + ", no better than guessing by word frequency",
                Where.series(perplexity.label(), perplexity.firstStep(), perplexity.lastStep()),
                Evidence.of("end of " + perplexity.label(), perplexity.endLevel(), "perplexity"));
    }

    /** A slow descent that goes on is not flat. */
    private static boolean stillFalls(Curve train) {
        LateGain late = LateGain.of(train);
        return late.beyondNoise() && late.relative() >= STILL_FALLING;
    }
}
