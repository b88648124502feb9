package dev.auscult.train.spec;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layers a spec can name, with their options: one table for parser, writer, schema, guide and network builder. */
public final class LayerVocabulary {
    /** The activations, which are layers and can be folded into one ({@code dense: {units: 64, activation: relu}}). */
    public static final List<String> ACTIVATIONS = List.of(
            "relu",
            "leaky-relu",
            "elu",
            "selu",
            "gelu",
            "silu",
            "tanh",
            "sigmoid",
            "softmax",
            "log-softmax",
            "softplus");

    /** The word that stands for as many units as the data set has classes, labels or numbers to predict. */
    public static final String CLASSES = "classes";

    private static final Bounds ONE_UP = Bounds.atLeast(1);

    private static final List<Block> TYPES = List.of(
            layer(
                    "dense",
                    "Fully connected layer over the last axis: y = Wx + b.",
                    "units",
                    units("units", "number of outputs, or `classes`"),
                    bias(),
                    initializer(),
                    activation()),
            layer(
                    "conv",
                    "Convolution over [channels, length] or [channels, height, width].",
                    "filters",
                    units("filters", "number of output channels"),
                    extent("kernel", List.of(3L), 1, "size of the window"),
                    extent("stride", List.of(1L), 1, "steps from one window to the next"),
                    padding(),
                    extent("dilation", List.of(1L), 1, "distance between the inputs of a window"),
                    count("groups", 1L, "groups of channels that do not see each other"),
                    bias(),
                    initializer(),
                    activation()),
            pool("max-pool", "Largest value of each window."),
            pool("average-pool", "Mean of each window."),
            layer(
                    "global-pool",
                    "One value per channel: the mean or maximum over all positions.",
                    "reduce",
                    Option.word("reduce", "average", List.of("average", "max"), "what is taken over the positions")),
            layer(
                    "batch-norm",
                    "Normalises each channel over the batch, then scales and shifts it.",
                    "",
                    Option.of("momentum", OptionKind.NUMBER, 0.1, "share of the new batch in the running statistics")
                            .in(Bounds.SHARE),
                    epsilon(),
                    affine()),
            layer(
                    "layer-norm",
                    "Normalises each example over its last axis, then scales and shifts it.",
                    "",
                    epsilon(),
                    affine()),
            layer(
                    "group-norm",
                    "Normalises each example over groups of channels, then scales and shifts it.",
                    "groups",
                    Option.of("groups", OptionKind.INTEGER, null, "number of groups, a divisor of the channels")
                            .in(ONE_UP)
                            .needed(),
                    epsilon(),
                    affine()),
            layer("relu", "max(0, x).", ""),
            layer(
                    "leaky-relu",
                    "x where x > 0, else slope·x.",
                    "slope",
                    Option.of("slope", OptionKind.NUMBER, 0.01, "slope for x < 0")),
            layer(
                    "elu",
                    "x where x > 0, else α(exp(x) − 1).",
                    "alpha",
                    Option.of("alpha", OptionKind.NUMBER, 1.0, "α, the limit for x → −∞ without its sign")),
            layer("selu", "Scaled ELU that keeps mean 0 and variance 1 (Klambauer et al. 2017).", ""),
            layer("gelu", "x·Φ(x) with Φ the normal distribution function.", ""),
            layer("silu", "x·sigmoid(x), also called swish.", ""),
            layer("tanh", "Hyperbolic tangent.", ""),
            layer("sigmoid", "1 / (1 + exp(−x)).", ""),
            layer("softmax", "exp(xᵢ) / Σ exp(xⱼ) over the last axis.", ""),
            layer("log-softmax", "Logarithm of the softmax over the last axis.", ""),
            layer("softplus", "log(1 + exp(x)).", ""),
            layer(
                    "dropout",
                    "Sets a share of the values to 0 while training and scales the rest by 1 / (1 − rate).",
                    "rate",
                    Option.of("rate", OptionKind.NUMBER, null, "share of the values that is dropped")
                            .in(Bounds.BELOW_ONE)
                            .needed()),
            layer("flatten", "Makes one axis of all but the batch axis.", ""),
            layer(
                    "reshape",
                    "Gives each example another shape.",
                    "shape",
                    Option.of("shape", OptionKind.INTEGERS, null, "extents without the batch axis; one may be -1")
                            .in(Bounds.atLeast(-1))
                            .needed()),
            layer(
                    "residual",
                    "Adds its input to what the layers inside make of it.",
                    "layers",
                    layers(),
                    Option.word(
                            "shortcut",
                            "auto",
                            List.of("identity", "projection", "auto"),
                            "how the input reaches the sum: as it is, through a 1×1 convolution or dense layer, or the"
                                    + " latter only where shapes differ")),
            layer("sequential", "Layers one after another, as one.", "layers", layers()),
            layer(
                    "embedding",
                    "A trained vector for each token.",
                    "units",
                    units("units", "length of the vectors"),
                    Option.of(
                                    "vocabulary",
                                    OptionKind.INTEGER,
                                    null,
                                    "number of different tokens; null: as the data say")
                            .in(ONE_UP),
                    initializer()),
            layer(
                    "positional",
                    "Adds a vector for each position of a sequence [length, units].",
                    "encoding",
                    Option.word(
                            "encoding",
                            "sinusoidal",
                            List.of("sinusoidal", "learned"),
                            "fixed sines and cosines (Vaswani et al. 2017), or trained vectors")),
            recurrent("rnn", "Elman's recurrent layer: h' = tanh(Wx + Uh + b)."),
            recurrent("lstm", "Long short-term memory (Hochreiter and Schmidhuber 1997)."),
            recurrent("gru", "Gated recurrent unit (Cho et al. 2014)."),
            layer(
                    "attention",
                    "Multi-head self-attention over [length, units] (Vaswani et al. 2017).",
                    "heads",
                    heads(),
                    dropout("dropout of the attention weights"),
                    causal(),
                    initializer()),
            layer(
                    "transformer-block",
                    "Self-attention and a feed-forward network, each with shortcut and layer normalisation.",
                    "heads",
                    heads(),
                    Option.of(
                                    "feed-forward",
                                    OptionKind.INTEGER,
                                    null,
                                    "units of the hidden feed-forward layer; null: four times the width")
                            .in(ONE_UP),
                    dropout("dropout of the attention weights and behind both parts"),
                    causal(),
                    Option.word("norm", "pre", List.of("pre", "post"), "normalise before each part or after its sum"),
                    Option.word("activation", "gelu", ACTIVATIONS, "activation of the feed-forward network"),
                    initializer()),
            layer("mean-over-time", "Mean over the positions of a sequence [length, units].", ""),
            layer("last-of-time", "The last position of a sequence [length, units].", ""),
            layer(
                    "torchscript",
                    "A network that was saved by torch.jit.save, with its weights.",
                    "path",
                    Option.of("path", OptionKind.TEXT, null, "the file, relative to the spec")
                            .needed()));

    private static final Map<String, Block> BY_NAME = byName();

    private LayerVocabulary() {}

    /** All layer types, in the order of the guide. */
    public static List<Block> types() {
        return TYPES;
    }

    /** The names of all layer types. */
    public static List<String> names() {
        return TYPES.stream().map(Block::name).toList();
    }

    /** The layer type of a name. */
    public static Optional<Block> find(String type) {
        return Optional.ofNullable(BY_NAME.get(type));
    }

    /** A layer that a program makes: the options given, and the defaults of the table for the others. */
    public static LayerSettings layer(String type, Map<String, Object> given, List<LayerSettings> children) {
        Block block = BY_NAME.get(type);
        if (block == null) {
            throw new IllegalArgumentException("no layer is called " + type);
        }
        for (String key : given.keySet()) {
            if (block.option(key).isEmpty()) {
                throw new IllegalArgumentException(type + " has no option " + key);
            }
        }
        Map<String, Object> options = new HashMap<>(given);
        for (Option option : block.options()) {
            Object fallback = option.fallback();
            if (fallback != null && option.kind() != OptionKind.LAYERS) {
                options.putIfAbsent(option.name(), fallback);
            }
        }
        return new LayerSettings(type, options, children, 0);
    }

    private static Map<String, Block> byName() {
        Map<String, Block> map = new LinkedHashMap<>();
        TYPES.forEach(type -> map.put(type.name(), type));
        return map;
    }

    private static Block layer(String name, String doc, String main, Option... options) {
        return new Block(name, doc, main, options);
    }

    private static Block pool(String name, String doc) {
        return layer(
                name,
                doc,
                "size",
                extent("size", List.of(2L), 1, "size of the window"),
                Option.of("stride", OptionKind.EXTENT, null, "steps from one window to the next; null: the size")
                        .in(ONE_UP),
                padding());
    }

    private static Block recurrent(String name, String doc) {
        return layer(
                name,
                doc,
                "units",
                units("units", "length of the state"),
                Option.truth("bidirectional", false, "read backwards too and join both states"),
                Option.word(
                        "return", "last", List.of("last", "all"), "the state after the last position, or all states"));
    }

    private static Option units(String name, String doc) {
        return Option.of(name, OptionKind.UNITS, null, doc)
                .in(ONE_UP)
                .oneOf(CLASSES)
                .needed();
    }

    private static Option count(String name, long fallback, String doc) {
        return Option.of(name, OptionKind.INTEGER, fallback, doc).in(ONE_UP);
    }

    private static Option extent(String name, List<Long> fallback, int least, String doc) {
        return Option.of(name, OptionKind.EXTENT, fallback, doc + "; one number for every axis or a list")
                .in(Bounds.atLeast(least));
    }

    private static Option padding() {
        return Option.of(
                        "padding",
                        OptionKind.PADDING,
                        "valid",
                        "zeros around the input: `same` keeps the size at stride 1, `valid` is none, or a number per side")
                .in(Bounds.NOT_NEGATIVE)
                .oneOf("same", "valid");
    }

    private static Option bias() {
        return Option.truth("bias", true, "whether a trained constant is added");
    }

    private static Option initializer() {
        return Option.of(
                "initializer", OptionKind.INITIALIZER, null, "how the weights start; null: as `model.initializer`");
    }

    private static Option activation() {
        return Option.word("activation", null, ACTIVATIONS, "activation behind the layer; null for none");
    }

    private static Option epsilon() {
        return Option.of("epsilon", OptionKind.NUMBER, 1e-5, "added to the variance")
                .in(Bounds.NOT_NEGATIVE);
    }

    private static Option affine() {
        return Option.truth("affine", true, "whether scale and shift are trained");
    }

    private static Option heads() {
        return Option.of("heads", OptionKind.INTEGER, 4L, "number of heads, a divisor of the width")
                .in(ONE_UP);
    }

    private static Option dropout(String doc) {
        return Option.of("dropout", OptionKind.NUMBER, 0.0, doc).in(Bounds.BELOW_ONE);
    }

    private static Option causal() {
        return Option.truth("causal", false, "whether a position sees only itself and those before it");
    }

    private static Option layers() {
        return Option.of("layers", OptionKind.LAYERS, null, "the layers inside, in order")
                .needed();
    }
}
