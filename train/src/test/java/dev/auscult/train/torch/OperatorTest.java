package dev.auscult.train.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Recurrent;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every operation against values and gradients that PyTorch computed (bench/oracle/engine.py). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("try") // scopes are opened for what their end does
class OperatorTest {
    private static final double TOLERANCE = 2e-5;

    private final TorchEngine engine = TorchEngine.open("cpu", 1);
    private final Map<String, Function<List<Tensor>, List<Tensor>>> operations = new HashMap<>();

    @AfterAll
    void close() {
        engine.close();
    }

    private interface One {
        Tensor apply(Tensor a);
    }

    private interface Two {
        Tensor apply(Tensor a, Tensor b);
    }

    private interface Three {
        Tensor apply(Tensor a, Tensor b, Tensor c);
    }

    private void one(String name, One operation) {
        operations.put(name, in -> List.of(operation.apply(in.get(0))));
    }

    private void two(String name, Two operation) {
        operations.put(name, in -> List.of(operation.apply(in.get(0), in.get(1))));
    }

    private void three(String name, Three operation) {
        operations.put(name, in -> List.of(operation.apply(in.get(0), in.get(1), in.get(2))));
    }

    private void list(String name, Function<List<Tensor>, List<Tensor>> operation) {
        operations.put(name, operation);
    }

    @BeforeAll
    void arithmetic() {
        two("add", Tensor::add);
        one("add-number", a -> a.add(1.5));
        two("sub", Tensor::sub);
        two("mul", Tensor::mul);
        one("mul-number", a -> a.mul(-2.5));
        one("mul-integers", a -> a.mul(3));
        two("div", Tensor::div);
        one("div-number", a -> a.div(4));
        one("neg", Tensor::neg);
        one("pow", a -> a.pow(2.5));
        one("sqrt", Tensor::sqrt);
        one("exp", Tensor::exp);
        one("log", Tensor::log);
        one("abs", Tensor::abs);
        one("sign", Tensor::sign);
        one("clamp", a -> a.clamp(-0.5, 0.7));
        two("maximum", Tensor::maximum);
        two("minimum", Tensor::minimum);
        two("matmul", Tensor::matmul);
        two("equal-to", Tensor::equalTo);
        one("equal-to-number", a -> a.equalTo(2));
        two("greater-than", Tensor::greaterThan);
        one("greater-than-number", a -> a.greaterThan(0.1));
    }

    @BeforeAll
    void shapesAndReductions() {
        one("reshape", a -> a.reshape(3, -1));
        one("transpose", a -> a.transpose(0, 2));
        one("permute", a -> a.permute(2, 0, 1));
        one("squeeze", a -> a.squeeze(1));
        one("unsqueeze", a -> a.unsqueeze(-1));
        one("expand", a -> a.expand(2, 2, 3));
        one("narrow", a -> a.narrow(1, 1, 2));
        one("select", a -> a.select(1, 2));
        two("index-select", (a, i) -> a.indexSelect(1, i));
        two("gather", (a, i) -> a.gather(1, i));
        one("contiguous", a -> a.transpose(0, 1).contiguous());
        one("copy", Tensor::copy);
        one("to-float64", a -> a.to(DType.FLOAT64));
        one("to-int64", a -> a.to(DType.INT64));
        one("sum", Tensor::sum);
        one("sum-axes", a -> a.sum(false, 0, 2));
        one("sum-kept", a -> a.sum(true, 1));
        one("mean", Tensor::mean);
        one("mean-axes", a -> a.mean(false, 0, 2));
        one("mean-kept", a -> a.mean(true, -1));
        one("max", Tensor::max);
        one("min", Tensor::min);
        one("max-axis", a -> a.max(1));
        one("argmax", a -> a.argmax(1));
        one("norm", Tensor::norm);
        one("cumsum", a -> a.cumsum(1));
    }

    @BeforeAll
    void activations() {
        one("relu", Tensor::relu);
        one("leaky-relu", a -> a.leakyRelu(0.2));
        one("elu", a -> a.elu(1.3));
        one("selu", Tensor::selu);
        one("gelu", Tensor::gelu);
        one("silu", Tensor::silu);
        one("tanh", Tensor::tanh);
        one("sigmoid", Tensor::sigmoid);
        one("softplus", Tensor::softplus);
        one("softmax", a -> a.softmax(1));
        one("log-softmax", a -> a.logSoftmax(0));
    }

    @BeforeAll
    void inPlace() {
        one("zero-in-place", Tensor::zeroInPlace);
        one("fill-in-place", a -> a.fillInPlace(2.5));
        two("add-in-place", Tensor::addInPlace);
        two("add-scaled-in-place", (a, b) -> a.addInPlace(b, -0.3));
        one("add-number-in-place", a -> a.addInPlace(1.25));
        two("sub-in-place", Tensor::subInPlace);
        one("mul-number-in-place", a -> a.mulInPlace(0.9));
        two("mul-in-place", Tensor::mulInPlace);
        two("div-in-place", Tensor::divInPlace);
        one("div-number-in-place", a -> a.divInPlace(3));
        three("add-product-in-place", (a, b, c) -> a.addProductInPlace(b, c, 0.2));
        three("add-quotient-in-place", (a, b, c) -> a.addQuotientInPlace(b, c, -0.2));
        two("lerp-in-place", (a, b) -> a.lerpInPlace(b, 0.25));
        one("sqrt-in-place", Tensor::sqrtInPlace);
        one("clamp-in-place", a -> a.clampInPlace(-0.5, 0.5));
        two("maximum-in-place", Tensor::maximumInPlace);
    }

    @BeforeAll
    void creation() {
        list("range", in -> List.of(engine.range(5)));
        list("identity", in -> List.of(engine.identity(3)));
        list("zeros", in -> List.of(engine.zeros(DType.FLOAT64, 2, 2)));
        list("ones", in -> List.of(engine.ones(DType.INT64, 3)));
        list("full", in -> List.of(engine.full(0.25, 2, 2)));
        list("cat", in -> List.of(engine.cat(in, 1)));
        list("stack", in -> List.of(engine.stack(in, 1)));
        three("where", (a, b, c) -> engine.where(c, a, b));
    }

    @BeforeAll
    void layers() {
        three("linear", engine::linear);
        two("linear-no-bias", (a, w) -> engine.linear(a, w, null));
        three("conv1d", (a, w, b) -> engine.conv1d(a, w, b, 2, 1, 2, 1));
        two("conv1d-groups", (a, w) -> engine.conv1d(a, w, null, 1, 0, 1, 2));
        three("conv2d", (a, w, b) -> engine.conv2d(a, w, b, of(1, 1), of(1, 1), of(1, 1), 1));
        two("conv2d-uneven", (a, w) -> engine.conv2d(a, w, null, of(2, 1), of(1, 0), of(1, 2), 2));
        one("max-pool-1d", a -> engine.maxPool(a, of(3), of(2), of(1)));
        one("max-pool-2d", a -> engine.maxPool(a, of(2, 3), of(2, 1), of(1, 1)));
        one("average-pool-1d", a -> engine.averagePool(a, of(3), of(2), of(1)));
        one("average-pool-2d", a -> engine.averagePool(a, of(2, 2), of(2, 2), of(1, 1)));
        list("batch-norm-training", in -> batchNorm(in, true));
        list("batch-norm-images", in -> batchNorm(in, true));
        list("batch-norm-evaluation", in -> batchNorm(in, false));
        three("layer-norm", (a, w, b) -> engine.layerNorm(a, of(3), w, b, 1e-4));
        one("layer-norm-plain", a -> engine.layerNorm(a, of(2, 3), null, null, 1e-5));
        two("embedding", (w, t) -> engine.embedding(w, t, -1));
        two("embedding-padding", (w, t) -> engine.embedding(w, t, 1));
        for (Recurrent kind : Recurrent.values()) {
            String name = kind.name().toLowerCase(java.util.Locale.ROOT);
            list(name, in -> engine.recurrent(kind, in.get(0), in.subList(1, in.size()), false));
            list(name + "-bidirectional", in -> engine.recurrent(kind, in.get(0), in.subList(1, in.size()), true));
        }
        three("attention", (q, k, v) -> engine.attention(q, k, v, null, false));
        three("attention-causal", (q, k, v) -> engine.attention(q, k, v, null, true));
        list("attention-masked", in -> List.of(engine.attention(in.get(0), in.get(1), in.get(2), in.get(3), false)));
    }

    private List<Tensor> batchNorm(List<Tensor> in, boolean training) {
        Tensor output = engine.batchNorm(in.get(0), in.get(1), in.get(2), in.get(3), in.get(4), training, 0.3, 1e-3);
        return List.of(output, in.get(3), in.get(4));
    }

    @BeforeAll
    void losses() {
        two("cross-entropy", (x, y) -> engine.crossEntropy(x, y, null, -100, 0, Reduction.MEAN));
        two("cross-entropy-sum", (x, y) -> engine.crossEntropy(x, y, null, -100, 0, Reduction.SUM));
        two("cross-entropy-each", (x, y) -> engine.crossEntropy(x, y, null, -100, 0, Reduction.NONE));
        three("cross-entropy-weights", (x, y, w) -> engine.crossEntropy(x, y, w, -100, 0, Reduction.MEAN));
        two("cross-entropy-smoothing", (x, y) -> engine.crossEntropy(x, y, null, -100, 0.1, Reduction.MEAN));
        three("cross-entropy-everything", (x, y, w) -> engine.crossEntropy(x, y, w, 1, 0.2, Reduction.MEAN));
        two("cross-entropy-ignore", (x, y) -> engine.crossEntropy(x, y, null, 2, 0, Reduction.MEAN));
        two("cross-entropy-probabilities", (x, y) -> engine.crossEntropy(x, y, null, -100, 0, Reduction.MEAN));
        two("cross-entropy-places", (x, y) -> engine.crossEntropy(x, y, null, -100, 0, Reduction.MEAN));
        two("binary-cross-entropy", (x, y) -> engine.binaryCrossEntropyWithLogits(x, y, null, Reduction.MEAN));
        three("binary-cross-entropy-weights", (x, y, w) -> engine.binaryCrossEntropyWithLogits(x, y, w, Reduction.SUM));
        two("mean-squared-error", (x, y) -> engine.meanSquaredError(x, y, Reduction.MEAN));
        two("mean-squared-error-each", (x, y) -> engine.meanSquaredError(x, y, Reduction.NONE));
        two("mean-absolute-error", (x, y) -> engine.meanAbsoluteError(x, y, Reduction.MEAN));
        two("mean-absolute-error-sum", (x, y) -> engine.meanAbsoluteError(x, y, Reduction.SUM));
        two("huber", (x, y) -> engine.huber(x, y, 0.6, Reduction.MEAN));
        two("huber-sum", (x, y) -> engine.huber(x, y, 0.6, Reduction.SUM));
    }

    private static long[] of(long... numbers) {
        return numbers;
    }

    private static JsonNode oracle() {
        try (InputStream file = Objects.requireNonNull(OperatorTest.class.getResourceAsStream("operators.json"))) {
            return JsonMapper.shared().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> names() {
        return oracle().get("cases").valueStream().map(each -> each.get("name").asString());
    }

    @Test
    void everyOperationHasAnOracle() {
        assertThat(new TreeSet<>(operations.keySet())).isEqualTo(new TreeSet<>(names().toList()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void matchesPyTorch(String name) {
        JsonNode wanted = oracle().get("cases")
                .valueStream()
                .filter(each -> each.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
        try (Scope scope = engine.scope()) {
            List<Tensor> inputs = new ArrayList<>();
            for (JsonNode input : wanted.get("inputs")) {
                inputs.add(tensor(input).requiresGradient(input.has("gradient")));
            }
            List<Tensor> outputs = Objects.requireNonNull(operations.get(name)).apply(inputs);

            assertThat(outputs).hasSize(wanted.get("outputs").size());
            for (int i = 0; i < outputs.size(); i++) {
                matches(outputs.get(i), wanted.get("outputs").get(i));
            }
            for (Tensor output : outputs) {
                if (output.requiresGradient()) {
                    output.backward(cosines(output), true);
                }
            }
            for (int i = 0; i < inputs.size(); i++) {
                JsonNode gradient = wanted.get("inputs").get(i).get("gradient");
                if (gradient != null) {
                    same(inputs.get(i).gradient().orElseThrow().toDoubles(), gradient);
                }
            }
        }
    }

    private Tensor tensor(JsonNode described) {
        double[] values = described
                .get("values")
                .valueStream()
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        return engine.of(values, shape(described))
                .to(DType.valueOf(described.get("type").asString()));
    }

    private static long[] shape(JsonNode described) {
        return described.get("shape").valueStream().mapToLong(JsonNode::asLong).toArray();
    }

    /** The gradient that the oracle starts from: cos(i) for element i. */
    private Tensor cosines(Tensor like) {
        double[] values = new double[(int) like.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.cos(i);
        }
        return engine.of(values, like.shape()).to(like.type());
    }

    private static void matches(Tensor output, JsonNode wanted) {
        assertThat(output.shape()).isEqualTo(shape(wanted));
        assertThat(output.type()).isEqualTo(DType.valueOf(wanted.get("type").asString()));
        same(output.toDoubles(), wanted.get("values"));
    }

    private static void same(double[] found, JsonNode wanted) {
        assertThat(found).hasSize(wanted.size());
        for (int i = 0; i < found.length; i++) {
            double number = wanted.get(i).asDouble();
            assertThat(found[i]).as("element %d", i).isCloseTo(number, within(TOLERANCE * (1 + Math.abs(number))));
        }
    }
}
