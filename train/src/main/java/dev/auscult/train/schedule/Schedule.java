package dev.auscult.train.schedule;

import java.util.List;
import java.util.Map;

/** How the learning rate changes over the steps of a training. */
public interface Schedule {
    /**
     * The learning rate to be used in a step.
     *
     * @param step number of optimizer steps taken before, from 0 over the whole training
     */
    double at(long step);

    /**
     * Hears how an evaluation went; schedules that only follow the clock do not care.
     *
     * @param epoch number of epochs finished, from 1
     * @param validationLoss loss on the validation examples, lower is better; NaN counts as worse than any other
     */
    default void observe(int epoch, double validationLoss) {}

    /** What it remembers of the evaluations, by name, to be kept in a checkpoint; empty if nothing. */
    default Map<String, Double> state() {
        return Map.of();
    }

    /** Goes on from a state that {@link #state} gave. */
    default void restore(Map<String, Double> state) {}

    /** What is odd about it, each in one sentence; empty if nothing. */
    default List<String> warnings() {
        return List.of();
    }
}
