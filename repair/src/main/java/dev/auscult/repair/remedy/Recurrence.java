package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;

/** Networks that multiply by the same weights at every time step. */
final class Recurrence {
    private static final String TORCH_START = """
            for name, p in rnn.named_parameters():
                if "weight_hh" in name:
                    torch.nn.init.orthogonal_(p)""";

    private static final String KERAS_START = "keras.layers.SimpleRNN(24, recurrent_initializer=\"orthogonal\")";

    static final Treatment CLIP_AND_START = new Treatment(
            "clip-and-start-small",
            Cause.EXPLODING_RECURRENCE,
            Safety.LIKELY,
            "Clip the gradient to a norm of 1, and start recurrent weights at the scale of their width",
            TORCH_START + "\ntorch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)  # before each step",
            KERAS_START + "\nkeras.optimizers.Adam(1e-3, global_clipnorm=1.0)",
            "Products over time start near 1, and what still explodes is cut",
            "Pascanu et al. 2013, On the difficulty of training recurrent neural networks, algorithm 1",
            Recurrence::clipAndStart);

    static final Treatment ORTHOGONAL = new Treatment(
            "orthogonal-recurrence",
            Cause.EXPLODING_RECURRENCE,
            Safety.LIKELY,
            "Start recurrent weights orthogonal, and clip the gradient to a norm of 1",
            TORCH_START,
            KERAS_START,
            "The state keeps its length over time at the start",
            "Saxe et al. 2014, Exact Solutions to the Nonlinear Dynamics of Learning; Henaff et al. 2016",
            patient -> isRecurrent(patient)
                    ? new Changes()
                            .addAll(Initial.initializer(patient, "orthogonal"))
                            .addAll(clip(patient))
                            .list()
                    : List.of());

    static final Treatment GATED = new Treatment(
            "gated-units",
            Cause.EXPLODING_RECURRENCE,
            Safety.TRY,
            "Put gated units (GRU) in place of the plain recurrent layer",
            "torch.nn.GRU(inputs, 24, batch_first=True)  # was torch.nn.RNN",
            "keras.layers.GRU(24)  # was keras.layers.SimpleRNN",
            "The state passes through gates, not through a power of one matrix",
            "Cho et al. 2014, Learning Phrase Representations using RNN Encoder-Decoder, section 2.3",
            Recurrence::gated);

    private Recurrence() {}

    private static boolean isRecurrent(Patient patient) {
        return SpecLayers.of(patient).has("rnn", "lstm", "gru");
    }

    private static List<Change> clip(Patient patient) {
        Double clip = patient.spec().training().clipNorm();
        return clip == null || clip > Usual.CLIP_NORM
                ? Changes.one("training.clip-norm", "1", "gradients grow with every time step")
                : List.of();
    }

    private static List<Change> clipAndStart(Patient patient) {
        if (!isRecurrent(patient)) {
            return List.of();
        }
        return new Changes()
                .addAll(Initial.isBlind(patient) ? Initial.initializer(patient, "default") : List.of())
                .addAll(clip(patient))
                .list();
    }

    private static List<Change> gated(Patient patient) {
        Changes changes = new Changes();
        for (SpecLayers.At at : SpecLayers.of(patient).all()) {
            if (at.is("rnn")) {
                String layer = LayerText.of(at.layer());
                changes.set(at.key(), layer.replaceFirst("rnn", "gru"), "gates hold the state");
            }
        }
        return changes.list();
    }
}
