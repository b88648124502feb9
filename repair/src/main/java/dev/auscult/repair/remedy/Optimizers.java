package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.OptimizerSettings;
import dev.auscult.train.spec.SpecEdit.Change;

/** The optimizer, its settings besides the learning rate, and clipping. */
final class Optimizers {
    private static final double MOST_MOMENTUM = 0.95;
    private static final double LEAST_BETA2 = 0.95;
    private static final double MOST_EPSILON = 1e-4;
    private static final double LEAST_CLIP_NORM = 0.3;
    private static final double LEAST_CLIP_VALUE = 0.1;

    static final Treatment DEFAULTS = new Treatment(
            "optimizer-defaults",
            Cause.OPTIMIZER_SETTING,
            Safety.LIKELY,
            "Put momentum, betas and epsilon back to their defaults",
            "torch.optim.Adam(model.parameters(), lr=1e-3, betas=(0.9, 0.999), eps=1e-8)",
            "keras.optimizers.Adam(learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7)",
            "Updates have the length that the learning rate says",
            "Kingma and Ba 2015, Adam, algorithm 1; Sutskever et al. 2013 on momentum",
            Optimizers::defaults);

    static final Treatment ADAM = new Treatment(
            "adam-with-defaults",
            Cause.OPTIMIZER_SETTING,
            Safety.TRY,
            "Train with Adam as it was published",
            "optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)",
            "model.compile(optimizer=keras.optimizers.Adam(1e-3), loss=loss)",
            "Each weight gets steps of its own size, so that one learning rate suits all layers",
            "Zhang et al. 2021, AutoTrainer: first remedy for oscillation, and with others 167 slow runs repaired",
            Optimizers::adam);

    static final Treatment USUAL_CLIP = new Treatment(
            "usual-clip-norm",
            Cause.GRADIENT_CLIPPED_AWAY,
            Safety.LIKELY,
            "Clip the gradient to a norm of 1, which touches only the outliers",
            "torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)",
            "keras.optimizers.SGD(learning_rate=0.01, momentum=0.9, global_clipnorm=1.0)",
            "Most steps keep the length of their gradient",
            "Deep Learning Tuning Playbook: clip at the 90th percentile of the norm; Pascanu et al. 2013",
            Optimizers::usualClip);

    static final Treatment NO_CLIP = new Treatment(
            "no-clipping",
            Cause.GRADIENT_CLIPPED_AWAY,
            Safety.TRY,
            "Leave gradients as they are",
            "# no clip_grad_norm_, no clip_grad_value_",
            "keras.optimizers.SGD(learning_rate=0.01, momentum=0.9)  # no clipnorm, no clipvalue",
            "Steps have the length of the gradient times the learning rate",
            "Deep Learning Tuning Playbook: where more than half of the steps are clipped, clipping is the wrong tool",
            Optimizers::noClip);

    private Optimizers() {}

    private static List<Change> defaults(Patient patient) {
        OptimizerSettings now = patient.spec().optimizer();
        boolean adaptive = now.type().startsWith("adam");
        return new Changes()
                .set(now.momentum() > MOST_MOMENTUM, "optimizer.momentum", "0.9", "remembered too many steps")
                .set(
                        adaptive && now.beta1() > MOST_MOMENTUM,
                        "optimizer.beta1",
                        "0.9",
                        "default; remembered too many steps")
                .set(
                        adaptive && now.beta2() < LEAST_BETA2,
                        "optimizer.beta2",
                        "0.999",
                        "default; the size of a step was that of a few gradients")
                .set(
                        now.epsilon() > MOST_EPSILON && !now.type().equals("sgd"),
                        "optimizer.epsilon",
                        "1e-8",
                        "default; it drowned the gradients it is added to")
                .list();
    }

    private static List<Change> adam(Patient patient) {
        OptimizerSettings now = patient.spec().optimizer();
        boolean plain = now.type().equals("adam")
                && now.beta1() == 0.9
                && now.beta2() == 0.999
                && now.epsilon() == 1e-8
                && now.weightDecay() == 0;
        return plain || !now.groups().isEmpty()
                ? List.of()
                : Changes.one("optimizer", "{type: adam, learning-rate: 0.001}", "as published; was " + now.type());
    }

    private static List<Change> usualClip(Patient patient) {
        Double norm = patient.spec().training().clipNorm();
        Double value = patient.spec().training().clipValue();
        return new Changes()
                .set(
                        norm != null && norm < LEAST_CLIP_NORM,
                        "training.clip-norm",
                        "1",
                        "left next to nothing of the gradient")
                .set(value != null && value < LEAST_CLIP_VALUE, "training.clip-value", "null", "bent every gradient")
                .list();
    }

    private static List<Change> noClip(Patient patient) {
        return new Changes()
                .set(
                        patient.spec().training().clipNorm() != null,
                        "training.clip-norm",
                        "null",
                        "clipping was always on")
                .set(
                        patient.spec().training().clipValue() != null,
                        "training.clip-value",
                        "null",
                        "clipping was always on")
                .list();
    }
}
