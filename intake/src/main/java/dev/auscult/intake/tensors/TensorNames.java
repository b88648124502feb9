package dev.auscult.intake.tensors;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;

/**
 * Which tensor a tag speaks of, by the conventions of our recordings ({@code gradients/fc1/weight}), of Keras
 * ({@code dense/kernel_0}, {@code dense/kernel_0_grad}, {@code relu_out}), of PyTorch users ({@code fc1.weight.grad},
 * {@code grad/fc1.weight}) and of TensorFlow 1 ({@code conv1/weights/summaries/histogram}).
 */
public final class TensorNames {
    private static final Map<String, TensorKind> KINDS = Map.ofEntries(
            Map.entry("weights", TensorKind.WEIGHT),
            Map.entry("weight", TensorKind.WEIGHT),
            Map.entry("parameters", TensorKind.WEIGHT),
            Map.entry("parameter", TensorKind.WEIGHT),
            Map.entry("params", TensorKind.WEIGHT),
            Map.entry("param", TensorKind.WEIGHT),
            Map.entry("gradients", TensorKind.GRADIENT),
            Map.entry("gradient", TensorKind.GRADIENT),
            Map.entry("grads", TensorKind.GRADIENT),
            Map.entry("grad", TensorKind.GRADIENT),
            Map.entry("updates", TensorKind.UPDATE),
            Map.entry("update", TensorKind.UPDATE),
            Map.entry("activations", TensorKind.ACTIVATION),
            Map.entry("activation", TensorKind.ACTIVATION),
            Map.entry("acts", TensorKind.ACTIVATION),
            Map.entry("outputs", TensorKind.ACTIVATION),
            Map.entry("activation_gradients", TensorKind.ACTIVATION_GRADIENT),
            Map.entry("activation_grads", TensorKind.ACTIVATION_GRADIENT));

    /** Words around the name of a tensor that say only that there is a histogram. */
    private static final Set<String> WRAPPERS =
            Set.of("histogram", "histograms", "hist", "distribution", "distributions", "values", "train", "training");

    private static final Set<String> OUTPUTS = Set.of(
            "out", "output", "outputs", "activation", "activations", "pre_activations", "relu", "tanh", "sigmoid");

    private static final Pattern PARAMETER = Pattern.compile(
            "(?:(?:[a-z0-9]+_)*(?:weights?|bias(?:es)?|kernel|embeddings?)(?:_[hi]h_l\\d+(?:_reverse)?)?|gamma|beta"
                    + "|(?:moving|running)_(?:mean|variance|var)|summaries(?:_\\d+)?|w|b)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern KERAS_PARAMETER =
            Pattern.compile("((?:[a-z]+_)*(?:kernel|bias|embeddings|gamma|beta|moving_mean|moving_variance))_\\d+");
    private static final Pattern GRADIENT_SUFFIX = Pattern.compile("(.+?)[_./](?:grads?|gradients?)(?:_\\d+)?");
    private static final Pattern OUTPUT_SUFFIX = Pattern.compile("(.+)_out(?:put)?");

    /** wandb.watch puts the number of the watched model before the name of the layer. */
    private static final Pattern WATCHED = Pattern.compile("^graph_\\d+");

    private TensorNames() {}

    /** The tensor of a tag; empty if the name does not say what kind of tensor it is. */
    public static Optional<TensorKey> tensor(String tag) {
        List<String> parts = new ArrayList<>(List.of(tag.split("/", -1)));
        parts.removeIf(String::isEmpty);
        while (parts.size() > 1 && isWrapper(parts.get(0))) {
            parts.remove(0);
        }
        while (parts.size() > 1 && isWrapper(parts.get(parts.size() - 1))) {
            parts.remove(parts.size() - 1);
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        int end = parts.size() - 1;
        if (end > 0 && parts.get(end).startsWith("summaries") && isParameter(parts.get(end - 1))) {
            parts.remove(end);
        }
        TensorKind kind = parts.size() > 1 ? KINDS.get(parts.get(0).toLowerCase(Locale.ROOT)) : null;
        if (kind != null) {
            parts.remove(0);
        }
        String path = WATCHED.matcher(String.join("/", parts)).replaceFirst("");
        Matcher gradient = GRADIENT_SUFFIX.matcher(path);
        if (gradient.matches()) {
            path = gradient.group(1);
            kind = kind == TensorKind.ACTIVATION ? TensorKind.ACTIVATION_GRADIENT : TensorKind.GRADIENT;
        }
        if (kind == TensorKind.ACTIVATION || kind == TensorKind.ACTIVATION_GRADIENT) {
            return Optional.of(new TensorKey(path, "", kind));
        }
        int cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('.'));
        String last = path.substring(cut + 1);
        Matcher keras = KERAS_PARAMETER.matcher(last);
        String parameter = keras.matches() ? keras.group(1) : last;
        if (isParameter(parameter)) {
            return Optional.of(new TensorKey(
                    path.substring(0, Math.max(cut, 0)), parameter, kind == null ? TensorKind.WEIGHT : kind));
        }
        if (kind != null) {
            return Optional.of(new TensorKey(path, "", kind));
        }
        return output(path, cut, last);
    }

    private static Optional<TensorKey> output(String path, int cut, String last) {
        if (cut > 0 && OUTPUTS.contains(last.toLowerCase(Locale.ROOT))) {
            return Optional.of(new TensorKey(path.substring(0, cut), "", TensorKind.ACTIVATION));
        }
        Matcher suffix = OUTPUT_SUFFIX.matcher(path);
        return suffix.matches()
                ? Optional.of(new TensorKey(suffix.group(1), "", TensorKind.ACTIVATION))
                : Optional.empty();
    }

    private static boolean isParameter(String name) {
        return PARAMETER.matcher(name).matches();
    }

    private static boolean isWrapper(String part) {
        return WRAPPERS.contains(part.toLowerCase(Locale.ROOT));
    }

    /**
     * What an extra scalar says of a tensor: our recordings write {@code gradients/fc1/weight/nonfinite} beside the
     * histogram {@code gradients/fc1/weight}, and only where the number is not zero.
     */
    public enum Extra {
        /** Number of elements that are exactly zero. */
        ZEROS("/zeros"),
        /** Number of elements that are NaN or infinite. */
        NON_FINITE("/nonfinite"),
        /** Share 0..1 of units that were never active since the last record. */
        INACTIVE("/inactive");

        private final String suffix;

        Extra(String suffix) {
            this.suffix = suffix;
        }

        /** The extra that a tag holds; empty if it is an ordinary scalar. */
        public static Optional<Extra> of(String tag) {
            for (Extra extra : values()) {
                int slash = tag.indexOf('/');
                if (tag.endsWith(extra.suffix) && slash > 0 && KINDS.containsKey(tag.substring(0, slash))) {
                    return Optional.of(extra);
                }
            }
            return Optional.empty();
        }

        /** The tag of the histogram that the extra belongs to. */
        public String histogram(String tag) {
            return tag.substring(0, tag.length() - suffix.length());
        }
    }
}
