package dev.auscult.diagnose.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import dev.auscult.run.ModelGraph;
import dev.auscult.run.ModelGraph.Layer;
import dev.auscult.run.Run;

/** The layers of a network, ordered for rules on the architecture. */
public final class Blueprint {
    private final ModelGraph graph;
    private final List<List<Layer>> sequences = new ArrayList<>();
    private final List<Layer> leaves = new ArrayList<>();

    private Blueprint(ModelGraph graph) {
        this.graph = graph;
        List<Layer> outermost = new ArrayList<>();
        sequences.add(outermost);
        unroll(graph.layers(), outermost);
    }

    /** The blueprint of a run, if its layers are known. */
    public static Optional<Blueprint> of(Run run) {
        return run.graph().map(Blueprint::new).filter(b -> !b.outermost().isEmpty());
    }

    private void unroll(List<Layer> layers, List<Layer> to) {
        for (Layer layer : layers) {
            LayerKind kind = LayerKind.of(layer);
            if (kind == LayerKind.SEQUENTIAL) {
                unroll(layer.children(), to);
                continue;
            }
            to.add(layer);
            if (kind == LayerKind.RESIDUAL) {
                List<Layer> body = new ArrayList<>();
                sequences.add(body);
                unroll(layer.children(), body);
            } else {
                leaves.add(layer);
            }
        }
    }

    public ModelGraph graph() {
        return graph;
    }

    /**
     * Layers that follow one another: the outermost ones first, then the body of each residual block; a sequential layer
     * is replaced by what is in it, and what is inside other layers (attention) is not looked into.
     */
    public List<List<Layer>> sequences() {
        return sequences;
    }

    /** The outermost layers. */
    public List<Layer> outermost() {
        return sequences.get(0);
    }

    /** Every layer that has no sequence inside, in order of execution. */
    public List<Layer> leaves() {
        return leaves;
    }

    /** Dense and convolutional layers, in order of execution. */
    public List<Layer> linear() {
        return leaves.stream().filter(l -> LayerKind.of(l) == LayerKind.LINEAR).toList();
    }

    /** Whether any layer is of this kind, residual blocks included. */
    public boolean has(LayerKind kind) {
        return sequences.stream().flatMap(List::stream).anyMatch(l -> LayerKind.of(l) == kind);
    }

    /** Number of trained parameters, if that of each layer is known. */
    public OptionalLong trainedParameters() {
        if (graph.layers().stream().anyMatch(l -> l.parameters().isEmpty())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                graph.layers().stream().mapToLong(Blueprint::trained).sum());
    }

    /** A layer counts the parameters of the layers inside as its own. */
    private static long trained(Layer layer) {
        long inside = layer.children().stream()
                .mapToLong(c -> c.parameters().orElse(0))
                .sum();
        long own = layer.trainable() ? layer.parameters().orElse(0) - inside : 0;
        return Math.max(0, own)
                + layer.children().stream().mapToLong(Blueprint::trained).sum();
    }

    /**
     * The end of the network.
     *
     * @param linear the last dense or convolutional layer
     * @param activation what is applied to its output; empty for nothing
     * @param after the layers behind it
     */
    public record Head(Layer linear, String activation, List<Layer> after) {
        public Head {
            Objects.requireNonNull(linear, "linear");
            Objects.requireNonNull(activation, "activation");
            after = List.copyOf(after);
        }

        /** Number of outputs, if it is known. */
        public OptionalLong units() {
            return Blueprint.units(linear);
        }
    }

    /** The end of the network; empty where the last layer with weights is neither dense nor convolutional. */
    public Optional<Head> head() {
        List<Layer> outermost = outermost();
        String activation = "";
        for (int i = outermost.size() - 1; i >= 0; i--) {
            Layer layer = outermost.get(i);
            String own = LayerKind.activation(layer);
            activation = activation.isEmpty() ? own : activation;
            switch (LayerKind.of(layer)) {
                case LINEAR -> {
                    return Optional.of(new Head(layer, activation, outermost.subList(i + 1, outermost.size())));
                }
                case ACTIVATION, DROPOUT, RESHAPING -> {
                    // looked through
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Outputs of a dense layer or channels of a convolution, if known. */
    public static OptionalLong units(Layer layer) {
        List<Long> shape = layer.outputShape();
        boolean channelsFirst = LayerKind.normal(layer.type()).startsWith("conv");
        if (!shape.isEmpty()) {
            return OptionalLong.of(shape.get(channelsFirst ? 0 : shape.size() - 1));
        }
        String text = layer.options().getOrDefault(channelsFirst ? "filters" : "units", "");
        return text.matches("\\d{1,15}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Inputs of a dense layer or channels into a convolution, if known. */
    public static OptionalLong inputs(Layer layer) {
        List<Long> shape = layer.inputShape();
        boolean channelsFirst = LayerKind.normal(layer.type()).startsWith("conv");
        return shape.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(shape.get(channelsFirst ? 0 : shape.size() - 1));
    }

    /** Whether a dense or convolutional layer adds a bias; empty if the log does not say. */
    public static Optional<Boolean> hasBias(Layer layer) {
        return Optional.ofNullable(layer.options().get("bias")).map(Boolean::parseBoolean);
    }

    /** Connections into one unit of a dense or convolutional layer: its parameters per unit, without the bias. */
    public static OptionalDouble fanIn(Layer layer) {
        OptionalLong units = units(layer);
        if (units.isEmpty() || units.getAsLong() <= 0 || layer.parameters().isEmpty()) {
            return OptionalDouble.empty();
        }
        double perUnit = (double) layer.parameters().getAsLong() / units.getAsLong();
        double fan = perUnit - (hasBias(layer).orElse(true) ? 1 : 0);
        return fan >= 1 ? OptionalDouble.of(fan) : OptionalDouble.empty();
    }

    /** Numbers that one example has at the input of a layer; at a position, for a sequence [length, units]. */
    public static OptionalLong width(Layer layer) {
        List<Long> shape = layer.inputShape();
        if (shape.isEmpty()) {
            return OptionalLong.empty();
        }
        return shape.size() == 2
                ? OptionalLong.of(shape.get(1))
                : OptionalLong.of(shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b));
    }
}
