package dev.auscult.diagnose.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Severity;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.EpochStaircase;
import dev.auscult.diagnose.measure.ErrorPoints;
import dev.auscult.diagnose.measure.LateGain;
import dev.auscult.diagnose.measure.Paired;
import dev.auscult.diagnose.measure.Rise;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.run.Quantity;

/**
 * One way in which a run shows that it fits its training data better than held-out data.
 *
 * @param score severity score 0..100
 * @param summary one sentence
 * @param where the series and steps
 * @param evidence the levels compared
 */
record OverfittingEvidence(int score, String summary, Where where, Evidence evidence) {
    /** Least score of severity medium minus one: shown, never loud. */
    static final int MOST_WHEN_DOUBTFUL = 39;

    /** Worse than high is only a run whose result is lost; an overfitted one has its best checkpoint. */
    private static final int MOST = 89;

    /** A ratio or a staircase says less than a rise: medium. */
    private static final int INDIRECT_SCORE = 45;

    /** Passes (10 % rise, 40: medium) and (30 %, 70: high). */
    private static final SeverityCurve BY_RISE = SeverityCurve.logarithmic(0.0544, 0.374);

    /** Passes (10 points, 40: medium) and (20 points, 70: high). */
    private static final SeverityCurve BY_GAP = SeverityCurve.logarithmic(6.81, 23.0);

    /** On larger sets the scatter of counting is below the rise that is asked for. */
    private static final int MOST_EXAMPLES = 500;

    /** Points that say where a loss began. */
    private static final int START = 3;

    /** Fall of the error, as a share, that counts as a score that still improves. */
    private static final double IMPROVED = 0.02;

    /** The numbers that decide, in force. */
    record Limits(
            double slightRise,
            double rise,
            double nats,
            double latestBottom,
            double trainFall,
            double excess,
            double ratio,
            double ratioExcess,
            double widening,
            double gap,
            double smallGap) {}

    /** The loss rose on held-out data while it fell on training data. */
    static Optional<OverfittingEvidence> byRise(
            Curve train, Curve heldOut, Examination e, Limits limits, boolean part, boolean nats) {
        Rise rise = Rise.of(heldOut);
        double[] aligned = Paired.of(train, heldOut).train().values();
        double trainThen = rise.levelAtBottom(aligned);
        double trainEnd = Robust.median(tail(aligned));
        double descent = rise.descentFrom(train.startLevel());
        double share = Double.isNaN(rise.relative()) ? rise.climb() / descent : rise.relative();
        double needed = rise.curve().size() - rise.bottomAt() > 3 ? limits.slightRise : limits.rise;
        boolean enough = share >= needed;
        if (nats) {
            enough |= rise.climb() >= limits.nats;
            share = Math.max(share, Math.expm1(rise.climb()));
        } else {
            enough &= rise.climb() >= limits.excess * descent;
        }
        boolean trainFalls = trainThen - trainEnd >= limits.trainFall * Math.abs(trainThen);
        if (!enough || !trainFalls || !rise.isReal() || rise.bottomShare() > limits.latestBottom) {
            return Optional.empty();
        }
        boolean improves = improvedSince(rise, e);
        boolean counting = isCountingNoise(rise.end(), rise.bottom(), e);
        int score = Math.min(counting ? MOST_WHEN_DOUBTFUL : MOST, BY_RISE.score(share));
        String summary = Words.name(heldOut) + " rose " + Numbers.percent(rise.climb() / Math.abs(rise.bottom()))
                + " after " + rise.curve().place(rise.bottomAt()) + " (" + Numbers.of(rise.bottom()) + " → "
                + Numbers.of(rise.end()) + ") while " + Words.name(train) + " fell from " + Numbers.of(trainThen)
                + " to " + Numbers.of(trainEnd)
                + (improves || part ? "" : ": an earlier checkpoint is better than the last")
                + (improves ? ", although the " + scoreName(e) + " still improved" : part ? ", in this part only" : "");
        return Optional.of(new OverfittingEvidence(
                part ? Math.min(score, MOST_WHEN_DOUBTFUL) : improves ? belowHigh(score) : score,
                summary,
                Where.series(
                        List.of(heldOut.label(), train.label()),
                        rise.curve().step(rise.bottomAt()),
                        heldOut.lastStep()),
                Evidence.of(
                        "rise of " + heldOut.label(),
                        rise.climb() / Math.abs(rise.bottom()),
                        "share",
                        "(end - bottom) / bottom",
                        Evidence.of("bottom of " + heldOut.label(), rise.bottom(), ""),
                        Evidence.of("end of " + heldOut.label(), rise.end(), ""),
                        Evidence.of(train.label() + " at the bottom", trainThen, ""),
                        Evidence.of(train.label() + " at the end", trainEnd, ""),
                        Evidence.of("climb / descent", rise.climb() / descent, "share"),
                        Evidence.of("points sustained", rise.sustained(), "points"))));
    }

    /**
     * Whether a held-out set is so small that its loss is as much larger by chance: the loss is mostly that of the k = n (1
     * - accuracy) wrong answers, whose count scatters by sqrt(k), so that two levels differ by sqrt(2 / k), in the
     * logarithm; two standard errors of it.
     *
     * @param larger the level at the end
     * @param smaller the level that it is compared with, of the same set or a larger one
     */
    private static boolean isCountingNoise(double larger, double smaller, Examination e) {
        Optional<Curve> errors = e.validationScore()
                .filter(s -> s.key().quantity() == Quantity.ACCURACY)
                .flatMap(ErrorPoints::of);
        if (errors.isEmpty() || smaller <= 0) {
            return false;
        }
        double[] shares =
                Arrays.stream(errors.get().values()).map(v -> 1 - v / 100).toArray();
        int examples = HeldOutExamples.of(e, shares, MOST_EXAMPLES);
        double wrong = Math.max(1, examples * (1 - Robust.median(shares)));
        return examples > 0 && Math.log(larger / smaller) < 2 * Math.sqrt(2 / wrong);
    }

    /**
     * One severity less where the score improved: the answers got better while their probabilities got worse, which
     * matters from a rise on that would be high.
     */
    private static int belowHigh(int score) {
        return score >= Severity.HIGH.lowestScore() ? INDIRECT_SCORE : Math.min(score, MOST_WHEN_DOUBTFUL);
    }

    /** The loss on held-out data came to be a multiple of the training loss. */
    static Optional<OverfittingEvidence> byRatio(Curve train, Curve heldOut, Examination e, Limits limits) {
        Paired pair = Paired.of(train, heldOut);
        int n = pair.size();
        double trainEnd = pair.train().endLevel();
        double end = pair.heldOut().endLevel();
        // Where steps are logged, the fall before the first evaluation counts too.
        double first = Robust.median(train.values(0, Math.min(START, train.size())));
        double descent = Math.max(Math.max(first, pair.train().startLevel()), heldOut.startLevel()) - trainEnd;
        double ratio = end / trainEnd;
        double noise = pair.heldOut().noise();
        boolean wide = trainEnd > 0
                && ratio >= limits.ratio
                && ratio >= limits.widening * pair.ratio(0, pair.early())
                && end - trainEnd >= limits.ratioExcess * descent
                && end - trainEnd > 3 * (Double.isNaN(noise) ? 0 : noise);
        if (!wide) {
            return Optional.empty();
        }
        LateGain late = LateGain.of(heldOut);
        boolean falls = late.beyondNoise() && late.relative() >= IMPROVED;
        Optional<Double> gap =
                comparableErrors(e).map(p -> p.heldOut().endLevel() - p.train().endLevel());
        if (falls && gap.isPresent() && gap.get() < limits.smallGap) {
            return Optional.empty();
        }
        boolean doubtful = falls
                || gap.or(() -> leastGap(trainEnd, e))
                        .filter(g -> g < limits.gap)
                        .isPresent()
                || scoreStillImproves(e)
                || isCountingNoise(end, trainEnd, e);
        return Optional.of(new OverfittingEvidence(
                doubtful ? MOST_WHEN_DOUBTFUL : INDIRECT_SCORE,
                Words.name(heldOut) + " ends at " + Numbers.times(ratio) + " the training loss (" + Numbers.of(end)
                        + " against " + Numbers.of(trainEnd) + "); at the start it was "
                        + Numbers.times(pair.ratio(0, pair.early())),
                Where.series(
                        List.of(heldOut.label(), train.label()), pair.heldOut().step(n / 2), heldOut.lastStep()),
                Evidence.of(
                        "held-out loss / training loss",
                        ratio,
                        "ratio",
                        "end of " + heldOut.label() + " / end of " + train.label(),
                        Evidence.of("end of " + heldOut.label(), end, ""),
                        Evidence.of("end of " + train.label(), trainEnd, ""),
                        Evidence.of("difference / descent", (end - trainEnd) / descent, "share"))));
    }

    /**
     * By how many points the accuracy on held-out data is behind the one on training data at least, where only the loss is
     * known of the latter. A wrong answer has a probability of at most one half for the right class, so a cross-entropy of
     * log 2 or more: the share of wrong answers is at most loss / log 2 (Bartlett, Jordan &amp; McAuliffe, 2006, section 2).
     * A ratio of losses alone says little: it grows without bound for any model that becomes sure of what it learned.
     */
    private static Optional<Double> leastGap(double trainLoss, Examination e) {
        return e.validationScore()
                .filter(s -> s.key().quantity() == Quantity.ACCURACY || s.key().quantity() == Quantity.ERROR_RATE)
                .flatMap(ErrorPoints::of)
                .map(heldOut -> heldOut.endLevel() - 100 * trainLoss / Math.log(2));
    }

    /** The score on held-out data stays far below the one on training data. */
    static Optional<OverfittingEvidence> byGap(Paired errors, Limits limits) {
        double gap = errors.heldOut().endLevel() - errors.train().endLevel();
        double noise = errors.heldOut().noise();
        if (gap < limits.gap || gap <= 3 * (Double.isNaN(noise) ? 0 : noise)) {
            return Optional.empty();
        }
        LateGain late = LateGain.of(errors.heldOut());
        boolean improves = late.beyondNoise() && late.relative() >= IMPROVED;
        int score = Math.min(MOST, BY_GAP.score(gap));
        String name = errors.heldOut().key().quantity().label().replace('_', ' ');
        return Optional.of(new OverfittingEvidence(
                improves ? Math.min(score, MOST_WHEN_DOUBTFUL) : score,
                "held-out " + name + " ends " + Numbers.of(gap) + " points behind training " + name + " ("
                        + Numbers.of(100 - errors.heldOut().endLevel()) + " % against "
                        + Numbers.of(100 - errors.train().endLevel()) + " %)"
                        + (improves ? ", and still improves" : ""),
                Where.series(
                        List.of(errors.heldOut().label(), errors.train().label()),
                        errors.heldOut().step(errors.size() / 2),
                        errors.heldOut().lastStep()),
                Evidence.of(
                        "gap",
                        gap,
                        "points",
                        "training score - held-out score at the end",
                        Evidence.of("training", 100 - errors.train().endLevel(), "%"),
                        Evidence.of("held-out", 100 - errors.heldOut().endLevel(), "%"))));
    }

    /** Without any held-out data: the training loss falls where the data is seen again, and not in between. */
    static Optional<OverfittingEvidence> byStaircase(Curve loss, Optional<Curve> learningRate) {
        return EpochStaircase.of(loss, learningRate)
                .filter(EpochStaircase::isStaircase)
                .map(stairs -> new OverfittingEvidence(
                        INDIRECT_SCORE,
                        Words.name(loss) + " falls in stairs at the borders between epochs ("
                                + Numbers.percent(stairs.relativeDrop()) + " over " + stairs.borders()
                                + " borders) and hardly within them: the examples are being memorised",
                        Where.series(loss.label(), stairs.firstStep(), stairs.lastStep()),
                        Evidence.of(
                                "drop at the borders",
                                stairs.relativeDrop(),
                                "share",
                                "sum of drops / level of the first epoch",
                                Evidence.of("share of the fall at the borders", stairs.shareAtBorders(), "share"),
                                Evidence.of("drops / standard error", stairs.z(), ""))));
    }

    /** The same score on training and on held-out data, as missing points; absent unless both are there. */
    static Optional<Paired> comparableErrors(Examination e) {
        Optional<Curve> heldOut = e.validationScore().flatMap(ErrorPoints::of);
        Optional<Curve> train = e.trainScore().flatMap(ErrorPoints::of);
        return heldOut.isPresent()
                        && train.isPresent()
                        && heldOut.get().key().quantity() == train.get().key().quantity()
                        && heldOut.get().key().part().equals(train.get().key().part())
                ? Optional.of(Paired.of(train.get(), heldOut.get()))
                : Optional.empty();
    }

    private static boolean scoreStillImproves(Examination e) {
        return e.validationScore()
                .flatMap(ErrorPoints::of)
                .filter(s -> s.size() >= 4)
                .map(LateGain::of)
                .filter(g -> g.beyondNoise() && g.relative() >= IMPROVED)
                .isPresent();
    }

    /** Whether the main held-out score got better, beyond noise, since the loss was lowest. */
    static boolean improvedSince(Rise rise, Examination e) {
        return scoreFallSince(rise, e) > 0;
    }

    /** By how many points the main held-out score got better since the loss was lowest; 0 if not beyond noise. */
    static double scoreFallSince(Rise rise, Examination e) {
        Optional<Curve> errors = e.validationScore().flatMap(ErrorPoints::of).filter(c -> c.size() >= 3);
        if (errors.isEmpty()) {
            return 0;
        }
        double[] aligned = errors.get().alignedTo(rise.curve());
        double then = rise.levelAtBottom(aligned);
        double fall = then - errors.get().endLevel();
        double noise = errors.get().noise();
        // A short curve of few evaluations bends so much that its noise cannot be told from its shape.
        double bound = errors.get().size() < 8 || Double.isNaN(noise) ? 0 : 2 * noise;
        return fall >= IMPROVED * then && fall > bound ? fall : 0;
    }

    private static String scoreName(Examination e) {
        return e.validationScore().map(Words::name).orElse("score");
    }

    private static double[] tail(double[] values) {
        int keep = values.length < 10 ? 1 : Math.max(3, values.length / 10);
        return Arrays.copyOfRange(values, values.length - keep, values.length);
    }
}
