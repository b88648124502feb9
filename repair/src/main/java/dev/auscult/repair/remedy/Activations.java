package dev.auscult.repair.remedy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;

/** The activation functions of hidden layers. */
final class Activations {
    private static final List<String> SATURATING = List.of("sigmoid", "tanh", "softmax", "log-softmax", "softplus");
    private static final List<String> CUT_OFF = List.of("relu");

    /** From this many hidden activations on, ReLU alone does not carry the gradient through; normalisation does. */
    private static final int DEEP = 4;

    private static final String TORCH_RELU = """
            torch.nn.Sequential(
                torch.nn.Linear(32, 64), torch.nn.ReLU(),  # was torch.nn.Sigmoid()
                torch.nn.Linear(64, classes))
            torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")""";

    private static final String KERAS_RELU =
            "keras.layers.Dense(64, activation=\"relu\", kernel_initializer=\"he_normal\")";

    private static final String RELU_SOURCE =
            "Glorot, Bordes and Bengio 2011, Deep Sparse Rectifier Neural Networks; AutoTrainer (Zhang et al. 2021): 49"
                    + " vanishing gradients repaired, 41 points of accuracy on average";

    static final Treatment RELU_HE_NORM = new Treatment(
            "relu-he-batch-norm",
            Cause.SATURATING_ACTIVATION,
            Safety.LIKELY,
            "Put ReLU with He's initial weights and batch normalisation in place of sigmoid and tanh",
            "torch.nn.Sequential(\n    torch.nn.Linear(64, 64), torch.nn.BatchNorm1d(64), torch.nn.ReLU())",
            "x = keras.layers.Dense(64, kernel_initializer=\"he_normal\")(x)\n"
                    + "x = keras.layers.BatchNormalization()(x)\nx = keras.layers.ReLU()(x)",
            "Gradients reach the first layers at the size they have in the last",
            RELU_SOURCE,
            Activations::reluHeNorm);

    static final Treatment RELU_HE = new Treatment(
            "relu-he",
            Cause.SATURATING_ACTIVATION,
            Safety.LIKELY,
            "Put ReLU with He's initial weights in place of sigmoid and tanh",
            TORCH_RELU,
            KERAS_RELU,
            "The slope is 1 wherever a unit is active, so that gradients do not shrink from layer to layer",
            RELU_SOURCE,
            Activations::reluHe);

    static final Treatment SELU_LECUN = new Treatment(
            "selu-lecun",
            Cause.SATURATING_ACTIVATION,
            Safety.TRY,
            "Put SELU with LeCun's initial weights in place of the activation",
            "torch.nn.SELU()\ntorch.nn.init.kaiming_normal_(layer.weight, nonlinearity=\"linear\")",
            "keras.layers.Dense(64, activation=\"selu\", kernel_initializer=\"lecun_normal\")",
            "Activations keep mean 0 and variance 1 through many layers without normalisation",
            "Klambauer et al. 2017, Self-Normalizing Neural Networks; first remedy of AutoTrainer for vanishing gradients",
            Activations::seluLecun);

    static final Treatment LEAKY = new Treatment(
            "leaky-relu",
            Cause.DEAD_UNITS,
            Safety.LIKELY,
            "Give inactive units a small slope: leaky ReLU in place of ReLU",
            "torch.nn.LeakyReLU(0.01)  # was torch.nn.ReLU()",
            "keras.layers.LeakyReLU(negative_slope=0.01)",
            "Every unit gets a gradient for every example, and none stays dead",
            "Maas et al. 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models, equation 3",
            patient -> replaced(patient, CUT_OFF, "leaky-relu", "no unit stays silent for good"));

    static final Treatment GELU = new Treatment(
            "gelu",
            Cause.DEAD_UNITS,
            Safety.TRY,
            "Put GELU in place of ReLU",
            "torch.nn.GELU()",
            "keras.layers.Activation(\"gelu\")",
            "Units below zero keep a slope",
            "Hendrycks and Gimpel 2016, Gaussian Error Linear Units",
            patient -> replaced(patient, CUT_OFF, "gelu", "no unit stays silent for good"));

    static final Treatment BETWEEN = new Treatment(
            "activation-between-layers",
            Cause.MISSING_NONLINEARITY,
            Safety.LIKELY,
            "Put an activation behind every hidden layer that has none",
            """
            torch.nn.Sequential(
                torch.nn.Linear(32, 64),
                torch.nn.ReLU(),  # was missing
                torch.nn.Linear(64, classes))""",
            "keras.layers.Dense(64, activation=\"relu\")  # activation is None by default",
            "The network can bend: it fits what a linear model cannot",
            "Cybenko 1989, Approximation by Superpositions of a Sigmoidal Function; NeuraLint (Nikanjam et al. 2021), rule on"
                    + " missing activation",
            Activations::between);

    private Activations() {}

    private static List<Change> reluHeNorm(Patient patient) {
        SpecLayers layers = SpecLayers.of(patient);
        List<Change> relu = reluHe(patient);
        if (relu.isEmpty() || layers.hiddenActivations().size() < DEEP) {
            return List.of();
        }
        // Norms go in from the back, so that the keys of the activations are used before they move.
        return new Changes()
                .addAll(relu)
                .addAll(Normalization.behindLayers(patient))
                .list();
    }

    private static List<Change> reluHe(Patient patient) {
        List<Change> replaced = replaced(patient, SATURATING, "relu", "its slope does not vanish");
        return replaced.isEmpty()
                ? replaced
                : new Changes()
                        .addAll(replaced)
                        .addAll(initializer(patient, "he"))
                        .list();
    }

    private static List<Change> seluLecun(Patient patient) {
        List<String> others = new ArrayList<>(SATURATING);
        others.addAll(List.of("relu", "leaky-relu", "elu"));
        List<Change> replaced = replaced(patient, others, "selu", "keeps mean 0 and variance 1");
        return replaced.isEmpty()
                ? replaced
                : new Changes()
                        .addAll(replaced)
                        .addAll(initializer(patient, "lecun"))
                        .list();
    }

    /** Only where weights are drawn for dense and convolutional layers alone; others start as they are made to. */
    private static List<Change> initializer(Patient patient, String wanted) {
        boolean others = SpecLayers.of(patient)
                .has("rnn", "lstm", "gru", "attention", "transformer-block", "embedding", "torchscript");
        return Initial.initializer(patient, others ? "default" : wanted);
    }

    private static List<Change> replaced(Patient patient, List<String> types, String by, String why) {
        Changes changes = new Changes();
        for (SpecLayers.Activation activation : SpecLayers.of(patient).hiddenActivations()) {
            if (types.contains(activation.type())) {
                changes.set(activation.key(), by, why);
            }
        }
        return changes.list();
    }

    /** Behind dense and convolutional layers that reach the next weights through nothing that bends. */
    private static List<Change> between(Patient patient) {
        SpecLayers layers = SpecLayers.of(patient);
        String activation = layers.usualActivation();
        List<SpecLayers.At> all = layers.all();
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            SpecLayers.At at = all.get(i);
            if (!at.is("dense", "conv") || at.layer().options().containsKey("activation")) {
                continue;
            }
            int next = i + 1;
            boolean bends = false;
            SpecLayers.At behind = at;
            while (next < all.size() && !all.get(next).isWeighted()) {
                SpecLayers.At passed = all.get(next);
                bends |= passed.isActivation() || passed.is("max-pool", "residual");
                if (passed.isNorm() && passed.list().equals(at.list()) && passed.index() == behind.index() + 1) {
                    behind = passed;
                }
                next++;
            }
            // The last of a residual branch meets its shortcut first.
            boolean ends = next < all.size() && !all.get(next).list().equals(at.list());
            if (!bends && !ends && next < all.size()) {
                changes.add(new Change(
                        behind.list() + "." + (behind.index() + 1),
                        "+" + activation,
                        changes.isEmpty() ? "layers with nothing between them are one linear layer" : ""));
            }
        }
        Collections.reverse(changes);
        return List.copyOf(changes);
    }
}
