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
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;

/** Sees an accuracy that is high only because one class is frequent. */
public final class ClassImbalance implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("EVL105", "class-imbalance");
    private static final Threshold HIGH = new Threshold("high", 0.85, "share", "accuracy from here on is high");
    private static final Threshold LOW_F1 =
            new Threshold("low-f1", 0.6, "share", "an F1 at or below this beside it is low");
    private static final Threshold LOW_PART =
            new Threshold("low-part", 0.1, "share", "a precision or recall at or below this beside it is low");
    private static final Threshold OPPOSITE =
            new Threshold("opposite", 2, "points", "accuracy falling and F1 rising by this much each are opposite");
    private static final Threshold EVALUATIONS =
            new Threshold("evaluations", 3, "points", "fewer evaluations than this cannot tell");
    private static final List<Quantity> BALANCED = List.of(Quantity.F1, Quantity.PRECISION, Quantity.RECALL);

    /** Passes (25 points between accuracy and F1, 40: medium) and (75 points, 70: high). */
    private static final SeverityCurve BY_DIFFERENCE = SeverityCurve.linear(0, 83);

    private static final int OPPOSITE_SCORE = 30;

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
        return List.of(
                new Need(
                        "no accuracy on held-out data in this log",
                        "log accuracy and macro F1 on held-out data every epoch",
                        e -> HeldOut.any(e.run(), List.of(Quantity.ACCURACY))),
                new Need(
                        "no F1, precision or recall on held-out data in this log",
                        "log the macro F1 on held-out data every epoch",
                        e -> HeldOut.any(e.run(), BALANCED)));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(HIGH, LOW_F1, LOW_PART, OPPOSITE, EVALUATIONS);
    }

    @Override
    public Verdict examine(Examination e) {
        int needed = (int) e.threshold(this, EVALUATIONS);
        Curve accuracy = HeldOut.curve(e.run(), Quantity.ACCURACY).orElseThrow();
        if (accuracy.size() < needed) {
            return Verdict.unable(
                    Numbers.count(accuracy.size(), "evaluation") + " found, at least " + needed + " needed",
                    "evaluate on held-out data every epoch");
        }
        double level = accuracy.endLevel() / HeldOut.full(accuracy);
        double best = accuracy.max() / HeldOut.full(accuracy);
        for (Quantity quantity : BALANCED) {
            Optional<Curve> balanced = HeldOut.curve(e.run(), quantity).filter(c -> c.size() >= needed);
            double least = e.threshold(this, quantity == Quantity.F1 ? LOW_F1 : LOW_PART);
            if (balanced.isPresent() && level >= e.threshold(this, HIGH)) {
                double other = balanced.get().endLevel() / HeldOut.full(accuracy);
                if (other <= least) {
                    return Verdict.found(lowBeside(accuracy, balanced.get(), level, other));
                }
            }
            // A majority reaches a high accuracy once, on the way to somewhere else; its F1 is low all the time.
            if (balanced.isPresent() && best >= e.threshold(this, HIGH)) {
                double bestOther = balanced.get().max() / HeldOut.full(accuracy);
                if (bestOther <= least) {
                    return Verdict.found(lowBeside(accuracy, balanced.get(), best, bestOther));
                }
            }
        }
        return HeldOut.curve(e.run(), Quantity.F1)
                .filter(f1 -> f1.size() >= 3 * needed && accuracy.size() >= 3 * needed)
                .flatMap(f1 -> opposite(accuracy, f1, e))
                .map(Verdict::found)
                .orElse(Verdict.CLEAR);
    }

    private static Finding lowBeside(Curve accuracy, Curve balanced, double level, double other) {
        return new Finding(
                INFO,
                Math.min(79, BY_DIFFERENCE.score(100 * (level - other))),
                Words.name(accuracy) + " is " + Numbers.percent(level) + " but " + Words.name(balanced) + " is "
                        + Numbers.percent(other) + ": the rare classes are not found",
                Where.series(List.of(balanced.label(), accuracy.label()), balanced.firstStep(), balanced.lastStep()),
                Evidence.of(
                        "accuracy minus " + balanced.label(),
                        100 * (level - other),
                        "points",
                        "levels at the end, or the best of the run",
                        Evidence.of("accuracy", level, "share"),
                        Evidence.of(balanced.label(), other, "share")));
    }

    private Optional<Finding> opposite(Curve accuracy, Curve f1, Examination e) {
        double lost = 100 * (accuracy.startLevel() - accuracy.endLevel()) / HeldOut.full(accuracy);
        double won = 100 * (f1.endLevel() - f1.startLevel()) / HeldOut.full(accuracy);
        double least = e.threshold(this, OPPOSITE);
        if (lost < least
                || won < least
                || !accuracy.trend().falls()
                || !f1.trend().rises()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                INFO,
                OPPOSITE_SCORE,
                Words.name(accuracy) + " fell by " + Numbers.of(lost) + " points while " + Words.name(f1) + " rose by "
                        + Numbers.of(won) + " points: the classes are not equally frequent, so trust the F1",
                Where.series(List.of(f1.label(), accuracy.label()), f1.firstStep(), f1.lastStep()),
                Evidence.of("accuracy lost", lost, "points", "start - end", Evidence.of("F1 won", won, "points"))));
    }
}
