package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.ErrorPoints;
import dev.auscult.diagnose.measure.LanguageModel;
import dev.auscult.diagnose.measure.Paired;
import dev.auscult.run.Split;

/** Sees a run that goes on to fit its training data while it no longer gets better, or gets worse, on other data. */
public final class Overfitting implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("FIT101", "overfitting");
    private static final Threshold SLIGHT_RISE =
            new Threshold("slight-rise", 0.05, "share", "a lasting rise of held-out loss above this is worth knowing");
    private static final Threshold RISE = new Threshold(
            "rise", 0.10, "share", "a rise of held-out loss above this counts even after few evaluations");
    private static final Threshold NATS =
            new Threshold("nats", 0.05, "nats", "for language models a rise of held-out loss above this counts");
    private static final Threshold LATEST_BOTTOM = new Threshold(
            "latest-bottom", 0.8, "share", "the lowest held-out loss must come before this share of the run");
    private static final Threshold TRAIN_FALL = new Threshold(
            "train-fall", 0.10, "share", "training loss must fall on by this share after the lowest held-out loss");
    private static final Threshold EXCESS =
            new Threshold("excess", 0.03, "share", "a rise below this share of all that the loss came down is nothing");
    private static final Threshold RATIO =
            new Threshold("ratio", 2, "ratio", "held-out loss of this many times the training loss counts");
    private static final Threshold RATIO_EXCESS = new Threshold(
            "ratio-excess", 0.10, "share", "their difference must be this share of all that the loss came down");
    private static final Threshold WIDENING = new Threshold(
            "widening", 1.5, "ratio", "the ratio must have grown by this factor since the first evaluations");
    private static final Threshold GAP =
            new Threshold("gap", 10, "points", "training score minus held-out score above this counts");
    private static final Threshold SMALL_GAP = new Threshold(
            "small-gap", 2, "points", "with a gap below this and held-out loss still falling the ratio does not count");
    private static final Threshold EVALUATIONS =
            new Threshold("evaluations", 4, "points", "fewer evaluations than this cannot tell");

    /** A held-out curve with one value at this share of its evaluations tells nothing of the model. */
    private static final double FROZEN = 0.8;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of();
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(
                SLIGHT_RISE,
                RISE,
                NATS,
                LATEST_BOTTOM,
                TRAIN_FALL,
                EXCESS,
                RATIO,
                RATIO_EXCESS,
                WIDENING,
                GAP,
                SMALL_GAP,
                EVALUATIONS);
    }

    @Override
    public Verdict examine(Examination e) {
        int needed = (int) e.threshold(this, EVALUATIONS);
        Optional<Curve> heldOut = e.validationLoss().filter(c -> c.size() >= needed);
        Optional<Curve> train =
                e.trainLoss().or(() -> e.trainScore().flatMap(ErrorPoints::of)).filter(c -> c.size() >= needed);
        Optional<Paired> errors = OverfittingEvidence.comparableErrors(e)
                .filter(p -> p.size() >= needed && e.trainScore().orElseThrow().size() >= needed);
        if (heldOut.or(e::validationScore)
                .filter(c -> c.size() >= needed && HeldOut.isFrozen(c, FROZEN))
                .isPresent()) {
            return Verdict.unable(
                    "the results on held-out data hardly ever change by a bit, so they were not computed",
                    "evaluate the current model in every evaluation");
        }
        boolean losses = heldOut.isPresent() && train.isPresent();
        if (!losses && errors.isEmpty()) {
            return withoutValidation(e, needed);
        }
        OverfittingEvidence.Limits limits = limits(e);
        List<OverfittingEvidence> seen = new ArrayList<>();
        if (losses) {
            boolean nats = LanguageModel.isLikely(e.run());
            OverfittingEvidence.byRise(train.get(), heldOut.get(), e, limits, false, nats)
                    .ifPresent(seen::add);
            // Where the loss rose, the rise says it all; the ratio is for a loss that did not.
            if (seen.isEmpty() && e.trainLoss().isPresent()) {
                OverfittingEvidence.byRatio(train.get(), heldOut.get(), e, limits)
                        .ifPresent(seen::add);
            }
            if (seen.isEmpty()) {
                seen.addAll(byParts(e, limits, needed));
            }
        }
        errors.flatMap(p -> OverfittingEvidence.byGap(p, limits)).ifPresent(seen::add);
        return seen.stream()
                .max(Comparator.comparingInt(OverfittingEvidence::score))
                .map(Overfitting::found)
                .orElse(Verdict.CLEAR);
    }

    private static Verdict found(OverfittingEvidence seen) {
        return Verdict.found(new Finding(INFO, seen.score(), seen.summary(), seen.where(), seen.evidence()));
    }

    private static List<OverfittingEvidence> byParts(Examination e, OverfittingEvidence.Limits limits, int needed) {
        List<OverfittingEvidence> seen = new ArrayList<>();
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            for (Curve part : e.lossParts(split)) {
                e.lossParts(Split.TRAIN).stream()
                        .filter(t -> t.key().part().equals(part.key().part()))
                        .filter(t -> t.size() >= needed && part.size() >= needed)
                        .findFirst()
                        .flatMap(t -> OverfittingEvidence.byRise(t, part, e, limits, true, false))
                        .ifPresent(seen::add);
            }
        }
        return seen;
    }

    private Verdict withoutValidation(Examination e, int needed) {
        int found = Math.max(
                e.validationLoss().map(Curve::size).orElse(0),
                e.validationScore().map(Curve::size).orElse(0));
        if (e.trainLoss().isEmpty() && e.trainScore().isEmpty()) {
            return Verdict.unable("no measure on training data in this log", "log the training loss every epoch");
        }
        Optional<OverfittingEvidence> stairs =
                e.finestTrainLoss().flatMap(loss -> OverfittingEvidence.byStaircase(loss, e.learningRate()));
        if (stairs.isPresent()) {
            return found(stairs.get());
        }
        return found == 0
                ? Verdict.unable(
                        "no validation loss in this log", "evaluate on held-out data every epoch and log its loss")
                : Verdict.unable(
                        found + " evaluations on held-out data found, at least " + needed + " needed",
                        "evaluate on held-out data more often, with loss and score on training data beside it");
    }

    private OverfittingEvidence.Limits limits(Examination e) {
        return new OverfittingEvidence.Limits(
                e.threshold(this, SLIGHT_RISE),
                e.threshold(this, RISE),
                e.threshold(this, NATS),
                e.threshold(this, LATEST_BOTTOM),
                e.threshold(this, TRAIN_FALL),
                e.threshold(this, EXCESS),
                e.threshold(this, RATIO),
                e.threshold(this, RATIO_EXCESS),
                e.threshold(this, WIDENING),
                e.threshold(this, GAP),
                e.threshold(this, SMALL_GAP));
    }
}
