package dev.auscult.train.loop;

import java.util.List;
import java.util.Map;

import dev.auscult.run.ModelGraph;

/** Hears how a training goes; called on the thread that trains, so it should be quick. */
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * Before the first step.
     *
     * @param story what was found out about data and engine, a sentence each
     * @param graph the network
     * @param plan how long it is to take
     */
    default void started(List<String> story, ModelGraph graph, Plan plan) {}

    /** After every optimizer step. */
    default void step(Step step) {}

    /**
     * After an evaluation.
     *
     * @param epoch epochs completed
     * @param step optimizer steps taken
     * @param results by name ({@code validation/loss})
     * @param best whether this was the best so far
     */
    default void evaluated(int epoch, long step, Map<String, Double> results, boolean best) {}

    /** Something that people should know: a warning of the schedule, advice that was followed, a checkpoint that failed. */
    default void note(String sentence) {}

    /**
     * How long a training is to take.
     *
     * @param epochs all epochs
     * @param stepsPerEpoch optimizer steps of an epoch
     * @param firstEpoch epochs already completed (0 unless resumed)
     * @param batchSize examples per optimizer step
     */
    record Plan(int epochs, long stepsPerEpoch, int firstEpoch, int batchSize) {}

    /**
     * One optimizer step.
     *
     * @param epoch epochs completed before
     * @param step optimizer steps taken, this one included
     * @param stepOfEpoch steps taken in this epoch, this one included
     * @param loss mean training loss of the step
     * @param learningRate used for the step
     * @param gradientNorm L2 norm before clipping
     * @param examples examples of the step
     * @param seconds wall time of the step, waiting for data included
     * @param waited seconds of it that were spent waiting for data
     */
    record Step(
            int epoch,
            long step,
            long stepOfEpoch,
            double loss,
            double learningRate,
            double gradientNorm,
            int examples,
            double seconds,
            double waited) {}
}
