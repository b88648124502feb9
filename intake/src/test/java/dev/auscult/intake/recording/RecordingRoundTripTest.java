package dev.auscult.intake.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

import dev.auscult.intake.Intake;
import dev.auscult.intake.ReadOptions;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.DataProfile;
import dev.auscult.run.LogHistogram;
import dev.auscult.run.ModelGraph;
import dev.auscult.run.Observation;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Series;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;
import dev.auscult.run.TensorSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into a recording comes out of it, bit by bit. */
class RecordingRoundTripTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000L), ZoneOffset.UTC);
    private static final TensorKey WEIGHT = new TensorKey("3-residual/0-conv", "weight", TensorKind.WEIGHT);

    @TempDir
    Path folder;

    private Run read() {
        List<Intake.Found> found = new Intake(ReadOptions.DEFAULT).read(List.of(folder));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).refusal()).isEmpty();
        assertThat(found.get(0).run().provenance().format()).isEqualTo("auscult");
        return found.get(0).run();
    }

    private void spec() throws IOException {
        RecordingFiles.spec(folder, "name: test\n");
    }

    private static double number(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> 0;
            case 2 -> -0.0;
            case 3 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case 4 -> random.nextFloat();
            default -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
        };
    }

    private static LogHistogram histogram(Random random) {
        double[] negative = new double[random.nextInt(30)];
        double[] positive = new double[random.nextInt(30)];
        for (int i = 0; i < negative.length; i++) {
            negative[i] = random.nextInt(3) * random.nextInt(1000);
        }
        for (int i = 0; i < positive.length; i++) {
            positive[i] = random.nextInt(3) * random.nextInt(1000);
        }
        return new LogHistogram(random.nextInt(280) - 149, negative, random.nextInt(3) * random.nextInt(50), positive);
    }

    private static TensorSummary summary(Random random) {
        return new TensorSummary(
                number(random),
                number(random),
                number(random),
                number(random),
                number(random),
                number(random),
                number(random),
                number(random),
                number(random),
                number(random),
                random.nextInt(4) == 0 ? null : histogram(random));
    }

    private static TensorKey key(Random random) {
        List<TensorKind> kinds = List.of(TensorKind.values());
        TensorKind kind = kinds.get(random.nextInt(kinds.size()));
        String[] layers = {"0-conv", "3-residual/0-conv", "1-dense", "out", "relu.grad/zeros", "weights/kernel_0"};
        String[] parameters = {"weight", "bias", "input-weight-0", "running-mean", "grad", ""};
        boolean output = kind == TensorKind.ACTIVATION || kind == TensorKind.ACTIVATION_GRADIENT;
        return new TensorKey(
                layers[random.nextInt(layers.length)],
                output ? "" : parameters[random.nextInt(parameters.length)],
                kind);
    }

    private static void assertSame(TensorSummary expected, TensorSummary actual) {
        assertThat(numbers(actual)).containsExactly(numbers(expected));
        assertThat(actual.hasHistogram()).isEqualTo(expected.hasHistogram());
        if (expected.hasHistogram()) {
            LogHistogram a = expected.requireHistogram();
            LogHistogram b = actual.requireHistogram();
            assertThat(b.lowestExponent()).isEqualTo(a.lowestExponent());
            assertThat(b.zero()).isEqualTo(a.zero());
            for (int e = -200; e < 200; e++) {
                assertThat(b.negative(e)).isEqualTo(a.negative(e));
                assertThat(b.positive(e)).isEqualTo(a.positive(e));
            }
        }
    }

    private static long[] numbers(TensorSummary s) {
        double[] all = {
            s.count(),
            s.nonFinite(),
            s.zeros(),
            s.min(),
            s.max(),
            s.mean(),
            s.standardDeviation(),
            s.l2Norm(),
            s.meanAbsolute(),
            s.inactiveShare()
        };
        long[] bits = new long[all.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToRawLongBits(all[i]);
        }
        return bits;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everythingRandomComesBack(long seed) throws IOException {
        Random random = new Random(seed);
        spec();
        RunBuilder expected = Run.builder("expected");
        String[] names = {"train/loss", "validation/loss", "train/learning_rate", "validation/accuracy", "time/step"};
        try (RecordingWriter out = RecordingWriter.create(folder, CLOCK)) {
            for (long step = 0; step < 60; step += 1 + random.nextInt(5)) {
                double time = 1.7e9 + random.nextDouble() * 1e6;
                for (String name : names) {
                    double value = number(random);
                    double epoch = random.nextBoolean() ? Double.NaN : random.nextDouble() * 10;
                    out.scalar(name, step, epoch, time, value);
                    expected.series(name).add(step, epoch, time, value);
                }
                for (int i = 0; i < 6; i++) {
                    TensorKey key = key(random);
                    TensorSummary summary = summary(random);
                    if (expected.tensor(key).lastStep() < step) {
                        out.tensor(key, step, time, summary);
                        expected.tensor(key).add(step, time, summary);
                    }
                }
                if (random.nextBoolean()) {
                    out.flush();
                }
            }
        }
        Run wanted = expected.build();
        Run run = read();
        assertThat(run.problems()).isEmpty();
        assertThat(run.metrics()).hasSameSizeAs(wanted.metrics());
        for (int s = 0; s < wanted.metrics().size(); s++) {
            Series a = wanted.metrics().get(s);
            Series b = run.metrics().get(s);
            assertThat(b.key()).isEqualTo(a.key());
            assertThat(b.size()).isEqualTo(a.size());
            for (int i = 0; i < a.size(); i++) {
                assertThat(b.step(i)).isEqualTo(a.step(i));
                assertThat(Double.doubleToRawLongBits(b.value(i))).isEqualTo(Double.doubleToRawLongBits(a.value(i)));
                assertThat(Double.doubleToRawLongBits(b.epoch(i))).isEqualTo(Double.doubleToRawLongBits(a.epoch(i)));
                assertThat(b.wallTime(i)).isEqualTo(a.wallTime(i));
            }
        }
        assertThat(run.tensors().stream().map(TensorSeries::key))
                .containsExactlyElementsOf(
                        wanted.tensors().stream().map(TensorSeries::key).toList());
        for (int t = 0; t < wanted.tensors().size(); t++) {
            TensorSeries a = wanted.tensors().get(t);
            TensorSeries b = run.tensors().get(t);
            assertThat(b.size()).isEqualTo(a.size());
            for (int i = 0; i < a.size(); i++) {
                assertThat(b.step(i)).isEqualTo(a.step(i));
                assertThat(b.wallTime(i)).isEqualTo(a.wallTime(i));
                assertSame(a.summary(i), b.summary(i));
            }
        }
    }

    @Test
    void whatLiesBesideTheEventsComesBack() throws IOException {
        ModelGraph.Layer inner = layer("3-residual/0-conv", List.of(), OptionalLong.of(432));
        ModelGraph graph = new ModelGraph(
                List.of(layer("3-residual", List.of(inner), OptionalLong.empty())),
                "logits",
                "cross-entropy",
                "classification",
                10);
        DataProfile profile =
                new DataProfile(List.of(new DataProfile.Part(Split.TRAIN, 1437, Map.of("zwei", 140L, "drei", 141L))));
        List<Probe> probes = List.of(
                new Probe(
                        Probe.Kind.LOSS_AT_START,
                        Map.of("loss", 2.3025850929940455, "odd", Double.NaN, "far", Double.NEGATIVE_INFINITY),
                        Map.of("loss", "cross-entropy"),
                        List.of()),
                new Probe(
                        Probe.Kind.WIRING,
                        Map.of(),
                        Map.of(),
                        List.of(new Probe.Part("b", Map.of("elements", 3.0)), new Probe.Part("a", Map.of()))));
        RecordingFiles.spec(folder, """
                name: test
                seed: 7
                data: {augment: [flip, crop]}
                loss: {type: cross-entropy}
                optimizer: {type: sgd, learning-rate: 0.05, momentum: 0.9, weight-decay: 0.0001}
                schedule: {type: cosine}
                regularization: {label-smoothing: 0.1}
                training: {epochs: 20, batch-size: 64, accumulate: 2, clip-norm: 1.0, precision: bfloat16,
                  early-stopping: {patience: 5}}
                """);
        RecordingFiles.model(folder, graph);
        RecordingFiles.data(folder, profile);
        RecordingFiles.checks(folder, probes);
        try (RecordingWriter out = RecordingWriter.create(folder, CLOCK)) {
            out.scalar("train/loss", 0, 0, out.now(), 1);
            out.event(RunEvent.Kind.CHECKPOINT, 5, out.now(), "best, validation/loss 0.25");
            out.event(RunEvent.Kind.COMPLETED, 9, out.now(), "");
        }
        Run run = read();
        assertThat(run.problems()).isEmpty();
        assertThat(run.graph()).contains(graph);
        assertThat(run.data()).contains(profile);
        assertThat(run.probes()).isEqualTo(probes);
        assertThat(run.events())
                .containsExactly(
                        new RunEvent(RunEvent.Kind.CHECKPOINT, 5, "best, validation/loss 0.25"),
                        new RunEvent(RunEvent.Kind.COMPLETED, 9, ""));
        assertThat(run.metrics()).hasSize(1);
        Map<Setting, String> settings = run.settings().known();
        assertThat(settings)
                .containsEntry(Setting.LEARNING_RATE, "0.05")
                .containsEntry(Setting.BATCH_SIZE, "64")
                .containsEntry(Setting.ACCUMULATE, "2")
                .containsEntry(Setting.OPTIMIZER, "sgd")
                .containsEntry(Setting.MOMENTUM, "0.9")
                .containsEntry(Setting.WEIGHT_DECAY, "0.0001")
                .containsEntry(Setting.SCHEDULE, "cosine")
                .containsEntry(Setting.LABEL_SMOOTHING, "0.1")
                .containsEntry(Setting.EPOCHS, "20")
                .containsEntry(Setting.CLIP_NORM, "1.0")
                .containsEntry(Setting.PRECISION, "bfloat16")
                .containsEntry(Setting.PATIENCE, "5")
                .containsEntry(Setting.SEED, "7")
                .containsEntry(Setting.LOSS, "cross-entropy")
                .containsEntry(Setting.AUGMENTATION, "[flip, crop]");
    }

    @Test
    void aProfileOfColumnsComesBack() throws IOException {
        ColumnProfile.Numbers numbers = new ColumnProfile.Numbers(
                1,
                2,
                -3.5,
                1e300,
                0.1,
                Double.NaN,
                Double.NaN,
                List.of(Double.NaN, -1.0, 0.0, 1.0 / 3, 2.0, 3.0, Double.POSITIVE_INFINITY),
                List.of(0.0, 1.0, 2.0),
                List.of(5L, 7L));
        ColumnProfile height = new ColumnProfile(
                "height", ColumnProfile.Role.INPUT, "numeric", 10, 1, 8.5, 0.016, Optional.of(numbers), List.of());
        ColumnProfile kind = new ColumnProfile(
                "kind",
                ColumnProfile.Role.TARGET,
                "categorical",
                10,
                0,
                2,
                0,
                Optional.empty(),
                List.of(new ColumnProfile.Frequent("größer", 6), new ColumnProfile.Frequent("", 4)));
        Observation observation = new Observation(
                Observation.Kind.MISSING_VALUES,
                Split.TEST,
                List.of("height"),
                Map.of("share", 0.1, "p-value", Double.NaN, "far", Double.NEGATIVE_INFINITY),
                Map.of("marker", "NA"),
                List.of(new Observation.Example(3, "", "NA", 0.5)));
        DataProfile profile = new DataProfile(
                "table",
                "classification",
                List.of("kind"),
                List.of(
                        new DataProfile.Part(
                                Split.TRAIN, "train.csv", 10, 10, Map.of("größer", 6L), List.of(height, kind)),
                        new DataProfile.Part(Split.TEST, 3, Map.of())),
                List.of(observation));
        spec();
        RecordingFiles.data(folder, profile);
        try (RecordingWriter out = RecordingWriter.create(folder, CLOCK)) {
            out.scalar("train/loss", 0, 0, out.now(), 1);
        }
        Run run = read();
        assertThat(run.problems()).isEmpty();
        assertThat(run.data()).contains(profile);
    }

    @Test
    void aProfileOfSizesAloneIsStillRead() throws IOException {
        spec();
        Files.writeString(
                folder.resolve("data.json"),
                "{\"parts\": [{\"split\": \"TRAIN\", \"rows\": 7, \"labelCounts\": {\"a\": 3, \"b\": 4}}]}");
        try (RecordingWriter out = RecordingWriter.create(folder, CLOCK)) {
            out.scalar("train/loss", 0, 0, out.now(), 1);
        }
        DataProfile profile = read().data().orElseThrow();
        assertThat(profile.parts()).hasSize(1);
        assertThat(profile.parts().get(0).labelCounts()).isEqualTo(Map.of("a", 3L, "b", 4L));
        assertThat(profile.parts().get(0).columns()).isEmpty();
        assertThat(profile.observations()).isEmpty();
        assertThat(profile.kind()).isEmpty();
    }

    private static ModelGraph.Layer layer(String name, List<ModelGraph.Layer> children, OptionalLong parameters) {
        return new ModelGraph.Layer(
                name,
                "conv",
                "",
                List.of(3L, 8L, 8L),
                List.of(16L, 8L, 8L),
                parameters,
                true,
                "he",
                Map.of("kernel", "3", "bias", "false"),
                children);
    }

    @Test
    void continuingWritesOverWhatCameAfterTheCheckpoint() throws IOException {
        spec();
        try (RecordingWriter out = RecordingWriter.create(folder, CLOCK)) {
            for (int step = 0; step < 20; step++) {
                out.scalar("train/loss", step, Double.NaN, 1.7e9 + step, step);
                out.tensor(WEIGHT, step, 1.7e9 + step, TensorSummary.UNKNOWN.withCounts(0, step));
            }
        }
        try (RecordingWriter out = RecordingWriter.resume(folder, 12, CLOCK)) {
            for (int step = 12; step < 30; step += 2) {
                out.scalar("train/loss", step, Double.NaN, 1.7e9 + 100 + step, -step);
                out.tensor(WEIGHT, step, 1.7e9 + step, TensorSummary.UNKNOWN.withCounts(0, -step));
            }
        }
        Run run = read();
        Series loss = run.metrics().get(0);
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < loss.size(); i++) {
            values.add(loss.value(i));
        }
        assertThat(values)
                .containsExactly(
                        0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, -12.0, -14.0, -16.0, -18.0, -20.0,
                        -22.0, -24.0, -26.0, -28.0);
        assertThat(run.tensors().get(0).size()).isEqualTo(21);
        assertThat(run.tensors().get(0).summary(12).zeros()).isEqualTo(-12);
        assertThat(run.events()).hasSize(1);
        assertThat(run.events().get(0).kind()).isEqualTo(RunEvent.Kind.RESTART);
        assertThat(run.events().get(0).step()).isEqualTo(12);
    }

    @Test
    void aTornTailLosesOneRecord() throws IOException {
        spec();
        Path file;
        try (RecordingWriter out = RecordingWriter.create(folder, CLOCK)) {
            file = out.file();
            for (int step = 0; step < 50; step++) {
                out.scalar("train/loss", step, Double.NaN, 1.7e9, step);
            }
        }
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 1; cut <= 40; cut += 3) {
            Files.write(file, Arrays.copyOf(whole, whole.length - cut));
            assertThat(read().points()).isEqualTo(49);
        }
        try (RecordingWriter out = RecordingWriter.resume(folder, 40, CLOCK)) {
            out.scalar("train/loss", 40, Double.NaN, 1.7e9, 0);
        }
        Run run = read();
        assertThat(run.points()).isEqualTo(41);
        assertThat(run.problems()).hasSize(1);
        assertThat(run.problems().get(0).problem()).contains("ends inside a record");
    }

    @Test
    void damagedPartsAreProblems() throws IOException {
        spec();
        try (RecordingWriter out = RecordingWriter.create(folder, CLOCK)) {
            out.scalar("train/loss", 1, Double.NaN, 1.7e9, 1);
        }
        Files.writeString(folder.resolve("model.json"), "{\"layers\": [{");
        Files.writeString(folder.resolve("checks.json"), "[{\"kind\": \"NEVER_HEARD_OF\"}]");
        Files.writeString(folder.resolve("data.json"), "{}");
        Files.writeString(
                folder.resolve("events.out.tfevents.1700000001.0007.auscult"), "nonsense", StandardOpenOption.CREATE);
        Run run = read();
        assertThat(run.points()).isEqualTo(1);
        assertThat(run.graph()).isEmpty();
        assertThat(run.data()).isEmpty();
        assertThat(run.problems()).hasSize(4);
        assertThat(run.problems().toString()).contains("model.json", "data.json", "checks.json", "0007");
    }

    @Test
    void filesSortAsTheyWereWrittenWhateverTheClockDoes() throws IOException {
        spec();
        RecordingWriter.create(folder, CLOCK).close();
        Clock back = Clock.fixed(Instant.ofEpochSecond(1_600_000_000L), ZoneOffset.UTC);
        try (RecordingWriter out = RecordingWriter.create(folder, back)) {
            assertThat(out.file().getFileName()).hasToString("events.out.tfevents.1700000000.0001.auscult");
        }
    }

    @Test
    void anUnwritableFolderIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> RecordingWriter.create(file.resolve("run"), CLOCK))
                .isInstanceOf(IOException.class);
    }
}
