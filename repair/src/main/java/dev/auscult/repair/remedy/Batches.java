package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.TrainingSettings;

/** Examples per step. */
final class Batches {
    private static final int USUAL = 32;
    private static final int SMALL = 16;
    private static final int LARGE = 128;

    static final Treatment LARGER = new Treatment(
            "batch-of-32",
            Cause.BATCH_TOO_SMALL,
            Safety.LIKELY,
            "Take 32 examples per step",
            "loader = torch.utils.data.DataLoader(train_set, batch_size=32, shuffle=True)",
            "model.fit(x, y, batch_size=32)",
            "The noise of the gradient falls with the root of the batch",
            "Masters and Luschi 2018, Revisiting Small Batch Training; McCandlish et al. 2018, An Empirical Model of"
                    + " Large-Batch Training",
            patient -> patient.spec().training().batchSize() < SMALL
                    ? Changes.one("training.batch-size", String.valueOf(USUAL), "fewer examples give mostly noise")
                    : List.of());

    static final Treatment ACCUMULATE = new Treatment(
            "accumulate-gradients",
            Cause.BATCH_TOO_SMALL,
            Safety.LIKELY,
            "Add up the gradients of several batches before each step, where memory allows no larger one",
            """
            for i, (x, y) in enumerate(loader):
                (criterion(model(x), y) / k).backward()
                if (i + 1) % k == 0:
                    optimizer.step(); optimizer.zero_grad()""",
            "keras.optimizers.Adam(1e-3, gradient_accumulation_steps=8)",
            "Steps as even as those of a large batch, in the memory of a small one",
            "PyTorch manual, automatic mixed precision examples, gradient accumulation",
            Batches::accumulate);

    static final Treatment SMALLER = new Treatment(
            "batch-of-64",
            Cause.BATCH_TOO_LARGE,
            Safety.LIKELY,
            "Take 64 examples per step, for more steps in each epoch",
            "loader = torch.utils.data.DataLoader(train_set, batch_size=64, shuffle=True)",
            "model.fit(x, y, batch_size=64)",
            "As many epochs hold several times the steps",
            "Keskar et al. 2017, On Large-Batch Training for Deep Learning",
            patient -> smaller(patient, 64));

    static final Treatment SMALL_BATCH = new Treatment(
            "batch-of-16",
            Cause.BATCH_TOO_LARGE,
            Safety.TRY,
            "Take 16 examples per step",
            "loader = torch.utils.data.DataLoader(train_set, batch_size=16, shuffle=True)",
            "model.fit(x, y, batch_size=16)",
            "Many steps even on few examples",
            "Masters and Luschi 2018, Revisiting Small Batch Training for Deep Neural Networks",
            patient -> smaller(patient, SMALL));

    static final Treatment HALF_AND_ACCUMULATE = new Treatment(
            "smaller-batch-same-step",
            Cause.MEMORY_BOUND,
            Safety.SAFE,
            "Take a quarter of the examples at a time and step after four times",
            """
            for i, (x, y) in enumerate(loader):  # batch_size // 4
                (criterion(model(x), y) / 4).backward()
                if i % 4 == 3:
                    optimizer.step(); optimizer.zero_grad()""",
            "keras.optimizers.Adam(1e-3, gradient_accumulation_steps=4)  # with batch_size // 4",
            "Activations take a quarter of the memory; steps stay the same but for batch normalisation",
            "Chen et al. 2016, Training Deep Nets with Sublinear Memory Cost, section 2",
            Batches::quarter);

    private Batches() {}

    private static List<Change> accumulate(Patient patient) {
        TrainingSettings training = patient.spec().training();
        int together = training.batchSize() < USUAL ? training.batchSize() * training.accumulate() : USUAL;
        return together < SMALL
                ? Changes.one(
                        "training.accumulate",
                        String.valueOf((USUAL + training.batchSize() - 1) / training.batchSize()),
                        "a step of " + USUAL + " examples")
                : List.of();
    }

    private static List<Change> smaller(Patient patient, int size) {
        TrainingSettings training = patient.spec().training();
        return training.batchSize() > size * 2 || (size == SMALL && training.batchSize() > size)
                ? new Changes()
                        .set("training.batch-size", String.valueOf(size), "more steps in each epoch")
                        .set(training.accumulate() > 1, "training.accumulate", "1", "more steps in each epoch")
                        .list()
                : List.of();
    }

    private static List<Change> quarter(Patient patient) {
        TrainingSettings training = patient.spec().training();
        if (training.batchSize() < LARGE || training.batchSize() == Integer.MAX_VALUE) {
            return List.of();
        }
        return new Changes()
                .set("training.batch-size", String.valueOf(training.batchSize() / 4), "a quarter of the memory")
                .set("training.accumulate", String.valueOf(training.accumulate() * 4), "the same step")
                .list();
    }
}
