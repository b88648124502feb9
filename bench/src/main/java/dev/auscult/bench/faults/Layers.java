package dev.auscult.bench.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LayerVocabulary;
import dev.auscult.train.spec.SpecEdit.Change;

/** Finds layers in a spec, and writes what is to become of them as changes of its text. */
final class Layers {
    private Layers() {}

    /**
     * A layer and its key.
     *
     * @param key {@code model.layers.4.residual.0}
     * @param layer the layer
     */
    record At(String key, LayerSettings layer) {
        boolean is(String... types) {
            return List.of(types).contains(layer.type());
        }
    }

    /** All layers in order, those inside others too. */
    static List<At> all(Base base) {
        List<At> found = new ArrayList<>();
        gather("model.layers", base.spec().model().layers(), found);
        return found;
    }

    private static void gather(String key, List<LayerSettings> layers, List<At> found) {
        for (int i = 0; i < layers.size(); i++) {
            String place = key + "." + i;
            found.add(new At(place, layers.get(i)));
            gather(place + "." + layers.get(i).type(), layers.get(i).children(), found);
        }
    }

    static List<At> activations(Base base) {
        return all(base).stream()
                .filter(a -> LayerVocabulary.ACTIVATIONS.contains(a.layer().type()))
                .toList();
    }

    static boolean has(Base base, String... types) {
        return all(base).stream().anyMatch(a -> a.is(types));
    }

    /** Every layer of a kind becomes another. */
    static List<Change> replaced(Base base, Predicate<At> which, String by) {
        return all(base).stream()
                .filter(which)
                .map(a -> new Change(a.key(), by, ""))
                .toList();
    }

    /** Every layer of a kind goes, from the last to the first, so that the keys stay right. */
    static List<Change> removed(Base base, Predicate<At> which) {
        List<Change> changes = new ArrayList<>();
        List<At> found = new ArrayList<>(all(base).stream().filter(which).toList());
        java.util.Collections.reverse(found);
        found.forEach(a -> changes.add(new Change(a.key(), "-", "")));
        return changes;
    }

    /** The last layer of the outermost ones. */
    static int outermost(Base base) {
        return base.spec().model().layers().size();
    }

    /** Widest dense layer that is not the last. */
    static List<At> hidden(Base base) {
        List<At> dense = all(base).stream()
                .filter(a -> a.is("dense", "lstm", "gru", "rnn", "conv", "embedding"))
                .toList();
        return dense.subList(0, Math.max(0, dense.size() - 1));
    }
}
