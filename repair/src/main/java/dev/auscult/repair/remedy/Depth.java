package dev.auscult.repair.remedy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LayerVocabulary;
import dev.auscult.train.spec.SpecEdit.Change;

/** How many layers, and ways around them. */
final class Depth {
    private static final int FEW = 3;
    private static final String WHY = "gradients pass by the shortcut";

    static final Treatment RESIDUAL = new Treatment(
            "residual-shortcuts",
            Cause.DEPTH_WITHOUT_SHORTCUT,
            Safety.LIKELY,
            "Lead a shortcut around every two layers of equal width, and normalise behind each",
            """
            class Block(torch.nn.Module):
                def __init__(self, n):
                    super().__init__()
                    self.f = torch.nn.Sequential(
                        torch.nn.Linear(n, n), torch.nn.BatchNorm1d(n), torch.nn.ReLU(),
                        torch.nn.Linear(n, n), torch.nn.BatchNorm1d(n))
                def forward(self, x):
                    return torch.relu(x + self.f(x))""",
            """
            y = keras.layers.Dense(64)(x)
            y = keras.layers.ReLU()(keras.layers.BatchNormalization()(y))
            y = keras.layers.BatchNormalization()(keras.layers.Dense(64)(y))
            x = keras.layers.ReLU()(keras.layers.add([x, y]))""",
            "The gradient of the first layer no longer is a product over all others",
            "He et al. 2016, Deep Residual Learning for Image Recognition, equation 1 and figure 2",
            Depth::residual);

    static final Treatment FEWER_LAYERS = new Treatment(
            "fewer-layers",
            Cause.DEPTH_WITHOUT_SHORTCUT,
            Safety.LIKELY,
            "Keep three hidden dense layers",
            "torch.nn.Sequential(*list(model)[:6], model[-1])  # three layers with their activations, and the head",
            "for layer in hidden_layers[:3]:\n    x = layer(x)",
            "A network that gradients can pass; for tables three layers are seldom too few",
            "Gorishniy et al. 2021, Revisiting Deep Learning Models for Tabular Data; Wardat et al. 2022, DeepDiagnosis: add or"
                    + " delete a layer",
            Depth::fewer);

    private Depth() {}

    private static List<Change> residual(Patient patient) {
        Stages stages = Stages.of(patient);
        Set<Integer> starts = new HashSet<>();
        for (int i = 1; i < stages.all().size(); i++) {
            if (!starts.contains(i - 1) && stages.isPair(i)) {
                starts.add(i);
            }
        }
        if (starts.isEmpty()) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        for (int i = stages.all().size() - 1; i >= 0; i--) {
            if (starts.contains(i)) {
                wrap(stages.all().get(i), stages.all().get(i + 1), changes);
            } else if (!starts.contains(i - 1) && !stages.all().get(i).hasNorm()) {
                changes.add(new Change(key(stages.all().get(i).from() + 1), "+batch-norm", ""));
            }
        }
        return List.copyOf(changes);
    }

    /**
     * Dense, norm, activation, dense, norm; the shortcut; ReLU. Another activation ends the branch instead: behind the sum it
     * would bend the shortcut, and products over depth would be back (He et al. 2016, Identity Mappings, section 2).
     */
    private static void wrap(Stages.Stage one, Stages.Stage two, List<Change> changes) {
        for (int i = two.to() - 1; i > one.from(); i--) {
            changes.add(new Change(key(i), "-", ""));
        }
        List<LayerSettings> inside = new ArrayList<>();
        inside.add(one.dense());
        inside.add(plain("batch-norm"));
        inside.add(plain(bending(one)));
        inside.addAll(one.dropout());
        inside.add(two.dense());
        inside.add(plain("batch-norm"));
        boolean behind = bending(two).equals("relu");
        if (!behind) {
            inside.add(plain(bending(two)));
        }
        String why = changes.stream().noneMatch(c -> c.why().equals(WHY)) ? WHY : "";
        changes.add(
                new Change(key(one.from()), LayerText.of(LayerVocabulary.layer("residual", Map.of(), inside)), why));
        int next = one.from() + 1;
        if (behind) {
            changes.add(new Change(key(next), "+relu", ""));
            next++;
        }
        List<LayerSettings> dropout = two.dropout();
        if (!dropout.isEmpty()) {
            changes.add(new Change(key(next), "+" + LayerText.of(dropout.get(0)), ""));
        }
    }

    /** What stands in a residual branch; a sigmoid there would push every sum up. */
    private static String bending(Stages.Stage stage) {
        String activation = stage.activation();
        return activation.equals("sigmoid") || activation.endsWith("softmax") ? "relu" : activation;
    }

    private static LayerSettings plain(String type) {
        return LayerVocabulary.layer(type, Map.of(), List.of());
    }

    private static String key(int index) {
        return "model.layers." + index;
    }

    private static List<Change> fewer(Patient patient) {
        List<Stages.Stage> stages = Stages.of(patient).all();
        List<Change> changes = new ArrayList<>();
        for (int s = stages.size() - 1; s >= FEW; s--) {
            for (int i = stages.get(s).to() - 1; i >= stages.get(s).from(); i--) {
                changes.add(new Change(key(i), "-", changes.isEmpty() ? "three layers that gradients pass" : ""));
            }
        }
        return List.copyOf(changes);
    }
}
