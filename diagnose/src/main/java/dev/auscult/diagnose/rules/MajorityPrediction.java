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
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;

/** Sees a model that gives every example the same answer. */
public final class MajorityPrediction implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("EVL101", "majority-prediction");
    private static final Threshold FROZEN =
            new Threshold("frozen", 0.7, "share", "one accuracy at this share of all evaluations is frozen");
    private static final Threshold VALUES =
            new Threshold("values", 3, "values", "more different accuracies than this are not frozen");
    private static final Threshold AT_GOAL =
            new Threshold("at-goal", 0.95, "share", "an accuracy at or above this is no majority but a goal");
    private static final Threshold LEARNED =
            new Threshold("learned", 5, "points", "training accuracy that gained more than this is learning");
    private static final Threshold TINY = new Threshold(
            "tiny",
            0.1,
            "share",
            "an F1, or precision and recall, below this at high accuracy say that no example is found");
    private static final Threshold HIGH = new Threshold("high", 0.85, "share", "accuracy from here on is high");
    private static final Threshold EVALUATIONS =
            new Threshold("evaluations", 5, "points", "fewer evaluations than this cannot tell");
    private static final List<Quantity> QUANTITIES =
            List.of(Quantity.ACCURACY, Quantity.F1, Quantity.PRECISION, Quantity.RECALL, Quantity.AUC);

    /** One answer for all is no result at all: high. */
    private static final int CERTAIN = 80;

    /** A frozen accuracy can be a small held-out set on which the model happens to agree: medium. */
    private static final int LIKELY = 55;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return !Task.isRegression(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no accuracy, F1, precision, recall or area under the curve on held-out data in this log",
                "log accuracy and macro F1 on held-out data every epoch",
                e -> HeldOut.any(e.run(), QUANTITIES)));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(FROZEN, VALUES, AT_GOAL, LEARNED, TINY, HIGH, EVALUATIONS);
    }

    @Override
    public Verdict examine(Examination e) {
        int needed = (int) e.threshold(this, EVALUATIONS);
        int found = HeldOut.most(e.run(), QUANTITIES);
        if (found < needed) {
            return Verdict.unable(
                    Numbers.count(found, "evaluation") + " found, at least " + needed + " needed",
                    "evaluate on held-out data every epoch");
        }
        return frozenAccuracy(e, needed)
                .or(() -> noneFound(e, needed))
                .or(() -> areaOfOneHalf(e, needed))
                .map(Verdict::found)
                .orElse(Verdict.CLEAR);
    }

    private Optional<Finding> frozenAccuracy(Examination e, int needed) {
        Optional<Curve> heldOut = HeldOut.curve(e.run(), Quantity.ACCURACY).filter(c -> c.size() >= needed);
        if (heldOut.isEmpty() || heldOut.get().max() > 100) {
            return Optional.empty();
        }
        Curve accuracy = heldOut.get();
        double full = HeldOut.full(accuracy);
        double[] sorted = accuracy.values();
        Arrays.sort(sorted);
        double mode = sorted[0];
        int most = 0;
        int different = 0;
        for (int from = 0, to; from < sorted.length; from = to) {
            to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            different++;
            if (to - from > most) {
                most = to - from;
                mode = sorted[from];
            }
        }
        boolean frozen = most >= e.threshold(this, FROZEN) * sorted.length
                && different <= e.threshold(this, VALUES)
                && Math.abs(accuracy.first() - mode) <= 0.02 * full
                && mode > 0
                && mode < e.threshold(this, AT_GOAL) * full
                && accuracy.max() - mode <= 0.02 * full;
        boolean lossMoves = e.validationLoss()
                .or(e::trainLoss)
                .filter(c -> c.size() >= needed && c.max() - c.min() > 0.05 * Math.abs(c.startLevel()))
                .isPresent();
        boolean learning = OverfittingEvidence.comparableErrors(e)
                .filter(p -> p.train().startLevel() - p.train().endLevel() > e.threshold(this, LEARNED)
                        || p.heldOut().endLevel() - p.train().endLevel() > 2 * e.threshold(this, LEARNED))
                .isPresent();
        if (!frozen || !lossMoves || learning || ConstantAnswer.isRefuted(e, mode / full)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                INFO,
                LIKELY,
                Words.name(accuracy) + " is exactly " + Numbers.of(mode) + " in " + most + " of "
                        + Numbers.count(sorted.length, "evaluation")
                        + " while the loss moves: every example seems to get the same answer",
                Where.series(accuracy.label(), accuracy.firstStep(), accuracy.lastStep()),
                Evidence.of(
                        "share of evaluations at one accuracy",
                        most / (double) sorted.length,
                        "share",
                        "evaluations at the most frequent accuracy / all",
                        Evidence.of("that accuracy", mode, ""),
                        Evidence.of("different accuracies", different, "values"))));
    }

    private Optional<Finding> noneFound(Examination e, int needed) {
        Optional<Curve> accuracy = HeldOut.curve(e.run(), Quantity.ACCURACY).filter(c -> c.size() >= needed);
        Optional<Curve> f1 = HeldOut.curve(e.run(), Quantity.F1).filter(c -> c.size() >= needed);
        Optional<Curve> precision = HeldOut.curve(e.run(), Quantity.PRECISION).filter(c -> c.size() >= needed);
        Optional<Curve> recall = HeldOut.curve(e.run(), Quantity.RECALL).filter(c -> c.size() >= needed);
        double tiny = e.threshold(this, TINY);
        boolean high = accuracy.filter(c -> c.endLevel() >= e.threshold(this, HIGH) * HeldOut.full(c))
                .isPresent();
        boolean someAccuracy =
                accuracy.filter(c -> c.endLevel() >= 0.5 * HeldOut.full(c)).isPresent();
        boolean f1Tiny = f1.filter(c -> c.endLevel() < tiny * HeldOut.full(c)).isPresent();
        boolean nothing = precision.filter(c -> c.endLevel() == 0).isPresent()
                && recall.filter(c -> c.endLevel() == 0).isPresent();
        if (!(high && f1Tiny) && !(someAccuracy && nothing)) {
            return Optional.empty();
        }
        Curve shown = f1.or(() -> recall).orElseThrow();
        return Optional.of(new Finding(
                INFO,
                CERTAIN,
                Words.name(shown) + " ends at " + Numbers.of(shown.endLevel()) + " with an accuracy of "
                        + Numbers.of(accuracy.orElseThrow().endLevel())
                        + ": the model answers with the most frequent class",
                Where.series(
                        List.of(shown.label(), accuracy.orElseThrow().label()), shown.firstStep(), shown.lastStep()),
                Evidence.of(
                        shown.label() + " at the end",
                        shown.endLevel(),
                        "",
                        "",
                        Evidence.of(
                                "accuracy at the end", accuracy.orElseThrow().endLevel(), ""))));
    }

    /** Equal scores for all examples rank at exactly one half. */
    private Optional<Finding> areaOfOneHalf(Examination e, int needed) {
        return HeldOut.curve(e.run(), Quantity.AUC)
                .filter(c -> c.size() >= needed)
                .filter(c -> Arrays.stream(c.tail(0.5).values()).allMatch(v -> v == 0.5))
                .map(c -> new Finding(
                        INFO,
                        CERTAIN,
                        Words.name(c) + " is exactly 0.5 over the last half of " + Numbers.count(c.size(), "evaluation")
                                + ": every example gets the same score",
                        Where.series(c.label(), c.step(c.size() / 2), c.lastStep()),
                        Evidence.of("area under the curve", 0.5, "")));
    }
}
