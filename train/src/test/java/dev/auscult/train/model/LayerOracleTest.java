package dev.auscult.train.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.auscult.data.DataShape;
import dev.auscult.data.Extents;
import dev.auscult.data.Task;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.InitializerSettings;
import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LayerVocabulary;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every layer gives what PyTorch's gives: values, gradients of input and parameters, and running statistics. */
@SuppressWarnings("try") // scopes are opened for what their end does
class LayerOracleTest {
    private static final double TOLERANCE = 2e-5;
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = TorchEngine.open("cpu", 1);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream in = LayerOracleTest.class.getResourceAsStream("/oracle/layers.json")) {
            JsonNode all = JsonMapper.shared().readTree(Objects.requireNonNull(in));
            return StreamSupport.stream(all.spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void asInPyTorch(JsonNode oracle) {
        try (Scope scope = engine.scope();
                RandomSource random = engine.random(1)) {
            long vocabulary = oracle.get("tokens").asLong();
            long[] shape = longs(oracle.get("input").get("shape"));
            Extents extents = Extents.of(Arrays.copyOfRange(shape, 1, shape.length));
            DataShape data = new DataShape(Task.CLASSIFICATION, extents, vocabulary > 0, vocabulary, 2);
            Assembly assembly = new Assembly(
                    engine, data, DType.FLOAT32, Path.of(""), random, new InitializerSettings("he", 0), path -> false);
            Form input = new Form(extents, vocabulary > 0 ? Form.Kind.TOKENS : Form.Kind.NUMBERS);
            List<Node> nodes = assembly.build("", settings(oracle.get("layers")), input);

            List<Parameter> parameters = assembly.parameters();
            assertThat(parameters).hasSameSizeAs(list(oracle.get("weights")));
            for (int i = 0; i < parameters.size(); i++) {
                JsonNode weight = oracle.get("weights").get(i);
                assertThat(parameters.get(i).tensor().shape())
                        .as(parameters.get(i).path())
                        .isEqualTo(longs(weight.get("shape")));
                parameters.get(i).tensor().requiresGradient(false);
                parameters.get(i).tensor().copyFrom(doubles(weight.get("values")));
                parameters.get(i).tensor().requiresGradient(true);
            }

            Tensor in = vocabulary > 0
                    ? engine.of(longs(oracle.get("input").get("values")), shape)
                    : floats(oracle.get("input")).requiresGradient(true);
            Pass pass = new Pass(engine, oracle.get("train").asBoolean(), random, LayerListener.NONE);
            Tensor out = Node.forward(nodes, in, new Flow(pass));
            Form given = nodes.get(nodes.size() - 1).output();
            long[] outShape = longs(oracle.get("output").get("shape"));
            assertThat(out.shape()).isEqualTo(outShape);
            assertThat(given.shape().toArray())
                    .as("the shape that was worked out")
                    .isEqualTo(Arrays.copyOfRange(outShape, 1, outShape.length));
            near("output", out, oracle.get("output"));

            Tensor weighting =
                    engine.of(doubles(oracle.get("weighting")), outShape).to(DType.FLOAT32);
            out.mul(weighting).sum().backward();
            if (vocabulary == 0) {
                near("input gradient", in.gradient().orElseThrow(), oracle.get("inputGradient"));
            }
            for (int i = 0; i < parameters.size(); i++) {
                Parameter parameter = parameters.get(i);
                near(
                        parameter.path(),
                        parameter.tensor().gradient().orElseThrow(),
                        oracle.get("gradients").get(i));
            }
            List<Tensor> buffers = List.copyOf(assembly.buffers().values());
            assertThat(buffers).hasSameSizeAs(list(oracle.get("buffersAfter")));
            for (int i = 0; i < buffers.size(); i++) {
                near("buffer " + i, buffers.get(i), oracle.get("buffersAfter").get(i));
            }
            Held.close(assembly.held());
        }
    }

    private static List<LayerSettings> settings(JsonNode layers) {
        List<LayerSettings> settings = new ArrayList<>();
        for (JsonNode layer : layers) {
            Map<String, Object> options = new HashMap<>();
            layer.get("options").properties().forEach(e -> options.put(e.getKey(), option(e.getValue())));
            settings.add(LayerVocabulary.layer(layer.get("type").asString(), options, settings(layer.get("children"))));
        }
        return settings;
    }

    private static Object option(JsonNode value) {
        if (value.isArray()) {
            return Arrays.stream(longs(value)).boxed().toList();
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        if (value.isString()) {
            return value.asString();
        }
        return value.isIntegralNumber() ? (Object) value.asLong() : (Object) value.asDouble();
    }

    private static void near(String what, Tensor found, JsonNode wanted) {
        double[] values = doubles(wanted.get("values"));
        double[] ours = found.toDoubles();
        assertThat(ours).as(what).hasSameSizeAs(values);
        for (int i = 0; i < values.length; i++) {
            assertThat(Math.abs(ours[i] - values[i]))
                    .as("%s, element %d: found %s, wanted %s", what, i, ours[i], values[i])
                    .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(values[i])));
        }
    }

    private static Tensor floats(JsonNode tensor) {
        return engine.of(doubles(tensor.get("values")), longs(tensor.get("shape")))
                .to(DType.FLOAT32)
                .detach();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static double[] doubles(JsonNode array) {
        return list(array).stream().mapToDouble(JsonNode::asDouble).toArray();
    }

    private static long[] longs(JsonNode array) {
        return list(array).stream().mapToLong(n -> (long) n.asDouble()).toArray();
    }
}
