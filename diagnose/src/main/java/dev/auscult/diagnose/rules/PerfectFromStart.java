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
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Paired;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.run.Quantity;

/** Sees held-out results that are perfect at once although training results are not: a leak. */
public final class PerfectFromStart implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("EVL102", "perfect-from-start");
    private static final Threshold PERFECT =
            new Threshold("perfect", 0.1, "points", "a held-out score this close to 100 % is perfect");
    private static final Threshold BEHIND =
            new Threshold("behind", 5, "points", "training must be this far behind at the same time");
    private static final Threshold LOSS =
            new Threshold("loss", 0.001, "ratio", "a held-out loss below this share of the training loss is perfect");
    private static final Threshold EVALUATIONS =
            new Threshold("evaluations", 3, "points", "fewer evaluations than this cannot tell");
    private static final List<Quantity> CONCERNED =
            List.of(Quantity.ACCURACY, Quantity.F1, Quantity.AUC, Quantity.ERROR_RATE);

    /** A leak makes the result worthless, but the training score may have been measured under augmentation: medium. */
    private static final int LIKELY_LEAK = 60;

    /** Perfect on both sides at once: a task too easy, a model that was trained before, or a leak: low. */
    private static final int BOTH_PERFECT = 35;

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
        return List.of(PERFECT, BEHIND, LOSS, EVALUATIONS);
    }

    @Override
    public Verdict examine(Examination e) {
        int needed = (int) e.threshold(this, EVALUATIONS);
        Optional<Paired> errors = OverfittingEvidence.comparableErrors(e)
                .filter(p -> CONCERNED.contains(p.heldOut().key().quantity()));
        Optional<Paired> losses = e.validationLoss().flatMap(v -> e.trainLoss().map(t -> Paired.of(t, v)));
        int found = Math.max(
                errors.map(Paired::size).orElse(0), losses.map(Paired::size).orElse(0));
        if (found < needed) {
            return Verdict.unable(
                    Numbers.count(found, "evaluation") + " with training results beside them found, at least " + needed
                            + " needed",
                    "log loss and score on training and held-out data every epoch");
        }
        return errors.filter(p -> p.size() >= needed)
                .flatMap(p -> perfectScore(p, e))
                .or(() -> errors.filter(p -> p.size() >= needed).flatMap(p -> bothPerfect(p, e)))
                .or(() -> losses.filter(p -> p.size() >= needed).flatMap(p -> noLoss(p, e)))
                .map(Verdict::found)
                .orElse(Verdict.CLEAR);
    }

    private Optional<Finding> perfectScore(Paired errors, Examination e) {
        int early = Math.max(2, errors.early());
        double heldOut = Robust.quantile(errors.heldOut().values(0, early), 1);
        double train = Robust.quantile(errors.train().values(0, early), 0);
        if (heldOut > e.threshold(this, PERFECT) || train - heldOut < e.threshold(this, BEHIND)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                INFO,
                LIKELY_LEAK,
                Words.name(errors.heldOut()) + " is " + Numbers.of(100 - heldOut)
                        + " % from the first evaluation on while training is at " + Numbers.of(100 - train)
                        + " %: the held-out data seems to give the answer away",
                Where.series(
                        List.of(errors.heldOut().label(), errors.train().label()),
                        errors.heldOut().firstStep(),
                        errors.heldOut().step(early - 1)),
                Evidence.of(
                        "training behind held-out",
                        train - heldOut,
                        "points",
                        "worst held-out score - best training score of the first evaluations",
                        Evidence.of("held-out", 100 - heldOut, "%"),
                        Evidence.of("training", 100 - train, "%"))));
    }

    private Optional<Finding> bothPerfect(Paired errors, Examination e) {
        double perfect = e.threshold(this, PERFECT);
        if (errors.heldOut().max() > perfect || errors.train().max() > perfect) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                INFO,
                BOTH_PERFECT,
                Words.name(errors.heldOut()) + " and training score are 100 % from the first evaluation on: nothing was"
                        + " left to learn, or the input gives the answer away",
                Where.series(
                        List.of(errors.heldOut().label(), errors.train().label()),
                        errors.heldOut().firstStep(),
                        errors.heldOut().lastStep()),
                Evidence.of(
                        "worst held-out score",
                        100 - errors.heldOut().max(),
                        "%",
                        "minimum over all evaluations",
                        Evidence.of("worst training score", 100 - errors.train().max(), "%"))));
    }

    private Optional<Finding> noLoss(Paired losses, Examination e) {
        int early = Math.max(2, losses.early());
        double heldOut = Robust.quantile(losses.heldOut().values(0, early), 1);
        double lowest = Robust.quantile(losses.heldOut().values(0, early), 0);
        double train = Robust.quantile(losses.train().values(0, early), 0);
        // A loss of exactly zero was not computed; another rule says so.
        if (lowest <= 0 || !(train > 0) || heldOut > e.threshold(this, LOSS) * train) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                INFO,
                LIKELY_LEAK,
                Words.name(losses.heldOut()) + " is " + Numbers.of(heldOut)
                        + " from the first evaluation on while the training loss is " + Numbers.of(train)
                        + ": the held-out data seems to give the answer away",
                Where.series(
                        List.of(losses.heldOut().label(), losses.train().label()),
                        losses.heldOut().firstStep(),
                        losses.heldOut().step(early - 1)),
                Evidence.of(
                        "held-out loss / training loss",
                        heldOut / train,
                        "ratio",
                        "worst held-out loss / best training loss of the first evaluations",
                        Evidence.of("held-out", heldOut, ""),
                        Evidence.of("training", train, ""))));
    }
}
