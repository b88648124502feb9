package dev.auscult.train.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.auscult.run.ModelGraph;

/** The layers whose units can die, and where in their output the units lie. */
final class UnitAxes {
    /** Zero for every negative input, so that no gradient comes back. */
    private static final Set<String> RECTIFIERS = Set.of("relu", "relu6");

    private static final Set<String> FEATURES_LAST = Set.of(
            "dense", "embedding", "layer-norm", "attention", "transformer-block", "rnn", "lstm", "gru", "flatten");
    private static final Set<String> CHANNELS_FIRST = Set.of("conv", "batch-norm");

    /** Layer to whether its units are the last axis, rather than the second. */
    private final Map<String, Boolean> last = new HashMap<>();

    private boolean featuresLast;

    UnitAxes(ModelGraph graph) {
        walk(graph.layers());
    }

    private void walk(List<ModelGraph.Layer> layers) {
        for (ModelGraph.Layer layer : layers) {
            boolean before = featuresLast;
            walk(layer.children());
            if (FEATURES_LAST.contains(layer.type())) {
                featuresLast = true;
            } else if (CHANNELS_FIRST.contains(layer.type())) {
                featuresLast = false;
            }
            if (RECTIFIERS.contains(layer.type()) || RECTIFIERS.contains(layer.activation())) {
                last.put(layer.name(), layer.children().isEmpty() ? featuresLast : before);
            }
        }
    }

    /** Whether units of this layer can die. */
    boolean has(String layer) {
        return last.containsKey(layer);
    }

    /** The axis of the units in an output of so many axes, the batch included. */
    int axis(String layer, int rank) {
        return rank == 3 && last.getOrDefault(layer, false) ? 2 : Math.min(1, rank - 1);
    }
}
