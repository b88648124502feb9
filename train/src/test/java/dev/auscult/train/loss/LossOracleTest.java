package dev.auscult.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.auscult.data.DataShape;
import dev.auscult.data.Extents;
import dev.auscult.data.Task;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.LossSettings;
import dev.auscult.train.spec.RegularizationSettings;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every loss gives what PyTorch's gives, with its gradient; in float64, as gradient checks use it. */
@SuppressWarnings("try") // scopes are opened for what their end does
class LossOracleTest {
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
        try (InputStream in = LossOracleTest.class.getResourceAsStream("/oracle/losses.json")) {
            JsonNode all = JsonMapper.shared().readTree(Objects.requireNonNull(in));
            return StreamSupport.stream(all.spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void asInPyTorch(JsonNode oracle) {
        for (Reduction how : List.of(Reduction.MEAN, Reduction.SUM)) {
            String name = how.name().toLowerCase(Locale.ROOT);
            try (Scope scope = engine.scope();
                    Criterion criterion = criterion(oracle, name)) {
                Tensor output = engine.of(doubles(oracle.get("output")), longs(oracle.get("outputShape")))
                        .requiresGradient(true);
                long[] targetShape = longs(oracle.get("targetShape"));
                Tensor target = oracle.get("hard").asBoolean()
                        ? engine.of(longs(oracle.get("target")), targetShape)
                        : engine.of(doubles(oracle.get("target")), targetShape);
                Tensor loss = criterion.loss(output, target);
                assertThat(loss.item()).as(name).isCloseTo(oracle.get(name).asDouble(), within(1e-8));
                loss.backward();
                assertThat(output.gradient().orElseThrow().toDoubles())
                        .as(name + " gradient")
                        .containsExactly(doubles(oracle.get(name + "Gradient")), within(1e-8));
            }
        }
    }

    private static Criterion criterion(JsonNode oracle, String reduction) {
        LossSettings settings = new LossSettings(
                oracle.get("loss").asString(),
                reduction,
                oracle.get("delta").asDouble(),
                oracle.get("gamma").asDouble(),
                null);
        RegularizationSettings regularization =
                new RegularizationSettings(0, 0, oracle.get("smoothing").asDouble(), 0, 0, 0);
        Task task = Task.valueOf(
                oracle.get("task").asString().toUpperCase(Locale.ROOT).replace('-', '_'));
        DataShape data = new DataShape(
                task, Extents.of(1), false, 0, oracle.get("classes").asInt());
        return Criterion.of(settings, regularization, data, doubles(oracle.get("weights")), engine);
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(n -> (long) n.asDouble())
                .toArray();
    }
}
