package dev.auscult.train.check;

import dev.auscult.train.loop.Setup;
import dev.auscult.train.optimizer.Optimizer;
import dev.auscult.train.optimizer.Optimizers;
import dev.auscult.train.schedule.Schedules;
import dev.auscult.train.spec.TrainingSettings;

/**
 * The plan of a training in numbers.
 *
 * @param setup what is trained
 * @param batchSize examples of a full batch
 * @param batches batches of an epoch
 * @param steps optimizer steps of an epoch
 */
record Plan(Setup setup, int batchSize, long batches, long steps) {
    static Plan of(Setup setup) {
        TrainingSettings training = setup.spec().training();
        int examples = setup.data().train().size();
        int size = Math.max(1, Math.min(training.batchSize(), examples));
        long batches = training.dropLast() ? examples / size : (examples + size - 1L) / size;
        return new Plan(setup, size, batches, (batches + training.accumulate() - 1L) / training.accumulate());
    }

    /** The optimizer of the spec, at the learning rate of the first step. */
    Optimizer optimizer() {
        Optimizer optimizer =
                Optimizers.of(setup.spec().optimizer(), setup.network().parameters(), setup.engine());
        optimizer.learningRate(Schedules.of(
                        setup.spec().schedule(),
                        setup.spec().optimizer().learningRate(),
                        steps,
                        setup.spec().training().epochs())
                .at(0));
        return optimizer;
    }
}
