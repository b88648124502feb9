package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;

/** How many units. */
final class Capacity {
    private static final long WIDE = 64;
    private static final long NARROW = 64;
    private static final long SMALL = 16;

    static final Treatment NARROWER = new Treatment(
            "at-most-64-units",
            Cause.TOO_MUCH_CAPACITY,
            Safety.LIKELY,
            "Give no hidden layer more than 64 units",
            "torch.nn.Linear(features, 64)",
            "keras.layers.Dense(64, activation=\"relu\")",
            "There are fewer ways to learn examples by heart; training and held-out loss come together",
            "Karpathy 2019, A Recipe for Training Neural Networks, step 4: smaller model size",
            patient -> capped(patient, NARROW));

    static final Treatment SMALL_NETWORK = new Treatment(
            "at-most-16-units",
            Cause.TOO_MUCH_CAPACITY,
            Safety.TRY,
            "Give no hidden layer more than 16 units",
            "torch.nn.Linear(features, 16)",
            "keras.layers.Dense(16, activation=\"relu\")",
            "The network has to choose what it learns",
            "Karpathy 2019, A Recipe for Training Neural Networks, step 4: smaller model size",
            patient -> capped(patient, SMALL));

    static final Treatment WIDER = new Treatment(
            "at-least-64-units",
            Cause.TOO_LITTLE_CAPACITY,
            Safety.LIKELY,
            "Give every hidden layer at least 64 units",
            "torch.nn.Linear(features, 64)",
            "keras.layers.Dense(64, activation=\"relu\")",
            "The training loss falls below where it stood",
            "Goodfellow et al. 2016, Deep Learning, section 5.2; Karpathy 2019, step 3: a model large enough to overfit",
            Capacity::wider);

    static final Treatment DEEPER = new Treatment(
            "one-layer-more",
            Cause.TOO_LITTLE_CAPACITY,
            Safety.TRY,
            "Add a hidden layer of 64 units before the last",
            "torch.nn.Sequential(torch.nn.Linear(n, 64), torch.nn.ReLU(), torch.nn.Linear(64, classes))",
            "x = keras.layers.Dense(64, activation=\"relu\")(x)",
            "A linear model becomes one that bends; a small one gets another stage",
            "Goodfellow et al. 2016, Deep Learning, section 6.4.1",
            Capacity::deeper);

    private Capacity() {}

    private static List<Change> capped(Patient patient, long most) {
        Changes changes = new Changes();
        for (SpecLayers.At at : sized(patient)) {
            if (at.width() > most) {
                changes.set(at.key(option(at)), String.valueOf(most), "fewer ways to learn by heart");
            }
        }
        return changes.list();
    }

    private static List<Change> wider(Patient patient) {
        Changes changes = new Changes();
        for (SpecLayers.At at : sized(patient)) {
            if (at.width() < WIDE) {
                changes.set(at.key(option(at)), String.valueOf(WIDE), "too narrow for what is to be learned");
            }
        }
        return changes.list();
    }

    /** Hidden layers whose width stands in the spec and may be another; heads and groups bind it to divisors. */
    private static List<SpecLayers.At> sized(Patient patient) {
        SpecLayers layers = SpecLayers.of(patient);
        if (layers.has("group-norm", "attention", "transformer-block")) {
            return List.of();
        }
        return layers.hidden().stream()
                .filter(a -> a.width() > 0
                        && Long.valueOf(1).equals(a.layer().options().getOrDefault("groups", 1L)))
                .toList();
    }

    private static String option(SpecLayers.At at) {
        return at.is("conv") ? "filters" : "units";
    }

    /** Only a network of one or two dense layers; deeper ones do not lack depth. */
    private static List<Change> deeper(Patient patient) {
        SpecLayers layers = SpecLayers.of(patient);
        List<SpecLayers.At> dense =
                layers.weighted().stream().filter(a -> a.is("dense")).toList();
        if (dense.isEmpty() || dense.size() > 2) {
            return List.of();
        }
        SpecLayers.At head = dense.get(dense.size() - 1);
        if (!head.isOuter() || !layers.head().equals(java.util.Optional.of(head))) {
            return List.of();
        }
        String key = "model.layers." + head.index();
        return new Changes()
                .set(key, "+" + bending(layers), "")
                .set(key, "+dense: " + WIDE, "another stage")
                .list();
    }

    private static String bending(SpecLayers layers) {
        String usual = layers.usualActivation();
        return usual.equals("sigmoid") ? "relu" : usual;
    }
}
