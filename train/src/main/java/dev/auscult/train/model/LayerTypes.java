package dev.auscult.train.model;

import java.util.Map;
import java.util.Set;

/** Which class builds which layer of the spec. */
final class LayerTypes {
    private static final Map<String, LayerType> TYPES = Map.ofEntries(
            Map.entry("dense", DenseLayer::build),
            Map.entry("conv", ConvLayer::build),
            Map.entry("max-pool", PoolLayer::build),
            Map.entry("average-pool", PoolLayer::build),
            Map.entry("global-pool", GlobalPoolLayer::build),
            Map.entry("batch-norm", NormLayers::batch),
            Map.entry("layer-norm", NormLayers::layer),
            Map.entry("group-norm", NormLayers::group),
            Map.entry("dropout", DropoutLayer::build),
            Map.entry("flatten", ShapeLayers::flatten),
            Map.entry("reshape", ShapeLayers::reshape),
            Map.entry("residual", ResidualLayer::build),
            Map.entry("sequential", LayerTypes::sequential),
            Map.entry("embedding", EmbeddingLayer::build),
            Map.entry("positional", PositionalLayer::build),
            Map.entry("rnn", RecurrentLayer::build),
            Map.entry("lstm", RecurrentLayer::build),
            Map.entry("gru", RecurrentLayer::build),
            Map.entry("attention", AttentionLayer::build),
            Map.entry("transformer-block", TransformerBlock::build),
            Map.entry("mean-over-time", TimeLayers::mean),
            Map.entry("last-of-time", TimeLayers::last),
            Map.entry("torchscript", ScriptLayer::build));

    /** Layers whose option {@code activation} comes behind all they do. */
    private static final Set<String> FOLDING = Set.of("dense", "conv");

    private LayerTypes() {}

    static LayerType find(String name) {
        if (Activations.contains(name)) {
            return Activations::build;
        }
        LayerType type = TYPES.get(name);
        if (type == null) {
            throw new ModelException("no layer is called " + name);
        }
        return type;
    }

    static boolean folds(String name) {
        return FOLDING.contains(name);
    }

    private static Layer sequential(Site site) {
        site.gives(site.children());
        var layers = site.built();
        return (in, flow) -> Node.forward(layers, in, flow);
    }
}
