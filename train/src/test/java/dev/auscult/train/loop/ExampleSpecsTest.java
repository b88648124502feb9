package dev.auscult.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.auscult.data.DataShape;
import dev.auscult.data.Extents;
import dev.auscult.data.Task;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.loss.Criterion;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Networks;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The specs under {@code examples/specs} can be built, and trained where their data are beside the checkout. */
class ExampleSpecsTest {
    private static final Path SPECS = Path.of("../examples/specs");
    private static final Path DATASETS = Path.of("../../shared/datasets");

    private static final DataShape DIGITS = classes(10, 64);
    private static final DataShape MNIST = classes(10, 1, 28, 28);
    private static final DataShape WINE = classes(3, 13);
    private static final DataShape DIABETES = regression(10);

    /** What the data of each spec come to when they are prepared; with a sick twin those of its data. */
    private static final Map<String, DataShape> SHAPES = Map.ofEntries(
            Map.entry("ag-news-transformer", words(4, 48)),
            Map.entry("ag-news-words", words(4, 64)),
            Map.entry("breast-cancer", classes(2, 30)),
            Map.entry("diabetes", DIABETES),
            Map.entry("diamonds", regression(26)),
            Map.entry("digits-cnn", DIGITS),
            Map.entry("digits-mlp", DIGITS),
            Map.entry("digits-resnet", DIGITS),
            Map.entry("mnist-cnn", MNIST),
            Map.entry("mnist-mlp", MNIST),
            Map.entry("mnist-resnet", MNIST),
            Map.entry("mpg", regression(10)),
            Map.entry("penguins", classes(3, 14)),
            Map.entry("spoken-digits", classes(10, 1, 32, 58)),
            Map.entry("titanic", classes(2, 14)),
            Map.entry("wine", WINE),
            Map.entry("sick/dead-relu", DIGITS),
            Map.entry("sick/deep-sigmoid", DIGITS),
            Map.entry("sick/double-softmax", DIGITS),
            Map.entry("sick/exploding-deep", DIGITS),
            Map.entry("sick/inputs-not-normalised", WINE),
            Map.entry("sick/learning-rate-too-high", DIGITS),
            Map.entry("sick/learning-rate-too-low", DIGITS),
            Map.entry("sick/mse-on-classes", DIGITS),
            Map.entry("sick/overfitting", DIABETES),
            Map.entry("sick/zero-weights", DIGITS));

    @TempDir
    private Path folder;

    private static DataShape classes(int classes, long... input) {
        return new DataShape(Task.CLASSIFICATION, Extents.of(input), false, 0, classes);
    }

    private static DataShape regression(long features) {
        return new DataShape(Task.REGRESSION, Extents.of(features), false, 0, 1);
    }

    private static DataShape words(int classes, long length) {
        return new DataShape(Task.CLASSIFICATION, Extents.of(length), true, 8002, classes);
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(SPECS)) {
            return files.filter(f -> f.toString().endsWith(".yaml"))
                    .map(f -> SPECS.relativize(f).toString().replace('\\', '/').replace(".yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void builds(String name) {
        Path file = SPECS.resolve(name + ".yaml");
        Spec spec = SpecFile.read(file, List.of());
        assertThat(SHAPES).as("sizes of the data of every example").containsKey(name);
        DataShape shape = SHAPES.get(name);

        try (Engine engine = TorchEngine.open("cpu", 1);
                Criterion criterion = Criterion.of(spec.loss(), spec.regularization(), shape, new double[0], engine);
                Network network = Networks.of(spec.model(), shape)
                        .base(SPECS)
                        .loss(criterion.name())
                        .build(engine, spec.seed())) {
            assertThat(network.graph().outputs()).isEqualTo(shape.outputs());
            assertThat(network.parameterCount()).isPositive();
        }
    }

    /** Far below what they reach in full, and far above guessing (digits: 0.1; penguins, their most frequent kind: 0.44). */
    @ParameterizedTest
    @CsvSource({"digits-mlp, 12, 0.88", "penguins, 12, 0.9"})
    void learns(String name, int epochs, double accuracy) throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(DATASETS),
                () -> "no real data in " + DATASETS.normalize() + ", which this trains on");
        Spec spec =
                SpecFile.read(SPECS.resolve(name + ".yaml"), List.of("training.epochs=" + epochs, "record.every=0"));

        try (Engine engine = TorchEngine.open("cpu", 1);
                Setup setup = Setup.open(spec, SPECS.toAbsolutePath(), engine, sentence -> {})) {
            assertThat(setup.data().shape()).isEqualTo(SHAPES.get(name));
            RunDirectory directory = RunDirectory.create(folder, name);
            try (Workshop shop = Workshop.open(setup, directory, null);
                    Trainer trainer = new Trainer(shop, directory, null, TrainingListener.NONE, Judge.NONE)) {
                Outcome outcome = trainer.train(() -> false);
                assertThat(outcome.best().get("validation/accuracy")).isGreaterThan(accuracy);
            }
        }
    }
}
