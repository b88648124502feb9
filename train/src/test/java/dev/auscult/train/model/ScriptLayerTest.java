package dev.auscult.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

import dev.auscult.data.DataShape;
import dev.auscult.run.ModelGraph;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.InitializerSettings;
import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LayerVocabulary;
import dev.auscult.train.spec.ModelSettings;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Networks saved as TorchScript give what they gave in Python, layer by layer where they can. */
@SuppressWarnings("try") // scopes are opened for what their end does
class ScriptLayerTest {
    private final TorchEngine engine = TorchEngine.open("cpu", 1);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aChainIsSeenLayerByLayer() throws Exception {
        List<String> heard = trained("chain", DataShapes.classes(3, 1, 6, 6));
        assertThat(heard)
                .containsExactly(
                        "0-torchscript/0-sequential/0-conv",
                        "0-torchscript/0-sequential/1-batch-norm",
                        "0-torchscript/0-sequential/2-relu",
                        "0-torchscript/0-sequential",
                        "0-torchscript/1-flatten",
                        "0-torchscript/2-dense",
                        "0-torchscript");
    }

    @Test
    void anythingElseIsOneLayer() throws Exception {
        assertThat(trained("shortcut", DataShapes.classes(4, 4))).containsExactly("0-torchscript");
    }

    @Test
    void theGraphShowsTheChildren() throws Exception {
        try (Network network = network("chain", DataShapes.classes(3, 1, 6, 6))) {
            ModelGraph.Layer whole = network.graph().layers().get(0);
            assertThat(whole.parameters()).hasValue(network.parameterCount());
            assertThat(whole.children())
                    .extracting(ModelGraph.Layer::type)
                    .containsExactly("sequential", "flatten", "dense");
            assertThat(whole.children().get(0).outputShape()).containsExactly(2L, 4L, 4L);
            assertThat(network.buffers())
                    .containsKeys(
                            "0-torchscript/0-sequential/1-batch-norm.running_mean",
                            "0-torchscript/0-sequential/1-batch-norm.running_var");
            assertThat(network.graph().output()).isEqualTo("logits");
        }
    }

    /** The generator of the process is disturbed between the passes, as by another training. */
    @Test
    void dropoutDrawsFromTheRun() throws Exception {
        try (Network network = network("../dev/auscult/train/torch/net", DataShapes.classes(3, 1, 4, 4));
                RandomSource first = engine.random(7);
                RandomSource again = engine.random(7);
                Scope scope = engine.scope()) {
            Tensor input = engine.full(1, 3, 1, 4, 4);
            Pass pass = new Pass(engine, true, first, LayerListener.NONE);
            float[] one = network.forward(input, pass).toFloats();
            float[] two = network.forward(input, pass).toFloats();
            engine.seedScripts(99);
            Pass repeated = new Pass(engine, true, again, LayerListener.NONE);
            assertThat(network.forward(input, repeated).toFloats()).containsExactly(one);
            byte[] state = again.state();
            assertThat(network.forward(input, repeated).toFloats())
                    .containsExactly(two)
                    .isNotEqualTo(one);
            again.restore(state);
            assertThat(network.forward(input, repeated).toFloats()).containsExactly(two);
        }
    }

    @Test
    void whatDoesNotFitIsSaidInOneLine() {
        assertThatThrownBy(() -> network("shortcut", DataShapes.classes(4, 5)).close())
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("0-torchscript does not run on [5]: ")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> network("nothing", DataShapes.classes(4, 5)).close())
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("0-torchscript cannot be read: ");
    }

    /** One pass in training and one in evaluation mode, as in Python; gives the layers that were heard. */
    private List<String> trained(String name, DataShape data) throws Exception {
        JsonNode oracle = oracle().get(name);
        long[] shape =
                list(oracle.get("shape")).stream().mapToLong(JsonNode::asLong).toArray();
        List<String> heard = new ArrayList<>();
        try (Network network = network(name, data);
                RandomSource random = engine.random(1);
                Scope scope = engine.scope()) {
            Tensor input = engine.of(floats(oracle.get("input")), shape);
            Tensor training =
                    network.forward(input, new Pass(engine, true, random, (layer, output) -> heard.add(layer)));
            assertThat(training.toFloats()).containsExactly(floats(oracle.get("training")), within(1e-5f));
            training.sum().backward();
            double[] norms = network.parameters().stream()
                    .mapToDouble(p -> p.tensor().gradient().orElseThrow().norm().item())
                    .toArray();
            assertThat(norms)
                    .containsExactly(
                            list(oracle.get("gradientNorms")).stream()
                                    .mapToDouble(JsonNode::asDouble)
                                    .toArray(),
                            within(1e-4));
            Tensor evaluation = network.forward(input, new Pass(engine, false, random, LayerListener.NONE));
            assertThat(evaluation.toFloats()).containsExactly(floats(oracle.get("evaluation")), within(1e-5f));
        }
        return heard;
    }

    private Network network(String name, DataShape data) {
        LayerSettings layer = LayerVocabulary.layer("torchscript", Map.of("path", name + ".pt"), List.of());
        ModelSettings model = new ModelSettings(List.of(layer), new InitializerSettings("he", 0));
        return Networks.build(model, data, engine, 1, folder());
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(ScriptLayerTest.class.getResource("/oracle/scripts.json"))
                            .toURI())
                    .resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode oracle() throws IOException {
        try (InputStream in = ScriptLayerTest.class.getResourceAsStream("/oracle/scripts.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in));
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static float[] floats(JsonNode array) {
        List<JsonNode> values = list(array);
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values.get(i).asDouble();
        }
        return floats;
    }
}
