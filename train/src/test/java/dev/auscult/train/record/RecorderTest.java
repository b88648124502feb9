package dev.auscult.train.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;

import dev.auscult.data.DataShape;
import dev.auscult.data.Extents;
import dev.auscult.data.Task;
import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import dev.auscult.run.Run;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Series;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;
import dev.auscult.run.TensorSummary;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Reduction;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Networks;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.model.Pass;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;
import dev.auscult.train.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small network is trained for real and recorded; what is in the run is what PyTorch's own operations say. */
class RecorderTest {
    private static final RecordPlan ALL = new RecordPlan(5, false, EnumSet.allOf(TensorKind.class));

    @TempDir
    Path folder;

    static Network network(Engine engine, Path base) {
        Spec spec = SpecFile.parse("test", """
                data: {train: none.csv}
                model:
                  layers:
                    - conv: {filters: 4, kernel: 3, padding: same}
                    - relu
                    - flatten
                    - dense: 6
                    - relu
                    - dense: 3
                """, "test", List.of());
        DataShape shape = new DataShape(Task.CLASSIFICATION, Extents.of(1, 8, 8), false, 0, 3);
        return Networks.build(spec.model(), shape, engine, 7, base);
    }

    /** Trains with plain gradient descent; what each recorded step should say is checked on the way. */
    static void train(Recorder recorder, Engine engine, Network network, int from, int to, double scale, boolean check)
            throws IOException {
        try (RandomSource random = engine.random(1)) {
            for (int step = from; step < to; step++) {
                Random data = new Random(step);
                float[] inputs = new float[16 * 64];
                long[] labels = new long[16];
                for (int i = 0; i < inputs.length; i++) {
                    inputs[i] = (float) data.nextGaussian();
                }
                for (int i = 0; i < labels.length; i++) {
                    labels[i] = data.nextInt(3);
                    inputs[i * 64 + (int) labels[i]] += 4;
                }
                recorder.beginStep(step, step / 10.0);
                Scope scope = engine.scope();
                try (scope) {
                    Tensor input = engine.of(inputs, 16, 1, 8, 8);
                    Tensor output = network.forward(input, new Pass(engine, true, random, recorder));
                    Tensor loss = engine.crossEntropy(output, engine.of(labels, 16), null, -100, 0, Reduction.MEAN);
                    loss.mul(scale).backward();
                    recorder.afterBackward(network.parameters(), scale);
                    recorder.scalar("train/loss", step, step / 10.0, loss.item());
                    recorder.beforeUpdate();
                    Scope silent = engine.withoutGradients();
                    try (silent) {
                        for (Parameter p : network.parameters()) {
                            p.tensor().addInPlace(p.tensor().gradient().orElseThrow(), -0.1 / scale);
                        }
                    }
                    recorder.afterUpdate();
                    recorder.endStep();
                    if (check && recorder.plan().wants(step)) {
                        compare(recorder.snapshot(), network, scale, step);
                    }
                    network.parameters().forEach(p -> p.tensor().clearGradient());
                }
            }
        }
    }

    private static void compare(Run run, Network network, double scale, int step) {
        for (Parameter p : network.parameters()) {
            TensorSummary weight = last(run, p, TensorKind.WEIGHT, step);
            TensorSummary gradient = last(run, p, TensorKind.GRADIENT, step);
            TensorSummary update = last(run, p, TensorKind.UPDATE, step);
            double norm = p.tensor().norm().item();
            double gradientNorm = p.tensor().gradient().orElseThrow().norm().item() / scale;
            assertThat(weight.l2Norm()).isCloseTo(norm, within(1e-5 * norm));
            assertThat(weight.count()).isEqualTo((double) p.tensor().count());
            assertThat(gradient.l2Norm()).isCloseTo(gradientNorm, within(1e-5 * gradientNorm));
            // Rounding of weights of size one shows in so small a difference.
            assertThat(update.l2Norm()).isCloseTo(0.1 * gradientNorm, within(1e-3 * gradientNorm + 1e-6));
            double mean = gradient.mean();
            assertThat(update.mean()).isCloseTo(-0.1 * mean, within(1e-3 * Math.abs(mean) + 1e-6));
        }
    }

    private static TensorSummary last(Run run, Parameter p, TensorKind kind, int step) {
        TensorSeries series =
                tensor(run, new TensorKey(p.layer(), p.name(), kind)).orElseThrow();
        assertThat(series.step(series.size() - 1)).isEqualTo(step);
        return series.last();
    }

    private static Optional<TensorSeries> tensor(Run run, TensorKey key) {
        return run.tensors().stream().filter(t -> t.key().equals(key)).findFirst();
    }

    private Run read() {
        List<Intake.Found> found = new Intake(ReadOptions.DEFAULT).read(List.of(folder));
        assertThat(found).hasSize(1);
        return found.get(0).run();
    }

    private static void assertSame(Run a, Run b) {
        assertThat(b.metrics().stream().map(Series::key))
                .containsExactlyElementsOf(a.metrics().stream().map(Series::key).toList());
        for (int s = 0; s < a.metrics().size(); s++) {
            Series x = a.metrics().get(s);
            Series y = b.metrics().get(s);
            assertThat(y.size()).isEqualTo(x.size());
            for (int i = 0; i < x.size(); i++) {
                assertThat(y.step(i)).isEqualTo(x.step(i));
                assertThat(Double.compare(y.value(i), x.value(i))).isZero();
                assertThat(Double.compare(y.epoch(i), x.epoch(i))).isZero();
                assertThat(y.wallTime(i)).isEqualTo(x.wallTime(i));
            }
        }
        assertThat(b.tensors().stream().map(TensorSeries::key))
                .containsExactlyElementsOf(
                        a.tensors().stream().map(TensorSeries::key).toList());
        for (int t = 0; t < a.tensors().size(); t++) {
            TensorSeries x = a.tensors().get(t);
            TensorSeries y = b.tensors().get(t);
            assertThat(y.size()).isEqualTo(x.size());
            for (int i = 0; i < x.size(); i++) {
                assertThat(y.summary(i).l2Norm()).isEqualTo(x.summary(i).l2Norm());
                assertThat(Double.compare(
                                y.summary(i).inactiveShare(), x.summary(i).inactiveShare()))
                        .isZero();
                assertThat(y.summary(i).requireHistogram().total())
                        .isEqualTo(x.summary(i).requireHistogram().total());
            }
        }
        assertThat(b.graph()).isEqualTo(a.graph());
        assertThat(b.settings().raw()).isEqualTo(a.settings().raw());
        assertThat(b.settings().known()).isEqualTo(a.settings().known());
        assertThat(b.provenance().format()).isEqualTo(a.provenance().format());
    }

    @Test
    void whatIsRecordedIsWhatHappened() throws IOException {
        try (Engine engine = TorchEngine.open("cpu", 1);
                Network network = network(engine, folder)) {
            Run snapshot;
            try (Recorder recorder =
                    Recorder.create(folder, "name: test\nseed: 7\n", network.graph(), ALL, Clock.systemUTC())) {
                train(recorder, engine, network, 0, 21, 1, true);
                recorder.event(RunEvent.Kind.COMPLETED, 20, "");
                snapshot = recorder.snapshot();
            }
            assertSame(snapshot, read());
            Set<TensorKind> kinds = new TreeSet<>();
            snapshot.tensors().forEach(t -> kinds.add(t.key().kind()));
            assertThat(kinds).containsExactly(TensorKind.values());
            assertThat(snapshot.tensors()).allSatisfy(t -> assertThat(t.size()).isEqualTo(5));
            assertThat(snapshot.tensors().size()).isEqualTo(3 * 6 + 2 * 6);
            TensorSummary relu = tensor(snapshot, new TensorKey("1-relu", "", TensorKind.ACTIVATION))
                    .orElseThrow()
                    .last();
            assertThat(relu.count()).isEqualTo(16 * 4 * 64);
            assertThat(relu.inactiveShare()).isZero();
            assertThat(relu.min()).isZero();
            TensorSummary conv = tensor(snapshot, new TensorKey("0-conv", "", TensorKind.ACTIVATION))
                    .orElseThrow()
                    .last();
            assertThat(conv.inactiveShare()).isNaN();
            // The mean over the batch of cross-entropy: gradients by the logits of an example sum to zero.
            TensorSummary logits = tensor(snapshot, new TensorKey("5-dense", "", TensorKind.ACTIVATION_GRADIENT))
                    .orElseThrow()
                    .last();
            assertThat(logits.mean()).isCloseTo(0, within(1e-7));
        }
    }

    @Test
    void deadUnitsAreCounted() throws IOException {
        try (Engine engine = TorchEngine.open("cpu", 1);
                Network network = network(engine, folder)) {
            for (Parameter p : network.parameters()) {
                if (p.path().equals("0-conv.bias")) {
                    p.tensor().copyFrom(new float[] {0, -1000, 0, 0});
                }
                if (p.path().equals("3-dense.bias")) {
                    p.tensor().copyFrom(new float[] {-1e5f, 0, 0, -1e5f, 0, -1e5f});
                }
            }
            try (Recorder recorder = Recorder.create(folder, "name: test\n", network.graph(), ALL, Clock.systemUTC())) {
                train(recorder, engine, network, 0, 1, 1, false);
                Run run = recorder.snapshot();
                assertThat(tensor(run, new TensorKey("1-relu", "", TensorKind.ACTIVATION))
                                .orElseThrow()
                                .last()
                                .inactiveShare())
                        .isEqualTo(0.25);
                assertThat(tensor(run, new TensorKey("4-relu", "", TensorKind.ACTIVATION))
                                .orElseThrow()
                                .last()
                                .inactiveShare())
                        .isEqualTo(0.5);
            }
        }
    }

    @Test
    void theScaleOfTheLossIsTakenOut() throws IOException {
        Path other = folder.resolve("other");
        try (Engine engine = TorchEngine.open("cpu", 1);
                Network plain = network(engine, folder);
                Network scaled = network(engine, folder);
                Recorder a =
                        Recorder.create(folder.resolve("one"), "name: a\n", plain.graph(), ALL, Clock.systemUTC());
                Recorder b = Recorder.create(other, "name: b\n", scaled.graph(), ALL, Clock.systemUTC())) {
            train(a, engine, plain, 0, 1, 1, true);
            train(b, engine, scaled, 0, 1, 1024, true);
            TensorKey key = new TensorKey("0-conv", "", TensorKind.ACTIVATION_GRADIENT);
            TensorSummary x = tensor(a.snapshot(), key).orElseThrow().last();
            TensorSummary y = tensor(b.snapshot(), key).orElseThrow().last();
            assertThat(y.l2Norm()).isCloseTo(x.l2Norm(), within(1e-6 * x.l2Norm()));
            assertThat(y.requireHistogram().endExponent())
                    .isEqualTo(x.requireHistogram().endExponent());
        }
    }

    @Test
    void goingOnForgetsWhatCameAfterTheCheckpoint() throws IOException {
        try (Engine engine = TorchEngine.open("cpu", 1);
                Network network = network(engine, folder)) {
            try (Recorder recorder = Recorder.create(folder, "name: test\n", network.graph(), ALL, Clock.systemUTC())) {
                train(recorder, engine, network, 0, 12, 1, false);
            }
            Run snapshot;
            try (Recorder recorder = Recorder.resume(folder, network.graph(), ALL, 8, Clock.systemUTC())) {
                train(recorder, engine, network, 8, 16, 1, false);
                snapshot = recorder.snapshot();
            }
            Series loss = snapshot.metrics().stream()
                    .filter(s -> s.key().name().equals("train/loss"))
                    .findFirst()
                    .orElseThrow();
            assertThat(loss.size()).isEqualTo(16);
            assertSame(snapshot, read());
        }
    }

    @Test
    void picturesAreDrawn() throws IOException {
        try (Engine engine = TorchEngine.open("cpu", 1);
                Network network = network(engine, folder);
                Recorder recorder = Recorder.create(folder, "name: test\n", network.graph(), ALL, Clock.systemUTC())) {
            Scope scope = engine.scope();
            try (scope) {
                Pictures.record(recorder, network, engine, engine.ones(DType.FLOAT32, 2, 1, 8, 8), 0);
            }
            recorder.sync();
            Picture filters = Pictures.filters(network).orElseThrow().picture();
            // Four maps of 3 × 3 numbers, each of them 8 pixels, with gaps of 2.
            assertThat(filters.width()).isEqualTo(4 * 26 + 2);
            assertThat(filters.height()).isEqualTo(26 + 2);
            var image = ImageIO.read(new ByteArrayInputStream(filters.png()));
            assertThat(image.getWidth()).isEqualTo(filters.width());
            try (var files = Files.list(folder)) {
                assertThat(files.filter(f -> f.toString().endsWith(".auscult"))
                                .mapToLong(f -> f.toFile().length()))
                        .allSatisfy(size -> assertThat(size).isGreaterThan(1000));
            }
        }
    }

    @Test
    void stepsAreSampled() {
        RecordPlan every = new RecordPlan(20, false, Set.of(TensorKind.ACTIVATION));
        assertThat(LongStream.range(0, 50).filter(every::wants)).containsExactly(0L, 20L, 40L);
        assertThat(LongStream.range(0, 25).filter(every::listens)).containsExactly(0L, 16L, 17L, 18L, 19L, 20L);
        RecordPlan doubling = new RecordPlan(20, true, Set.of(TensorKind.WEIGHT));
        assertThat(LongStream.range(0, 40).filter(doubling::wants)).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 32L);
        assertThat(new RecordPlan(0, false, Set.of(TensorKind.WEIGHT)).wants(0)).isFalse();
    }
}
