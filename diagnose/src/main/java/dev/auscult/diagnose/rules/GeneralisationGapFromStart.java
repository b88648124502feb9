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
import dev.auscult.diagnose.measure.Paired;
import dev.auscult.diagnose.measure.Robust;

/** Sees held-out results that are far worse than training from the first evaluations on, by a constant factor. */
public final class GeneralisationGapFromStart implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("FIT104", "generalisation-gap-from-start");
    private static final Threshold RATIO = new Threshold(
            "ratio", 2, "ratio", "held-out loss of this many times the training loss at the first evaluations counts");
    private static final Threshold CONSTANT = new Threshold(
            "constant", 1.5, "ratio", "a ratio that changes by more than this over the run is not constant");
    private static final Threshold EXCESS = new Threshold(
            "excess", 0.25, "share", "the difference must be this share of the training loss at the start");
    private static final Threshold GAP = new Threshold(
            "gap", 10, "points", "where a score is on both sides it must also differ by this at the first evaluations");
    private static final Threshold EVALUATIONS =
            new Threshold("evaluations", 5, "points", "fewer evaluations than this cannot tell");
    private static final int WITH_SCORE = 50;

    /** The two losses may be computed differently (sum against mean), so alone they say little: low. */
    private static final int LOSS_ONLY = 25;

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
        return List.of(RATIO, CONSTANT, EXCESS, GAP, EVALUATIONS);
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
        double early = losses.ratio(0, Math.max(2, n / 5));
        double late = losses.ratio(n - Math.max(2, n / 5), n);
        double change = Math.max(early, late) / Math.min(early, late);
        double difference = losses.heldOut().value(0) - losses.train().value(0);
        boolean far = Math.min(early, late) >= e.threshold(this, RATIO)
                && change <= e.threshold(this, CONSTANT)
                && difference >= e.threshold(this, EXCESS) * losses.train().startLevel();
        Optional<Double> gap = OverfittingEvidence.comparableErrors(e)
                .map(p -> Robust.median(Arrays.copyOf(p.differences(), Math.max(1, p.size() / 5))));
        if (!far || (gap.isPresent() && gap.get() < e.threshold(this, GAP))) {
            return Verdict.CLEAR;
        }
        return Verdict.found(new Finding(
                INFO,
                gap.isPresent() ? WITH_SCORE : LOSS_ONLY,
                Words.name(losses.heldOut()) + " is " + Numbers.times(early)
                        + " the training loss from the first evaluations and " + Numbers.times(late) + " at the end"
                        + gap.map(g -> "; the score is " + Numbers.of(g) + " points behind at once")
                                .orElse(""),
                Where.series(
                        List.of(losses.heldOut().label(), losses.train().label()),
                        losses.heldOut().firstStep(),
                        losses.heldOut().lastStep()),
                Evidence.of(
                        "held-out loss / training loss at the start",
                        early,
                        "ratio",
                        "median over the first fifth",
                        Evidence.of("the same over the last fifth", late, "ratio"),
                        Evidence.of("gap of the score at the start", gap.orElse(Double.NaN), "points"))));
    }
}
