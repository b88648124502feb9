package dev.auscult.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.auscult.data.DataShape;
import dev.auscult.data.Task;
import dev.auscult.run.ModelGraph;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.InitializerSettings;
import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.LayerVocabulary;
import dev.auscult.train.spec.ModelSettings;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("try") // scopes are opened for what their end does
class NetworksTest {
    private static final int STEPS = 40;

    private final TorchEngine engine = TorchEngine.open("cpu", 1);

    @AfterEach
    void close() {
        engine.close();
    }

    // What does not fit

    @Test
    void aVectorIsNoImage() {
        LayerSettings conv = at(12, LayerVocabulary.layer("conv", Map.of("filters", 8L), List.of()));
        refused(
                DataShapes.classes(10, 64),
                "line 12: conv wants [channels, height, width] or [channels, length], found [64];"
                        + " add `reshape: [1, 8, 8]`",
                conv);
    }

    @Test
    void anImageIsNoVector() {
        refused(DataShapes.classes(10, 1, 8, 8), "0-dense wants [features], found [1, 8, 8]; add `flatten`", dense(10));
    }

    @Test
    void tokensNeedVectors() {
        refused(
                DataShapes.text(2, 50, 7),
                "0-dense wants numbers, found tokens [7]; begin with `embedding: 64`",
                dense(2));
    }

    @Test
    void theOutputMustFitTheData() {
        refused(
                DataShapes.classes(10, 64),
                "line 3: the network gives [9], the data want [10]; end with `dense: classes`",
                at(3, dense(9)));
        refused(
                DataShapes.classes(10, 1, 8, 8),
                "the network gives [4, 6, 6], the data want [10]; add `flatten` or `global-pool`, and end with"
                        + " `dense: classes`",
                LayerVocabulary.layer("conv", Map.of("filters", 4L), List.of()));
    }

    @Test
    void shortcutsMustFit() {
        LayerSettings residual = LayerVocabulary.layer("residual", Map.of("shortcut", "identity"), List.of(dense(3)));
        refused(
                DataShapes.classes(3, 4),
                "0-residual adds [4] to [3]; use `shortcut: projection`, or keep the shape inside",
                residual);
    }

    @Test
    void windowsMustFit() {
        refused(
                DataShapes.classes(3, 1, 4, 4),
                "0-conv has a window of 5 elements, larger than its input [1, 4, 4] with its padding; use a smaller"
                        + " `kernel` or `padding: same`",
                LayerVocabulary.layer("conv", Map.of("filters", 4L, "kernel", List.of(5L)), List.of()));
    }

    @Test
    void moreOutputsThanClassesAreTheDoctorsAffair() {
        try (Network network = build(DataShapes.classes(10, 64), 1, dense(12))) {
            assertThat(network.graph().outputs()).isEqualTo(10);
        }
    }

    private void refused(DataShape data, String message, LayerSettings... layers) {
        assertThatThrownBy(() -> build(data, 1, layers).close())
                .isInstanceOf(ModelException.class)
                .hasMessage(message);
    }

    // What is built

    @Test
    void theSameSeedGivesTheSameBits() {
        DataShape data = DataShapes.language(20, 6);
        try (Network first = build(data, 7);
                Network again = build(data, 7);
                Network other = build(data, 8);
                Network wide = Networks.of(new ModelSettings(List.of(), new InitializerSettings("he", 0)), data)
                        .type(DType.FLOAT64)
                        .build(engine, 7)) {
            for (int i = 0; i < first.parameters().size(); i++) {
                Parameter parameter = first.parameters().get(i);
                float[] values = parameter.tensor().toFloats();
                assertThat(again.parameters().get(i).path()).isEqualTo(parameter.path());
                assertThat(again.parameters().get(i).tensor().toFloats()).isEqualTo(values);
                assertThat(wide.parameters().get(i).tensor().type()).isEqualTo(DType.FLOAT64);
                assertThat(wide.parameters().get(i).tensor().toFloats()).isEqualTo(values);
                boolean drawn = Arrays.hashCode(values) != Arrays.hashCode(new float[values.length])
                        && !parameter.layer().contains("norm");
                if (drawn) {
                    assertThat(other.parameters().get(i).tensor().toFloats()).isNotEqualTo(values);
                }
            }
            assertThat(run(first, data, false)).isEqualTo(run(again, data, false));
            assertThat(run(first, data, true)).isEqualTo(run(again, data, true));
        }
    }

    @Test
    void theGraphSaysWhatTheNetworkLooksLike() {
        DataShape data = DataShapes.classes(10, 1, 8, 8);
        LayerSettings inner = LayerVocabulary.layer("conv", Map.of("filters", 4L, "padding", "same"), List.of());
        try (Network network = Networks.of(
                        new ModelSettings(
                                List.of(
                                        LayerVocabulary.layer(
                                                "conv",
                                                Map.of("filters", 4L, "padding", "same", "activation", "relu"),
                                                List.of()),
                                        LayerVocabulary.layer("residual", Map.of(), List.of(inner, plain("relu"))),
                                        plain("flatten"),
                                        LayerVocabulary.layer(
                                                "dense",
                                                Map.of(
                                                        "units",
                                                        "classes",
                                                        "initializer",
                                                        new InitializerSettings("normal", 0.01)),
                                                List.of()),
                                        plain("softmax")),
                                new InitializerSettings("he", 0)),
                        data)
                .loss("cross-entropy")
                .frozen(path -> path.startsWith("0-conv"))
                .build(engine, 1)) {
            ModelGraph graph = network.graph();
            assertThat(graph.output()).isEqualTo("probabilities");
            assertThat(graph.loss()).isEqualTo("cross-entropy");
            assertThat(graph.task()).isEqualTo("classification");
            assertThat(graph.layers())
                    .extracting(ModelGraph.Layer::name)
                    .containsExactly("0-conv", "1-residual", "2-flatten", "3-dense", "4-softmax");
            ModelGraph.Layer conv = graph.layers().get(0);
            assertThat(conv.activation()).isEqualTo("relu");
            assertThat(conv.outputShape()).containsExactly(4L, 8L, 8L);
            assertThat(conv.parameters()).hasValue(4 * 9 + 4);
            assertThat(conv.trainable()).isFalse();
            assertThat(conv.initializer()).isEqualTo("he");
            assertThat(conv.options()).containsEntry("kernel", "3").containsEntry("bias", "true");
            ModelGraph.Layer residual = graph.layers().get(1);
            assertThat(residual.children())
                    .extracting(ModelGraph.Layer::name)
                    .containsExactly("1-residual/0-conv", "1-residual/1-relu");
            assertThat(residual.trainable()).isTrue();
            assertThat(graph.layers().get(3).initializer()).isEqualTo("normal 0.01");
            assertThat(network.parameters())
                    .extracting(Parameter::path)
                    .containsExactly(
                            "0-conv.weight",
                            "0-conv.bias",
                            "1-residual/0-conv.weight",
                            "1-residual/0-conv.bias",
                            "3-dense.weight",
                            "3-dense.bias");
            assertThat(network.parameters().get(0).tensor().requiresGradient()).isFalse();
            assertThat(network.parameters().get(2).tensor().requiresGradient()).isTrue();
        }
    }

    static List<DataShape> modalities() {
        return List.of(
                DataShapes.classes(3, 12),
                DataShapes.numbers(1, 5),
                DataShapes.classes(4, 1, 28, 28),
                DataShapes.classes(4, 3, 5, 40),
                DataShapes.classes(2, 1, 800),
                DataShapes.numbers(2, 24, 3),
                DataShapes.text(3, 30, 9),
                DataShapes.language(20, 8));
    }

    /** The usual network of each kind of data learns a handful of examples by heart. */
    @ParameterizedTest
    @MethodSource("modalities")
    void theUsualNetworkLearns(DataShape data) {
        double first = 0;
        double last = 0;
        try (Network network = build(data, 3);
                RandomSource random = engine.random(4)) {
            for (int step = 0; step < STEPS; step++) {
                try (Scope scope = engine.scope()) {
                    Tensor output = network.forward(input(data, 4), new Pass(engine, true, random, LayerListener.NONE));
                    Tensor loss = loss(output, data);
                    first = step == 0 ? loss.item() : first;
                    last = loss.item();
                    loss.backward();
                    for (Parameter parameter : network.parameters()) {
                        Tensor gradient = parameter.tensor().gradient().orElseThrow();
                        try (Scope still = engine.withoutGradients()) {
                            // Steps of a length of their own, ever shorter.
                            double length = 0.1 * (STEPS - step) / STEPS;
                            parameter
                                    .tensor()
                                    .addInPlace(gradient.div(gradient.norm().add(1e-3)), -length);
                        }
                        parameter.tensor().clearGradient();
                    }
                }
            }
        }
        assertThat(last).isLessThan(0.5 * first);
    }

    private Tensor loss(Tensor output, DataShape data) {
        if (data.task() == Task.REGRESSION) {
            Tensor target = engine.full(0.7, output.shape());
            return engine.meanSquaredError(output, target, Reduction.MEAN);
        }
        long places = output.count() / output.shape()[output.shape().length - 1];
        long[] classes = new long[Math.toIntExact(places)];
        Arrays.setAll(classes, i -> i % data.outputs());
        return engine.crossEntropy(output.reshape(places, -1), engine.of(classes, places), null, -1, 0, Reduction.MEAN);
    }

    // Text

    @Test
    void fillingBehindAShortTextDoesNotMatter() {
        for (List<LayerSettings> reading : List.of(
                List.of(plain("mean-over-time")),
                List.of(plain("last-of-time")),
                List.of(plain("global-pool")),
                List.of(LayerVocabulary.layer("global-pool", Map.of("reduce", "max"), List.of())),
                List.of(LayerVocabulary.layer("gru", Map.of("units", 5L), List.of())),
                List.of(
                        LayerVocabulary.layer("transformer-block", Map.of("heads", 2L), List.of()),
                        plain("mean-over-time")))) {
            List<LayerSettings> layers = new ArrayList<>();
            layers.add(LayerVocabulary.layer("embedding", Map.of("units", 4L), List.of()));
            layers.addAll(reading);
            layers.add(dense(2));
            LayerSettings[] all = layers.toArray(LayerSettings[]::new);
            try (Network network = build(DataShapes.text(2, 10, 6), 5, all);
                    RandomSource random = engine.random(1);
                    Scope scope = engine.scope()) {
                Pass pass = new Pass(engine, false, random, LayerListener.NONE);
                float[] whole = network.forward(engine.of(new long[] {3, 7, 2}, 1, 3), pass)
                        .toFloats();
                float[] filled = network.forward(engine.of(new long[] {3, 7, 2, 0, 0, 0}, 1, 6), pass)
                        .toFloats();
                assertThat(filled).as(reading.get(0).type()).containsExactly(whole, within(1e-5f));
                float[] empty =
                        network.forward(engine.of(new long[6], 1, 6), pass).toFloats();
                assertThat(empty[0]).isFinite();
            }
        }
    }

    @Test
    void aCausalNetworkDoesNotSeeWhatComesLater() {
        DataShape data = DataShapes.language(20, 6);
        try (Network network = build(data, 5);
                RandomSource random = engine.random(1);
                Scope scope = engine.scope()) {
            Pass pass = new Pass(engine, false, random, LayerListener.NONE);
            Tensor one = network.forward(engine.of(new long[] {1, 2, 3, 4, 5, 6}, 1, 6), pass);
            Tensor two = network.forward(engine.of(new long[] {1, 2, 3, 9, 9, 9}, 1, 6), pass);
            assertThat(two.narrow(1, 0, 3).toFloats())
                    .containsExactly(one.narrow(1, 0, 3).toFloats(), within(1e-5f));
            assertThat(two.narrow(1, 3, 3).toFloats())
                    .isNotEqualTo(one.narrow(1, 3, 3).toFloats());
        }
    }

    @Test
    void attentionMapsAreGivenOnlyWhereAsked() {
        DataShape data = DataShapes.language(20, 4);
        try (Network network = build(data, 5);
                RandomSource random = engine.random(1);
                Scope scope = engine.scope()) {
            Tensor tokens = engine.of(new long[] {1, 2, 3, 4}, 1, 4);
            List<String> heard = new ArrayList<>();
            List<float[]> maps = new ArrayList<>();
            LayerListener asking = new LayerListener() {
                @Override
                public void output(String layer, Tensor output) {
                    heard.add(layer);
                    if (layer.endsWith("/attention")) {
                        assertThat(output.shape()).containsExactly(1, 4, 4, 4);
                        maps.add(output.toFloats());
                    }
                }

                @Override
                public boolean wantsAttention(String layer) {
                    return layer.equals("2-transformer-block/1-attention");
                }
            };
            float[] watched = network.forward(tokens, new Pass(engine, false, random, asking))
                    .toFloats();
            float[] alone = network.forward(tokens, new Pass(engine, false, random, LayerListener.NONE))
                    .toFloats();
            assertThat(watched).isEqualTo(alone);
            assertThat(maps).hasSize(1);
            assertThat(heard).contains("2-transformer-block/1-attention/attention", "2-transformer-block/1-attention");
            float[] map = maps.get(0);
            for (int row = 0; row < map.length / 4; row++) {
                double sum = 0;
                for (int column = 0; column < 4; column++) {
                    sum += map[row * 4 + column];
                    if (column > row % 4) {
                        assertThat(map[row * 4 + column]).isZero();
                    }
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
            }
        }
    }

    @Test
    void sinusoidsAreThoseOfThePaper() {
        // PE(3, 2) = sin(3 / 10000^(2/4)), PE(3, 3) = cos of the same.
        assertThat(PositionalLayer.sinusoids(5, 4))
                .contains((float) Math.sin(3 / 100.0), org.assertj.core.data.Index.atIndex(14))
                .contains((float) Math.cos(3 / 100.0), org.assertj.core.data.Index.atIndex(15))
                .contains((float) Math.sin(3), org.assertj.core.data.Index.atIndex(12));
    }

    // Dropout

    @Test
    void dropoutKeepsTheMean() {
        try (RandomSource random = engine.random(9);
                Scope scope = engine.scope()) {
            Flow flow = new Flow(new Pass(engine, true, random, LayerListener.NONE));
            float[] dropped =
                    DropoutLayer.drop(engine.full(1, 100_000), 0.2, flow).toFloats();
            int zeros = 0;
            for (float value : dropped) {
                assertThat(value == 0 || Math.abs(value - 1.25f) < 1e-6).isTrue();
                zeros += value == 0 ? 1 : 0;
            }
            // σ = √(0.2 · 0.8 · 100,000) = 126.
            assertThat(zeros).isBetween(19_400, 20_600);
        }
    }

    @Test
    void dropoutOfAttentionActsInTrainingOnly() {
        LayerSettings attention = LayerVocabulary.layer("attention", Map.of("heads", 2L, "dropout", 0.5), List.of());
        LayerSettings plain = LayerVocabulary.layer("attention", Map.of("heads", 2L), List.of());
        DataShape data = DataShapes.numbers(4, 3, 4);
        LayerSettings last = plain("last-of-time");
        try (Network dropping = build(data, 2, attention, last);
                Network keeping = build(data, 2, plain, last)) {
            assertThat(run(dropping, data, false)).isEqualTo(run(keeping, data, false));
            assertThat(run(dropping, data, true)).isNotEqualTo(run(keeping, data, true));
        }
    }

    private float[] run(Network network, DataShape data, boolean training) {
        try (RandomSource random = engine.random(4);
                Scope scope = engine.scope()) {
            return network.forward(input(data, 2), new Pass(engine, training, random, LayerListener.NONE))
                    .toFloats();
        }
    }

    /** The same numbers each time. */
    private Tensor input(DataShape data, long batch) {
        long[] shape = new long[data.inputShape().rank() + 1];
        shape[0] = batch;
        for (int i = 1; i < shape.length; i++) {
            shape[i] = data.inputShape().axes().get(i - 1);
        }
        if (data.tokens()) {
            long[] tokens = new long[Math.toIntExact(batch * data.inputShape().elements())];
            Arrays.setAll(tokens, i -> 1 + (i * 7L) % (data.vocabulary() - 1));
            return engine.of(tokens, shape);
        }
        try (RandomSource random = engine.random(12)) {
            return random.normal(0, 1, shape);
        }
    }

    private Network build(DataShape data, long seed, LayerSettings... layers) {
        ModelSettings model = new ModelSettings(List.of(layers), new InitializerSettings("he", 0));
        return Networks.build(model, data, engine, seed, Path.of(""));
    }

    private static LayerSettings plain(String type) {
        return LayerVocabulary.layer(type, Map.of(), List.of());
    }

    private static LayerSettings dense(long units) {
        return LayerVocabulary.layer("dense", Map.of("units", units), List.of());
    }

    private static LayerSettings at(int line, LayerSettings layer) {
        return new LayerSettings(layer.type(), layer.options(), layer.children(), line);
    }
}
