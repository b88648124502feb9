package dev.auscult.diagnose;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.auscult.diagnose.measure.Convergence;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.CurveChoice;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/**
 * A run on the couch: the run itself, the thresholds in force, and the measures that rules share, each computed once.
 */
public final class Examination {
    private final Run run;
    private final Map<String, Double> thresholds;
    private final Optional<Curve> trainLoss;
    private final Optional<Curve> validationLoss;
    private final Optional<Curve> trainScore;
    private final Optional<Curve> validationScore;
    private final Optional<Curve> learningRate;
    private final Convergence convergence;

    /** Thresholds are overridden by {@code rule-name.key}. */
    public Examination(Run run, Map<String, Double> thresholds) {
        this.run = run;
        this.thresholds = Map.copyOf(thresholds);
        this.trainLoss = CurveChoice.loss(run, Split.TRAIN);
        this.validationLoss = heldOut(split -> CurveChoice.loss(run, split));
        this.validationScore = heldOut(split -> CurveChoice.score(run, split));
        this.trainScore = validationScore
                .flatMap(score -> CurveChoice.sameOn(run, Split.TRAIN, score.key()))
                .or(() -> CurveChoice.score(run, Split.TRAIN));
        this.learningRate = CurveChoice.of(run, Split.NONE, Quantity.LEARNING_RATE);
        this.convergence = Convergence.of(trainLoss.or(() -> validationLoss), validationScore.or(() -> trainScore));
    }

    private static Optional<Curve> heldOut(Function<Split, Optional<Curve>> choice) {
        Optional<Curve> validation = choice.apply(Split.VALIDATION);
        return validation.isPresent() ? validation : choice.apply(Split.TEST);
    }

    public Run run() {
        return run;
    }

    /** A threshold of a rule: what the user set, else its standard. */
    public double threshold(Rule rule, Threshold threshold) {
        return thresholds.getOrDefault(rule.info().name() + "." + threshold.key(), threshold.standard());
    }

    /** The training loss, per epoch where it is logged both ways. */
    public Optional<Curve> trainLoss() {
        return trainLoss;
    }

    /** The training loss with the most points. */
    public Optional<Curve> finestTrainLoss() {
        return CurveChoice.finestLoss(run, Split.TRAIN);
    }

    /** The loss on validation data, else on test data. */
    public Optional<Curve> validationLoss() {
        return validationLoss;
    }

    /** The parts of the loss on a split. */
    public List<Curve> lossParts(Split split) {
        return CurveChoice.lossParts(run, split);
    }

    /** The score that goes with {@link #validationScore} on training data, else any training score. */
    public Optional<Curve> trainScore() {
        return trainScore;
    }

    /** The main score on validation data, else on test data. */
    public Optional<Curve> validationScore() {
        return validationScore;
    }

    public Optional<Curve> learningRate() {
        return learningRate;
    }

    /** Whether the run is simply finished. */
    public Convergence convergence() {
        return convergence;
    }
}
