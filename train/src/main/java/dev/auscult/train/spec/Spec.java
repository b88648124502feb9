package dev.auscult.train.spec;

import java.util.List;

import dev.auscult.data.DataSettings;

/**
 * A training spec, complete: what was not said has its default.
 *
 * @param name name of the run
 * @param seed governs initial weights, order of the examples, dropout and augmentation
 * @param data what is learned from
 * @param model the network; no layers: a sensible one for the data
 * @param loss what is made small
 * @param metrics names of what is measured besides the loss; empty: those that suit the task
 * @param optimizer how weights are changed
 * @param schedule how the learning rate changes
 * @param regularization what keeps the network from learning by heart
 * @param training how long, in what batches, and when to stop
 * @param record what is written down
 * @param policy what happens when the doctor finds something
 */
public record Spec(
        String name,
        long seed,
        DataSettings data,
        ModelSettings model,
        LossSettings loss,
        List<String> metrics,
        OptimizerSettings optimizer,
        ScheduleSettings schedule,
        RegularizationSettings regularization,
        TrainingSettings training,
        RecordSettings record,
        PolicySettings policy) {
    public Spec {
        metrics = List.copyOf(metrics);
    }
}
