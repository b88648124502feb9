package dev.auscult.repair.remedy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.train.spec.LayerSettings;

/**
 * The hidden dense layers of a plain stack, each with the norm, activation and dropout behind it.
 *
 * @param all in order
 */
record Stages(List<Stages.Stage> all) {
    Stages {
        all = List.copyOf(all);
    }

    /**
     * A dense layer and what stands between it and the next.
     *
     * @param from index of the dense layer among the outermost layers
     * @param to index of the layer behind the stage
     * @param layers those of the stage
     */
    record Stage(int from, int to, List<LayerSettings> layers) {
        long units() {
            return layers.get(0).options().get("units") instanceof Long units ? units : 0;
        }

        boolean hasNorm() {
            return layers.stream().anyMatch(l -> l.type().endsWith("-norm"));
        }

        /** The activation, as a layer; ReLU where there is none. */
        String activation() {
            if (layers.get(0).options().get("activation") instanceof String own) {
                return own;
            }
            return layers.stream()
                    .map(LayerSettings::type)
                    .filter(t -> !t.equals("dense") && !t.endsWith("-norm") && !t.equals("dropout"))
                    .findFirst()
                    .orElse("relu");
        }

        /** The dense layer without an activation of its own. */
        LayerSettings dense() {
            Map<String, Object> options = new HashMap<>(layers.get(0).options());
            options.remove("activation");
            return new LayerSettings("dense", options, List.of(), 0);
        }

        List<LayerSettings> dropout() {
            return layers.stream().filter(l -> l.type().equals("dropout")).toList();
        }
    }

    static Stages of(Patient patient) {
        List<SpecLayers.At> outer = SpecLayers.of(patient).outer();
        int head = -1;
        for (SpecLayers.At at : outer) {
            head = at.isWeighted() || at.is("residual", "sequential") ? at.index() : head;
        }
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < head; i++) {
            if (!outer.get(i).is("dense")) {
                continue;
            }
            int end = i + 1;
            while (end < head && belongs(outer.get(end))) {
                end++;
            }
            stages.add(new Stage(
                    i,
                    end,
                    outer.subList(i, end).stream().map(SpecLayers.At::layer).toList()));
        }
        return new Stages(stages);
    }

    private static boolean belongs(SpecLayers.At at) {
        return at.isActivation() || at.isNorm() || at.is("dropout");
    }

    /** Whether a stage and the next stand one behind the other and, like the one before them, have equally many units. */
    boolean isPair(int first) {
        if (first < 1 || first + 1 >= all.size()) {
            return false;
        }
        Stage before = all.get(first - 1);
        Stage one = all.get(first);
        Stage two = all.get(first + 1);
        return before.to() == one.from()
                && one.to() == two.from()
                && before.units() == one.units()
                && one.units() == two.units()
                && one.units() > 1;
    }
}
