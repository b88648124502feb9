package dev.auscult.train.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.auscult.data.DataShape;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.InitializerSettings;
import dev.auscult.train.spec.LayerSettings;

/** A network while it is being built: what its layers share, and the numbers they asked for so far, in order. */
final class Assembly {
    private final Engine engine;
    private final DataShape data;
    private final DType type;
    private final Path base;
    private final RandomSource random;
    private final InitializerSettings initializer;
    private final Predicate<String> frozen;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final List<AutoCloseable> held = new ArrayList<>();

    Assembly(
            Engine engine,
            DataShape data,
            DType type,
            Path base,
            RandomSource random,
            InitializerSettings initializer,
            Predicate<String> frozen) {
        this.engine = engine;
        this.data = data;
        this.type = type;
        this.base = base;
        this.random = random;
        this.initializer = initializer;
        this.frozen = frozen;
    }

    Engine engine() {
        return engine;
    }

    DataShape data() {
        return data;
    }

    Path base() {
        return base;
    }

    RandomSource random() {
        return random;
    }

    InitializerSettings initializer() {
        return initializer;
    }

    DType type() {
        return type;
    }

    Node build(String path, LayerSettings settings, Form input) {
        LayerType layerType = LayerTypes.find(settings.type());
        Site site = new Site(this, path, settings, input);
        return site.node(layerType.build(site));
    }

    /** Builds layers one after another, each fed by the one before it. */
    List<Node> build(String parent, List<LayerSettings> layers, Form input) {
        List<Node> nodes = new ArrayList<>();
        Form flowing = input;
        for (int i = 0; i < layers.size(); i++) {
            LayerSettings layer = layers.get(i);
            Node node = build(parent + i + "-" + layer.type(), layer, flowing);
            flowing = node.output();
            nodes.add(node);
        }
        return nodes;
    }

    /** Takes new numbers over as a parameter. */
    Parameter parameter(String layer, String name, Tensor value) {
        return adopt(layer, name, keep(value));
    }

    /** Takes numbers over as a parameter that belong to something which is held already. */
    Parameter adopt(String layer, String name, Tensor tensor) {
        boolean trainable = !frozen.test(layer + "." + name);
        tensor.requiresGradient(trainable);
        Parameter parameter = new Parameter(layer, name, tensor, trainable);
        parameters.add(parameter);
        return parameter;
    }

    Tensor buffer(String layer, String name, Tensor value) {
        Tensor kept = keep(value);
        buffers.put(layer + "." + name, kept);
        return kept;
    }

    /** Takes numbers over as a buffer that belong to something which is held already. */
    void adoptBuffer(String layer, String name, Tensor tensor) {
        buffers.put(layer + "." + name, tensor);
    }

    /** Lets numbers live as long as the network. */
    Tensor keep(Tensor value) {
        Tensor typed = value.type() == DType.FLOAT32 ? value.to(type) : value;
        return hold(typed.keep());
    }

    /** Closes something with the network. */
    <T extends AutoCloseable> T hold(T resource) {
        held.add(resource);
        return resource;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    Map<String, Tensor> buffers() {
        return buffers;
    }

    List<AutoCloseable> held() {
        return held;
    }
}
