package dev.auscult.train.model;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import dev.auscult.run.ModelGraph;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.Tensor;

/**
 * A layer in its place in the network.
 *
 * @param path path of the layer
 * @param type type in the vocabulary of the spec
 * @param activation activation folded into it; empty if none
 * @param input what it takes
 * @param output what it gives
 * @param initializer how its weights started; empty if it has none
 * @param options its settings, as text
 * @param parameters parameters of its own, without those of its children
 * @param children layers inside, in order of execution
 * @param layer what it computes
 */
record Node(
        String path,
        String type,
        String activation,
        Form input,
        Form output,
        String initializer,
        Map<String, String> options,
        List<Parameter> parameters,
        List<Node> children,
        Layer layer) {
    Node {
        options = Map.copyOf(options);
        parameters = List.copyOf(parameters);
        children = List.copyOf(children);
    }

    Tensor forward(Tensor in, Flow flow) {
        Tensor out;
        try {
            out = layer.forward(in, flow);
        } catch (EngineException e) {
            // The innermost layer says where it happened.
            throw children.isEmpty() ? new EngineException(path + ": " + e.getMessage(), e) : e;
        }
        flow.pass().listener().output(path, out);
        return out;
    }

    static Tensor forward(List<Node> nodes, Tensor input, Flow flow) {
        Tensor flowing = input;
        for (Node node : nodes) {
            flowing = node.forward(flowing, flow);
        }
        return flowing;
    }

    ModelGraph.Layer describe() {
        return new ModelGraph.Layer(
                path,
                type,
                activation,
                input.shape().axes(),
                output.shape().axes(),
                OptionalLong.of(count()),
                trainable(),
                initializer,
                options,
                children.stream().map(Node::describe).toList());
    }

    /** Elements of its parameters and of those of its children. */
    private long count() {
        return parameters.stream().mapToLong(p -> p.tensor().count()).sum()
                + children.stream().mapToLong(Node::count).sum();
    }

    /** False if it has parameters and all of them are frozen. */
    private boolean trainable() {
        boolean any = parameters.stream().anyMatch(Parameter::trainable)
                || children.stream().anyMatch(c -> c.count() > 0 && c.trainable());
        return any || count() == 0;
    }
}
