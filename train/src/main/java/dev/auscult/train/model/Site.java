package dev.auscult.train.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.EngineException;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.InitializerSettings;
import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LayerVocabulary;
import org.jspecify.annotations.Nullable;

/** The place where one layer is built: what flows in, what the spec says, and where its numbers come from. */
final class Site {
    private final Assembly assembly;
    private final String path;
    private final LayerSettings settings;
    private final Form input;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Node> children = new ArrayList<>();
    private @Nullable Form output;
    private String initializer = "";

    Site(Assembly assembly, String path, LayerSettings settings, Form input) {
        this.assembly = assembly;
        this.path = path;
        this.settings = settings;
        this.input = input;
    }

    Assembly assembly() {
        return assembly;
    }

    Engine engine() {
        return assembly.engine();
    }

    String path() {
        return path;
    }

    Form input() {
        return input;
    }

    LayerSettings settings() {
        return settings;
    }

    // What the spec says

    boolean has(String option) {
        return settings.options().containsKey(option);
    }

    long whole(String option) {
        return ((Number) value(option)).longValue();
    }

    double number(String option) {
        return ((Number) value(option)).doubleValue();
    }

    boolean flag(String option) {
        return (Boolean) value(option);
    }

    String word(String option) {
        return (String) value(option);
    }

    /** A number of units, in which {@code classes} stands for the outputs that the data want. */
    long units(String option) {
        return value(option) instanceof Long units ? units : assembly.data().outputs();
    }

    /** A whole number for each of so many axes. */
    long[] extents(String option, int axes) {
        List<?> given = (List<?>) value(option);
        if (given.size() != 1 && given.size() != axes) {
            throw refuse("`" + option + "` wants one number or " + axes + ", found " + given);
        }
        long[] extents = new long[axes];
        for (int i = 0; i < axes; i++) {
            extents[i] = (Long) given.get(given.size() == 1 ? 0 : i);
        }
        return extents;
    }

    long[] wholes(String option) {
        return ((List<?>) value(option)).stream().mapToLong(v -> (Long) v).toArray();
    }

    Object value(String option) {
        return Objects.requireNonNull(settings.options().get(option), option);
    }

    // Numbers

    /** How the weights of this layer start. */
    Initializer initializer() {
        InitializerSettings chosen =
                settings.options().get("initializer") instanceof InitializerSettings own ? own : assembly.initializer();
        Initializer made = new Initializer(chosen, engine(), assembly.random());
        initializer = made.description();
        return made;
    }

    Tensor parameter(String name, Tensor value) {
        Parameter parameter = assembly.parameter(path, name, value);
        parameters.add(parameter);
        return parameter.tensor();
    }

    void adopt(String name, Tensor tensor) {
        parameters.add(assembly.adopt(path, name, tensor));
    }

    void adoptBuffer(String name, Tensor tensor) {
        assembly.adoptBuffer(path, name, tensor);
    }

    Tensor buffer(String name, Tensor value) {
        return assembly.buffer(path, name, value);
    }

    /** A fixed number that lives as long as the network, but is no part of its state. */
    Tensor constant(Tensor value) {
        return assembly.keep(value);
    }

    // Layers inside

    /** Builds the next layer inside, called {@code <index>-<name>}. */
    Node child(String name, LayerSettings child, Form in) {
        Node node = assembly.build(path + "/" + children.size() + "-" + name, child, in);
        children.add(node);
        return node;
    }

    /** Builds the next layer inside, of a type, with the options given and defaults for the others. */
    Node child(String type, Map<String, Object> options, Form in) {
        LayerSettings made = LayerVocabulary.layer(type, options, List.of());
        return child(type, new LayerSettings(type, made.options(), made.children(), settings.line()), in);
    }

    /** Builds the layers that the spec has inside this one; gives what the last one gives. */
    Form children() {
        Form flowing = input;
        for (LayerSettings child : settings.children()) {
            flowing = child(child.type(), child, flowing).output();
        }
        return flowing;
    }

    /** The layers inside that were built so far. */
    List<Node> built() {
        return List.copyOf(children);
    }

    /** A place inside this one for a layer that the spec does not name. */
    Site inner(String name, String type, Form in) {
        return new Site(assembly, path + "/" + name, new LayerSettings(type, Map.of(), List.of(), settings.line()), in);
    }

    void add(Node child) {
        children.add(child);
    }

    // Outcome

    /** Says what the layer gives. */
    void gives(Form form) {
        output = form;
    }

    Node node(Layer layer) {
        String folded = LayerTypes.folds(settings.type()) && settings.options().get("activation") instanceof String word
                ? word
                : "";
        Layer whole = layer;
        if (!folded.isEmpty()) {
            Layer activation = Activations.named(folded);
            whole = (in, flow) -> activation.forward(layer.forward(in, flow), flow);
        }
        Map<String, String> words = new HashMap<>();
        settings.options().forEach((key, value) -> {
            if (!(value instanceof InitializerSettings)) {
                words.put(key, words(value));
            }
        });
        return new Node(
                path,
                settings.type(),
                folded,
                input,
                Objects.requireNonNull(output, path),
                initializer,
                words,
                parameters,
                children,
                whole);
    }

    /** One number for a list of one; {@code classes} stays a word, since that is what the spec says. */
    private static String words(Object value) {
        if (value instanceof List<?> list) {
            return String.join(", ", list.stream().map(String::valueOf).toList());
        }
        return String.valueOf(value);
    }

    /** What is wrong with the input: {@code line 12: conv wants [channels, height, width], found [64]; add `flatten`}. */
    ModelException wants(String wanted, String advice) {
        return refuse("wants " + wanted + ", found " + input.words() + "; " + advice);
    }

    /** What is wrong, after the name of the layer. */
    ModelException refuse(String problem) {
        return new ModelException(place() + " " + problem);
    }

    /** What is wrong, after the name of the layer, with what the engine says. */
    ModelException refuse(String problem, EngineException reason) {
        return new ModelException(place() + " " + problem + ": " + reason.getMessage(), reason);
    }

    private String place() {
        return settings.line() > 0 ? "line " + settings.line() + ": " + settings.type() : path;
    }
}
