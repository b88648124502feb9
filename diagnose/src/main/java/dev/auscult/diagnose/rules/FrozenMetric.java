package dev.auscult.diagnose.rules;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Split;

/** Sees a held-out metric that never changes by a bit while the model does. */
public final class FrozenMetric implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("EVL104", "frozen-metric");
    private static final Threshold EVALUATIONS =
            new Threshold("evaluations", 8, "points", "fewer evaluations than this cannot tell");
    private static final Threshold FROZEN =
            new Threshold("frozen", 0.95, "share", "one value at this share of all evaluations is frozen");
    private static final Threshold MOVING =
            new Threshold("moving", 0.02, "share", "another metric must move by this to show that the model changes");
    /** A loss that is never computed hides everything that held-out data is for; the training may be fine: low. */
    private static final int NOT_COMPUTED = 35;

    private static final int FROZEN_SCORE = 30;

    /** With loss and score both frozen away from their goals nothing at all is known of held-out data: medium. */
    private static final int ALL_FROZEN = 50;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no loss or score on held-out data in this log",
                "evaluate on held-out data every epoch and log loss and score",
                e -> concerned(e.run()).findAny().isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(EVALUATIONS, FROZEN, MOVING);
    }

    @Override
    public Verdict examine(Examination e) {
        int needed = (int) e.threshold(this, EVALUATIONS);
        int most = concerned(e.run()).mapToInt(Series::size).max().orElse(0);
        if (most < needed) {
            return Verdict.unable(
                    Numbers.count(most, "evaluation") + " found, at least " + needed + " needed",
                    "evaluate on held-out data every epoch");
        }
        if (!modelMoves(e)) {
            return Verdict.CLEAR;
        }
        List<Curve> frozen = concerned(e.run())
                .map(Curve::of)
                .filter(c -> c.size() >= needed
                        && HeldOut.isFrozen(c, e.threshold(this, FROZEN))
                        && !isAtGoal(c)
                        && !isUnusedPart(c, e.run()))
                .toList();
        if (frozen.isEmpty()) {
            return Verdict.CLEAR;
        }
        Curve first = frozen.get(0);
        double value = Robust.median(first.values());
        boolean zeroLoss =
                frozen.stream().anyMatch(c -> c.key().quantity() == Quantity.LOSS && Robust.median(c.values()) == 0);
        boolean allFrozen = frozen.stream()
                        .anyMatch(c ->
                                c.key().quantity() == Quantity.LOSS && c.key().isWhole())
                && frozen.stream().anyMatch(c -> c.key().quantity().isScore());
        String names = String.join(
                ", ",
                frozen.stream()
                        .map(c -> Words.name(c) + " at exactly " + Numbers.of(Robust.median(c.values())))
                        .limit(3)
                        .toList());
        return Verdict.found(new Finding(
                INFO,
                zeroLoss ? NOT_COMPUTED : allFrozen ? ALL_FROZEN : FROZEN_SCORE,
                "unchanged over " + Numbers.count(first.size(), "evaluation") + " while training moves: " + names
                        + (frozen.size() > 3 ? " and " + (frozen.size() - 3) + " more" : "")
                        + (zeroLoss ? "; the held-out loss was not computed, or no label was found" : ""),
                Where.series(frozen.stream().map(Curve::label).toList(), first.firstStep(), first.lastStep()),
                Evidence.of("value of " + first.label(), value, "")));
    }

    private static Stream<Series> concerned(Run run) {
        return run.metrics().stream()
                .filter(s -> s.key().split().isHeldOut())
                .filter(s -> s.key().quantity() == Quantity.LOSS
                        || s.key().quantity() == Quantity.PERPLEXITY
                        || s.key().quantity().isScore());
    }

    private boolean modelMoves(Examination e) {
        return e.trainLoss()
                .or(e::validationLoss)
                .filter(c -> c.max() - c.min() > e.threshold(this, MOVING) * Math.abs(c.startLevel()))
                .isPresent();
    }

    private static boolean isAtGoal(Curve curve) {
        double value = Robust.median(curve.values());
        return switch (curve.key().direction()) {
            case HIGHER_IS_BETTER -> value == 1 || value == 100;
            case LOWER_IS_BETTER -> value == 0 && curve.key().quantity() != Quantity.LOSS;
            case UNKNOWN -> false;
        };
    }

    /** A part of the loss that is zero in training too does not apply (the class loss of a detector of one class). */
    private static boolean isUnusedPart(Curve curve, Run run) {
        return !curve.key().isWhole()
                && run.metrics(Split.TRAIN, curve.key().quantity())
                        .filter(s -> s.key().part().equals(curve.key().part()))
                        .anyMatch(s -> Arrays.stream(s.values()).allMatch(v -> v == 0));
    }
}
