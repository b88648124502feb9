package dev.auscult.app.live;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.auscult.train.loop.TrainingListener.Plan;
import dev.auscult.train.loop.TrainingListener.Step;

/** How far a training is and how it goes: what both kinds of view show. */
final class Standing {
    /** Weight of the latest step in the smoothed times. */
    private static final double FRESH = 0.05;

    private final Plan plan;
    private final long beganNanos;
    final Trace loss = new Trace();
    final Trace learningRates = new Trace();
    final Trace gradientNorms = new Trace();
    final Map<String, Trace> results = new LinkedHashMap<>();
    Map<String, Double> latest = Map.of();
    long step;
    long stepOfEpoch;
    int epoch;
    int bestEpoch;
    double currentLoss = Double.NaN;
    double learningRate = Double.NaN;
    double gradientNorm = Double.NaN;
    private double stepSeconds = Double.NaN;
    private double waitSeconds;
    private double examples;
    private double betweenSeconds;
    private long lastNanos;
    private long stepsHere;

    /**
     * Before the first step.
     *
     * @param nanos the time [ns]
     */
    Standing(Plan plan, long nanos) {
        this.plan = plan;
        this.beganNanos = nanos;
        this.epoch = plan.firstEpoch();
    }

    void step(Step now, long nanos) {
        step = now.step();
        stepOfEpoch = now.stepOfEpoch();
        epoch = now.epoch();
        loss.add(now.loss());
        currentLoss = Double.isNaN(currentLoss) ? now.loss() : currentLoss + 0.1 * (now.loss() - currentLoss);
        if (!Double.isFinite(now.loss())) {
            currentLoss = now.loss();
        }
        learningRate = now.learningRate();
        learningRates.add(learningRate);
        // It is measured at some of the steps only.
        if (!Double.isNaN(now.gradientNorm())) {
            gradientNorm = now.gradientNorm();
            gradientNorms.add(gradientNorm);
        }
        // The first steps warm the machine up and would spoil the estimate.
        double weight = stepsHere < 1 / FRESH ? 1.0 / (stepsHere + 1) : FRESH;
        stepSeconds = Double.isNaN(stepSeconds) ? now.seconds() : stepSeconds + weight * (now.seconds() - stepSeconds);
        waitSeconds += weight * (now.waited() - waitSeconds);
        examples += weight * (now.examples() - examples);
        // What lies between steps (evaluation, checkpoints) takes its time as well.
        if (lastNanos != 0) {
            betweenSeconds += (nanos - lastNanos) / 1e9;
        }
        lastNanos = nanos;
        stepsHere++;
    }

    void evaluated(int epochsDone, Map<String, Double> now, boolean best) {
        epoch = epochsDone;
        stepOfEpoch = epoch < plan.epochs() ? 0 : plan.stepsPerEpoch();
        latest = now;
        if (best) {
            bestEpoch = epochsDone;
        }
        now.forEach(
                (name, value) -> results.computeIfAbsent(name, n -> new Trace()).add(value));
    }

    /** Whether a step was taken since the view began. */
    boolean hasSteps() {
        return stepsHere > 0;
    }

    /** Share 0..1 of the planned steps that are done. */
    double share() {
        double total = (double) plan.stepsPerEpoch() * plan.epochs();
        double done = epoch < plan.epochs() ? (double) epoch * plan.stepsPerEpoch() + stepOfEpoch : total;
        return total == 0 ? 1 : Math.min(1, done / total);
    }

    /** Seconds since the view began. */
    double secondsSince(long nanos) {
        return (nanos - beganNanos) / 1e9;
    }

    /** Seconds to the planned end; NaN while unknown. */
    double secondsLeft() {
        if (stepsHere < 2) {
            return Double.NaN;
        }
        double perStep = Math.max(stepSeconds, betweenSeconds / (stepsHere - 1));
        double left = (double) plan.stepsPerEpoch() * (plan.epochs() - epoch) - stepOfEpoch;
        return perStep * Math.max(0, left);
    }

    /** Examples per second; NaN while unknown. */
    double throughput() {
        return stepsHere == 0 ? Double.NaN : examples / stepSeconds;
    }

    /** Share 0..1 of the time that was spent waiting for data. */
    double waitingShare() {
        return stepsHere == 0 ? 0 : waitSeconds / stepSeconds;
    }

    Plan plan() {
        return plan;
    }
}
