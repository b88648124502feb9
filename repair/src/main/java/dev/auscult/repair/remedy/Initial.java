package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.InitializerSettings;
import dev.auscult.train.spec.SpecEdit.Change;

/** How weights start. */
final class Initial {
    /** Initializers whose scale does not follow from the number of connections. */
    private static final List<String> BLIND = List.of("zeros", "ones", "constant", "normal", "uniform");

    private static final String TORCH = """
            for module in model.modules():
                if isinstance(module, (torch.nn.Linear, torch.nn.Conv2d)):
                    torch.nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
                    if module.bias is not None:
                        torch.nn.init.zeros_(module.bias)""";

    private static final String KERAS = "keras.layers.Dense(64, activation=\"relu\", kernel_initializer=\"he_normal\")";

    static final Treatment BY_ACTIVATION = new Treatment(
            "initializer-of-the-activation",
            Cause.BAD_INITIALIZATION,
            Safety.LIKELY,
            "Start weights at the scale that the activation asks for: He for ReLU, Glorot for tanh and sigmoid, LeCun for"
                    + " SELU",
            TORCH,
            KERAS,
            "Activations and gradients have one scale in every layer at the first step",
            "He et al. 2015, Delving Deep into Rectifiers, equation 10; Glorot and Bengio 2010, equation 16",
            patient -> initializer(patient, byActivation(patient)));

    static final Treatment DEFAULT = new Treatment(
            "default-initializer",
            Cause.BAD_INITIALIZATION,
            Safety.LIKELY,
            "Start weights as the layers do by themselves",
            "for module in model.modules():\n    if hasattr(module, \"reset_parameters\"):\n        module.reset_parameters()",
            "keras.layers.Dense(64, activation=\"relu\")  # Glorot uniform by default",
            "Units of a layer differ from the start, at a scale that follows from their inputs",
            "LeCun et al. 1998, Efficient BackProp, section 4.6",
            patient -> initializer(patient, "default"));

    static final Treatment ORTHOGONAL = new Treatment(
            "orthogonal-initializer",
            Cause.BAD_INITIALIZATION,
            Safety.TRY,
            "Start with orthogonal weights, which keep the length of what passes",
            "torch.nn.init.orthogonal_(layer.weight)",
            "keras.layers.Dense(64, kernel_initializer=keras.initializers.Orthogonal())",
            "Products of many layers neither vanish nor explode at the start",
            "Saxe et al. 2014, Exact Solutions to the Nonlinear Dynamics of Learning, section 3",
            patient -> initializer(patient, "orthogonal"));

    static final Treatment REPLACE_BLIND = new Treatment(
            "no-blind-initializer",
            Cause.DEAD_UNITS,
            Safety.LIKELY,
            "Leave out constants and fixed deviations among the initializers, which take no account of the layer's size",
            TORCH,
            KERAS,
            "No layer starts with every unit silent or alike",
            "He et al. 2015, Delving Deep into Rectifiers; AutoTrainer (Zhang et al. 2021): 24 dying ReLUs repaired",
            patient -> isBlind(patient) ? initializer(patient, byActivation(patient)) : List.of());

    private Initial() {}

    /** Whether weights start at a scale, or with a value, that nothing derives from the layer. */
    static boolean isBlind(Patient patient) {
        return BLIND.contains(patient.spec().model().initializer().type())
                || SpecLayers.of(patient).all().stream()
                        .anyMatch(a -> a.layer().options().get("initializer") instanceof InitializerSettings own
                                && BLIND.contains(own.type()));
    }

    /** The word for the initializer that the hidden activations ask for. */
    static String byActivation(Patient patient) {
        SpecLayers layers = SpecLayers.of(patient);
        // Their gates and queries are made for the scale they start at by themselves.
        if (layers.isEmpty() || layers.has("rnn", "lstm", "gru", "attention", "transformer-block", "embedding")) {
            return "default";
        }
        return switch (layers.usualActivation()) {
            case "tanh", "sigmoid", "softmax", "log-softmax" -> "glorot";
            case "selu" -> "lecun";
            default -> "he";
        };
    }

    /** One initializer for all layers; those of their own go, unless they are one that fits the size of the layer. */
    static List<Change> initializer(Patient patient, String wanted) {
        InitializerSettings now = patient.spec().model().initializer();
        Changes changes = new Changes();
        for (SpecLayers.At at : SpecLayers.of(patient).all()) {
            if (at.layer().options().get("initializer") instanceof InitializerSettings own
                    && BLIND.contains(own.type())) {
                changes.set(at.key("initializer"), "-", "took no account of the size of the layer");
            }
        }
        return changes.set(!now.type().equals(wanted), "model.initializer", wanted, "was " + now.type())
                .list();
    }
}
