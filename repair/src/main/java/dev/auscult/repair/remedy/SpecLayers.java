package dev.auscult.repair.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LayerVocabulary;
import dev.auscult.train.spec.SpecEdit;
import dev.auscult.train.spec.SpecEdit.Change;
import dev.auscult.train.spec.SpecException;

/**
 * The layers of a spec with the keys by which its text is changed; none where the spec leaves the network to the data.
 *
 * @param all every layer in the order of the forward pass, those inside others after the one they are in
 */
record SpecLayers(List<At> all) {
    /** Layers whose weights mix their inputs. */
    private static final List<String> WEIGHTED = List.of(
            "dense", "conv", "rnn", "lstm", "gru", "attention", "transformer-block", "embedding", "torchscript");

    private static final List<String> NORMS = List.of("batch-norm", "layer-norm", "group-norm");

    SpecLayers {
        all = List.copyOf(all);
    }

    /**
     * A layer and its place.
     *
     * @param layer the layer
     * @param list key of the list that it is in: {@code model.layers}
     * @param index its index in there
     */
    record At(LayerSettings layer, String list, int index) {
        /** {@code model.layers.4.residual.0}. */
        String key() {
            return list + "." + index;
        }

        /** {@code model.layers.4.dense.units}. */
        String key(String option) {
            return key() + "." + layer.type() + "." + option;
        }

        boolean is(String... types) {
            return List.of(types).contains(layer.type());
        }

        boolean isOuter() {
            return list.equals("model.layers");
        }

        boolean isActivation() {
            return LayerVocabulary.ACTIVATIONS.contains(layer.type());
        }

        boolean isWeighted() {
            return WEIGHTED.contains(layer.type());
        }

        boolean isNorm() {
            return NORMS.contains(layer.type());
        }

        /** Units or filters as a number; 0 where there are none or the data say. */
        long width() {
            Object width = layer.options().get(layer.type().equals("conv") ? "filters" : "units");
            return width instanceof Long number ? number : 0;
        }
    }

    /**
     * Where an activation function is said: a layer of its own, or an option of the layer before.
     *
     * @param key of what says it
     * @param type {@code sigmoid}
     * @param owner the layer that is, or says, the activation
     */
    record Activation(String key, String type, At owner) {}

    static SpecLayers of(Patient patient) {
        List<At> all = new ArrayList<>();
        gather(patient, "model.layers", patient.spec().model().layers(), all);
        return new SpecLayers(all);
    }

    private static void gather(Patient patient, String list, List<LayerSettings> layers, List<At> found) {
        for (int i = 0; i < layers.size(); i++) {
            LayerSettings layer = layers.get(i);
            found.add(new At(layer, list, i));
            if (!layer.children().isEmpty()) {
                String inside = list + "." + i + "." + layer.type();
                boolean isShort = takes(patient, inside + ".0", layer.children().get(0));
                gather(patient, isShort ? inside : inside + ".layers", layer.children(), found);
            }
        }
    }

    /** Whether a key is that of this layer: {@code residual: […]} and {@code residual: {layers: […]}} are addressed differently. */
    private static boolean takes(Patient patient, String key, LayerSettings layer) {
        try {
            SpecEdit.apply("spec", patient.text(), List.of(new Change(key, LayerText.of(layer), "")));
            return true;
        } catch (SpecException e) {
            return false;
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean has(String... types) {
        return all.stream().anyMatch(a -> a.is(types));
    }

    /** The layers that are in no other. */
    List<At> outer() {
        return all.stream().filter(At::isOuter).toList();
    }

    List<At> weighted() {
        return all.stream().filter(At::isWeighted).toList();
    }

    /** The layers whose weights mix inputs, but for the last, which makes the outputs. */
    List<At> hidden() {
        List<At> weighted = weighted();
        return weighted.subList(0, Math.max(0, weighted.size() - 1));
    }

    /** The layer that makes the outputs. */
    Optional<At> head() {
        List<At> weighted = weighted();
        return weighted.isEmpty() ? Optional.empty() : Optional.of(weighted.get(weighted.size() - 1));
    }

    /** Activations with weights behind them. */
    List<Activation> hiddenActivations() {
        return activations(true);
    }

    /** Activations with no weights behind them: of the outputs. */
    List<Activation> outputActivations() {
        return activations(false);
    }

    private List<Activation> activations(boolean hidden) {
        List<Activation> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            At at = all.get(i);
            boolean followed = all.subList(i + 1, all.size()).stream().anyMatch(At::isWeighted);
            if (followed != hidden) {
                continue;
            }
            if (at.isActivation()) {
                found.add(new Activation(at.key(), at.layer().type(), at));
            } else if (at.is("dense", "conv") && at.layer().options().get("activation") instanceof String type) {
                found.add(new Activation(at.key("activation"), type, at));
            }
        }
        return found;
    }

    /** The activation that most hidden layers have; ReLU where they have none. */
    String usualActivation() {
        List<String> types = hiddenActivations().stream()
                .map(Activation::type)
                .filter(t -> !t.endsWith("softmax"))
                .toList();
        return types.stream()
                .max(java.util.Comparator.comparingLong(
                        t -> types.stream().filter(t::equals).count()))
                .orElse("relu");
    }
}
