package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.ScheduleSettings;
import dev.auscult.train.spec.SpecEdit.Change;

/** How the learning rate changes, and the first steps. */
final class Schedules {
    private static final String TORCH_WARM_UP = """
            warm_up = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.01, total_iters=100)
            # after each optimizer.step():
            warm_up.step()""";

    private static final String KERAS_WARM_UP = """
            rate = keras.optimizers.schedules.CosineDecay(
                initial_learning_rate=1e-5, decay_steps=steps, warmup_target=1e-3, warmup_steps=100)
            optimizer = keras.optimizers.Adam(learning_rate=rate)""";

    private static final String WARM_UP_SOURCE =
            "Goyal et al. 2017, Accurate, Large Minibatch SGD, section 2.2; Deep Learning Tuning Playbook, early instability";

    static final Treatment WARM_UP_AND_CLIP = new Treatment(
            "warm-up-and-clip",
            Cause.MISSING_WARM_UP,
            Safety.LIKELY,
            "Raise the learning rate over the first steps and clip the gradient to a norm of 1",
            TORCH_WARM_UP
                    + "\n# before each optimizer.step():\ntorch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)",
            KERAS_WARM_UP.replace("learning_rate=rate)", "learning_rate=rate, global_clipnorm=1.0)"),
            "The loss no longer rises at the start",
            WARM_UP_SOURCE,
            Schedules::warmUpAndClip);

    static final Treatment WARM_UP = new Treatment(
            "warm-up",
            Cause.MISSING_WARM_UP,
            Safety.SAFE,
            "Raise the learning rate from next to nothing over the first twentieth of the steps",
            TORCH_WARM_UP,
            KERAS_WARM_UP,
            "The first steps are short while averages fill and weights settle",
            WARM_UP_SOURCE,
            Schedules::warmUp);

    static final Treatment PRE_NORM = new Treatment(
            "pre-norm",
            Cause.MISSING_WARM_UP,
            Safety.LIKELY,
            "Normalise before each part of a transformer block, not after its sum",
            "torch.nn.TransformerEncoderLayer(d_model, heads, norm_first=True, batch_first=True)",
            "x = x + attention(layer_norm(x))  # not layer_norm(x + attention(x))",
            "Gradients at the start are of one size in every block, and training bears a higher rate",
            "Xiong et al. 2020, On Layer Normalization in the Transformer Architecture",
            Schedules::preNorm);

    static final Treatment PER_EPOCH = new Treatment(
            "schedule-per-epoch",
            Cause.SCHEDULE_FAULT,
            Safety.LIKELY,
            "Advance the schedule once in an epoch, not at every step",
            """
            for epoch in range(epochs):
                for x, y in loader:
                    train_step(x, y)
                scheduler.step()  # here, outside the inner loop""",
            "keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.95)  # is called once in an epoch",
            "The rate falls over the whole training rather than in its first part",
            "PyTorch manual, torch.optim, How to adjust learning rate",
            Schedules::perEpoch);

    static final Treatment COSINE = new Treatment(
            "cosine-over-the-run",
            Cause.SCHEDULE_FAULT,
            Safety.LIKELY,
            "Let the learning rate fall along a cosine to the end of the training",
            """
            scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=epochs * len(loader))
            # after each optimizer.step():
            scheduler.step()""",
            "keras.optimizers.schedules.CosineDecay(initial_learning_rate=1e-3, decay_steps=epochs * steps_per_epoch)",
            "Large steps for most of the training, small ones at its end",
            "Loshchilov and Hutter 2017, SGDR, equation 5",
            patient -> schedule(patient, "cosine", "falls to the end of the training, not before"));

    static final Treatment CONSTANT = new Treatment(
            "constant-rate",
            Cause.SCHEDULE_FAULT,
            Safety.LIKELY,
            "Leave the schedule out: train at the learning rate that was chosen",
            "# no scheduler.step()",
            "optimizer = keras.optimizers.Adam(learning_rate=1e-3)  # a number, not a schedule",
            "Steps stay as long as they were meant to be",
            "Deep Learning Tuning Playbook, choosing a learning rate schedule",
            patient -> schedule(patient, "constant", "the schedule took the rate where nothing is learned"));

    private Schedules() {}

    private static List<Change> warmUp(Patient patient) {
        ScheduleSettings schedule = patient.spec().schedule();
        return schedule.warmUp() > 0 || schedule.type().equals("one-cycle")
                ? List.of()
                : Changes.one("schedule.warm-up", Usual.warmUp(patient), "the first steps were too long");
    }

    private static List<Change> warmUpAndClip(Patient patient) {
        Double clip = patient.spec().training().clipNorm();
        return new Changes()
                .addAll(warmUp(patient))
                .set(
                        clip == null || clip > Usual.CLIP_NORM,
                        "training.clip-norm",
                        Numbers.exact(Usual.CLIP_NORM),
                        "no gradient throws the weights far")
                .list();
    }

    private static List<Change> preNorm(Patient patient) {
        Changes changes = new Changes();
        SpecLayers.of(patient).all().stream()
                .filter(a -> a.is("transformer-block")
                        && "post".equals(a.layer().options().get("norm")))
                .forEach(a -> changes.set(a.key("norm"), "pre", "trains without a long warm-up"));
        return changes.list();
    }

    private static List<Change> perEpoch(Patient patient) {
        ScheduleSettings schedule = patient.spec().schedule();
        boolean counts = List.of("exponential", "step", "multi-step", "plateau").contains(schedule.type());
        return counts && schedule.per().equals("step")
                ? Changes.one("schedule.per", "epoch", "it was advanced at every step")
                : List.of();
    }

    /** Another curve; a warm-up that was there stays, in what it counted. */
    private static List<Change> schedule(Patient patient, String type, String why) {
        ScheduleSettings old = patient.spec().schedule();
        if (old.type().equals(type) && old.length() == 0) {
            return List.of();
        }
        String warmUp = old.warmUp() > 0
                ? ", per: " + old.per() + ", warm-up: {length: " + Numbers.exact(old.warmUp()) + ", type: "
                        + old.warmUpType() + ", from: " + Numbers.exact(old.warmUpFrom()) + "}"
                : "";
        return Changes.one("schedule", "{type: " + type + warmUp + "}", why);
    }
}
