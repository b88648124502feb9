package dev.auscult.train.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import dev.auscult.data.DataShape;
import dev.auscult.data.Task;
import dev.auscult.run.ModelGraph;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.ModelSettings;

/**
 * Builds the network of a spec: works out the shapes layer by layer, and draws the initial weights in the order of the
 * layers from one stream with the seed of the run.
 *
 * <pre>{@code
 * Network network = Networks.of(spec.model(), data.shape()).loss("cross-entropy").build(engine, 7);
 * }</pre>
 */
public final class Networks {
    private final ModelSettings model;
    private final DataShape data;
    private Path base = Path.of("");
    private String loss = "";
    private DType type = DType.FLOAT32;
    private Predicate<String> frozen = path -> false;

    private Networks(ModelSettings model, DataShape data) {
        this.model = model;
        this.data = data;
    }

    /** A network for data of some shape; without layers, the one of {@link #usual}. */
    public static Networks of(ModelSettings model, DataShape data) {
        return new Networks(model, data);
    }

    /** The network of a spec in float32, of which the loss is not known and nothing is frozen. */
    public static Network build(ModelSettings model, DataShape data, Engine engine, long seed, Path base) {
        return of(model, data).base(base).build(engine, seed);
    }

    /** The layers of a sensible network for the data, for specs that name none. */
    public static List<LayerSettings> usual(DataShape data) {
        return DefaultModels.of(data);
    }

    /** Where paths in the spec start from. */
    public Networks base(Path folder) {
        base = folder;
        return this;
    }

    /** Name of the loss, for the graph. */
    public Networks loss(String name) {
        loss = name;
        return this;
    }

    /** Type of the parameters: FLOAT32 (unless said), or FLOAT64 to check gradients. The same seed gives the same weights. */
    public Networks type(DType wanted) {
        type = wanted;
        return this;
    }

    /** Which parameters stay as they are, by path: {@code 0-conv.weight}. */
    public Networks frozen(Predicate<String> path) {
        frozen = path;
        return this;
    }

    /**
     * Builds the network.
     *
     * @throws ModelException if layers do not fit one another or the data
     */
    @SuppressWarnings("try") // A scope works by being open.
    public Network build(Engine engine, long seed) {
        List<LayerSettings> layers = model.layers().isEmpty() ? usual(data) : model.layers();
        Form input = new Form(data.inputShape(), data.tokens() ? Form.Kind.TOKENS : Form.Kind.NUMBERS);
        try (Scope scope = engine.scope();
                RandomSource random = engine.random(seed)) {
            Assembly assembly = new Assembly(engine, data, type, base, random, model.initializer(), frozen);
            try {
                List<Node> nodes = assembly.build("", layers, input);
                Node last = nodes.get(nodes.size() - 1);
                check(last, layers.get(layers.size() - 1));
                return new BuiltNetwork(nodes, assembly, graph(nodes));
            } catch (RuntimeException e) {
                Held.close(assembly.held());
                throw e;
            }
        }
    }

    /** Whether the network gives something that a loss can compare with the targets. */
    private void check(Node last, LayerSettings settings) {
        Form output = last.output();
        boolean language = data.task() == Task.LANGUAGE_MODEL;
        List<Long> places = language ? data.inputShape().axes() : List.of();
        int axes = output.rank() - 1;
        boolean fits = output.kind() != Form.Kind.TOKENS
                && axes >= 0
                && output.shape().axes().subList(0, axes).equals(places)
                && suffices(output.axis(-1));
        if (!fits) {
            List<Long> wanted = new ArrayList<>(places);
            wanted.add((long) data.outputs());
            String advice = axes > places.size() ? "add `flatten` or `global-pool`, and " : "";
            throw new ModelException((settings.line() > 0 ? "line " + settings.line() + ": " : "")
                    + "the network gives " + output.words() + ", the data want " + wanted + "; " + advice
                    + "end with `dense: classes`");
        }
    }

    /** More outputs than classes can be trained (and judged); one output can tell two classes apart. */
    private boolean suffices(long outputs) {
        return switch (data.task()) {
            case REGRESSION, MULTI_LABEL -> outputs == data.outputs();
            case CLASSIFICATION -> outputs >= data.outputs() || (outputs == 1 && data.outputs() == 2);
            case LANGUAGE_MODEL -> outputs >= data.outputs();
        };
    }

    private ModelGraph graph(List<Node> nodes) {
        return new ModelGraph(
                nodes.stream().map(Node::describe).toList(),
                Outputs.of(nodes, data.task()),
                loss,
                data.task().label(),
                data.outputs());
    }
}
