package dev.auscult.diagnose.measure;

import java.util.List;
import java.util.Locale;

import dev.auscult.run.ModelGraph.Layer;

/** What a layer does to a signal, as far as rules on the architecture care. */
public enum LayerKind {
    /** Dense or convolutional: an affine map with weights. */
    LINEAR,
    /** A function of one number, or softmax. */
    ACTIVATION,
    /** Affine once it is trained: its statistics are constants in evaluation. */
    BATCH_NORM,
    /** Divides by a statistic of the example itself, which no affine map does. */
    EXAMPLE_NORM,
    DROPOUT,
    /** Affine without weights: flatten, reshape, means over positions. */
    RESHAPING,
    /** Adds its input to its output. */
    RESIDUAL,
    SEQUENTIAL,
    EMBEDDING,
    RECURRENT,
    ATTENTION,
    /** Everything else, of which nothing is concluded. */
    OTHER;

    private static final List<String> ACTIVATIONS = List.of(
            "relu",
            "relu6",
            "leaky-relu",
            "leakyrelu",
            "prelu",
            "elu",
            "celu",
            "selu",
            "gelu",
            "silu",
            "swish",
            "mish",
            "tanh",
            "sigmoid",
            "hard-sigmoid",
            "hardswish",
            "softmax",
            "log-softmax",
            "logsoftmax",
            "softplus",
            "softsign");

    private static final List<String> RESHAPINGS = List.of(
            "flatten",
            "reshape",
            "permute",
            "identity",
            "average-pool",
            "avgpool2d",
            "mean-over-time",
            "last-of-time",
            "positional");

    /** The kind of a layer. */
    public static LayerKind of(Layer layer) {
        String type = normal(layer.type());
        if (ACTIVATIONS.contains(type)) {
            return ACTIVATION;
        }
        if (RESHAPINGS.contains(type)
                || (type.equals("global-pool")
                        && !layer.options().getOrDefault("reduce", "average").equals("max"))) {
            return RESHAPING;
        }
        return switch (type) {
            case "dense", "linear", "fc", "conv", "conv1d", "conv2d", "conv3d" -> LINEAR;
            case "batch-norm", "batchnorm", "batchnorm1d", "batchnorm2d", "batchnormalization" -> BATCH_NORM;
            case "layer-norm", "layernorm", "group-norm", "groupnorm", "rms-norm", "rmsnorm", "instance-norm" ->
                EXAMPLE_NORM;
            case "dropout", "dropout1d", "dropout2d", "spatial-dropout" -> DROPOUT;
            case "residual" -> RESIDUAL;
            case "sequential" -> SEQUENTIAL;
            case "embedding" -> EMBEDDING;
            case "rnn", "lstm", "gru" -> RECURRENT;
            case "attention", "transformer-block", "multi-head-attention" -> ATTENTION;
            default -> OTHER;
        };
    }

    /** A name of a layer type or an activation as the training spec writes it; empty for the identity. */
    public static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace('_', '-').strip();
        return switch (lower) {
            case "none", "linear-activation", "identity-activation", "null" -> "";
            default -> lower;
        };
    }

    /** The activation folded into a layer, or that the layer is; empty if there is none. */
    public static String activation(Layer layer) {
        if (of(layer) == ACTIVATION) {
            return normal(layer.type());
        }
        String folded = normal(layer.activation());
        return folded.equals("linear") || folded.equals("identity") ? "" : folded;
    }
}
