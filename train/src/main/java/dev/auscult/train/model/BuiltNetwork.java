package dev.auscult.train.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import dev.auscult.run.ModelGraph;
import dev.auscult.train.engine.Tensor;

/** A network of layers one after another. */
final class BuiltNetwork implements Network {
    private final List<Node> nodes;
    private final List<Parameter> parameters;
    private final Map<String, Tensor> buffers;
    private final List<AutoCloseable> held;
    private final ModelGraph graph;

    BuiltNetwork(List<Node> nodes, Assembly assembly, ModelGraph graph) {
        this.nodes = List.copyOf(nodes);
        this.parameters = List.copyOf(assembly.parameters());
        this.buffers = Collections.unmodifiableMap(assembly.buffers());
        this.held = List.copyOf(assembly.held());
        this.graph = graph;
    }

    @Override
    public Tensor forward(Tensor input, Pass pass) {
        return Node.forward(nodes, input, new Flow(pass));
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public Map<String, Tensor> buffers() {
        return buffers;
    }

    @Override
    public ModelGraph graph() {
        return graph;
    }

    @Override
    public void close() {
        Held.close(held);
    }
}
