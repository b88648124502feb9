package dev.auscult.intake.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.auscult.intake.LogCursor;
import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.protobuf.ProtoBytes;
import dev.auscult.run.Run;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Series;
import dev.auscult.run.Split;
import dev.auscult.run.TensorSeries;
import dev.auscult.run.TensorSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardReaderTest {
    private static final String NAME = "events.out.tfevents.1";

    @TempDir
    private Path folder;

    private final TensorBoardReader reader = new TensorBoardReader();
    private final TestSink sink = new TestSink();

    private interface Content {
        void write(EventFileWriter out) throws IOException;
    }

    private Path file(String name, Content content) throws IOException {
        Path file = folder.resolve(name);
        try (EventFileWriter out = new EventFileWriter(file)) {
            content.write(out.header());
        }
        return file;
    }

    private Run read(String name, Content content) throws IOException, UnreadableLogException {
        reader.read(LogFile.of(file(name, content)), ReadOptions.DEFAULT, sink);
        return sink.run().build();
    }

    private static Series series(Run run, String name) {
        return run.metrics().stream()
                .filter(s -> s.key().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void agreesWithTheSlowReader() throws Exception {
        Random random = new Random(3);
        String[] tags = {"a", "loss", "train/loss", "validation/a/rather/long/tag/of/some/layer", "é/ü", "x".repeat(200)
        };
        Path file = file(NAME, out -> {
            for (int i = 0; i < 20_000; i++) {
                String tag = tags[random.nextInt(tags.length)];
                out.scalar(tag, (long) i * i, 1.7e9 + i / 7.0, (float) random.nextGaussian());
                if (i % 1000 == 0) {
                    // Fields in another order, unknown fields, several values.
                    ProtoBytes value =
                            new ProtoBytes().float32(2, i).text(7, "node").text(1, "odd");
                    ProtoBytes second =
                            new ProtoBytes().text(1, "second").varint(99, 5).float32(2, -i);
                    ProtoBytes summary = new ProtoBytes().message(1, value).message(1, second);
                    out.record(new ProtoBytes().message(5, summary).varint(2, i).float64(1, i));
                }
            }
        });
        reader.read(LogFile.of(file), ReadOptions.DEFAULT, sink);
        Run run = sink.run().build();
        Map<String, List<SlowEvents.Point>> expected = SlowEvents.scalars(Files.readAllBytes(file));
        assertThat(run.metrics()).hasSize(8).hasSameSizeAs(expected.keySet());
        expected.forEach((tag, points) -> {
            Series actual = series(run, tag);
            assertThat(actual.size()).isEqualTo(points.size());
            for (int i = 0; i < points.size(); i++) {
                assertThat(new SlowEvents.Point(actual.step(i), actual.wallTime(i), actual.value(i)))
                        .isEqualTo(points.get(i));
            }
        });
        assertThat(sink.problems).isEmpty();
    }

    @Test
    void readsScalarsOfTensorFlow2InEveryType() throws Exception {
        Run run = read(NAME, out -> {
            out.tensor(
                    "f",
                    1,
                    1,
                    "scalars",
                    new ProtoBytes().varint(1, 1).bytes(2, new byte[0]).float32(5, 1.5f));
            out.tensor(
                    "f",
                    2,
                    2,
                    "",
                    new ProtoBytes()
                            .varint(1, 1)
                            .bytes(4, little(4).putFloat(2.5f).array()));
            out.tensor("d", 1, 1, "scalars", new ProtoBytes().varint(1, 2).float64(6, Math.PI));
            out.tensor(
                    "d",
                    2,
                    2,
                    "scalars",
                    new ProtoBytes()
                            .varint(1, 2)
                            .bytes(4, little(8).putDouble(-1).array()));
            out.tensor("i", 1, 1, "scalars", new ProtoBytes().varint(1, 3).varint(7, -4));
            out.tensor("l", 1, 1, "scalars", new ProtoBytes().varint(1, 9).varint(10, 1L << 40));
            out.tensor("half", 1, 1, "scalars", new ProtoBytes().varint(1, 19).varint(13, 0x3c00));
            out.tensor("half", 2, 1, "scalars", new ProtoBytes().varint(1, 19).varint(13, 0x8001));
            out.tensor("bf", 1, 1, "scalars", new ProtoBytes().varint(1, 14).bytes(4, new byte[] {(byte) 0x80, 0x3f}));
            out.scalar("v1", 1, 1, 7);
        });
        assertThat(series(run, "f").values()).containsExactly(1.5, 2.5);
        assertThat(series(run, "d").values()).containsExactly(Math.PI, -1);
        assertThat(series(run, "i").last()).isEqualTo(-4);
        assertThat(series(run, "l").last()).isEqualTo(1L << 40);
        assertThat(series(run, "half").values()).containsExactly(1, -Math.pow(2, -24));
        assertThat(series(run, "bf").last()).isEqualTo(1);
        assertThat(series(run, "v1").last()).isEqualTo(7);
    }

    @Test
    void leavesTextImagesAndLargerTensorsAlone() throws Exception {
        Run run = read(NAME, out -> {
            out.tensor("text", 1, 1, "text", new ProtoBytes().varint(1, 7).text(8, "hello"));
            out.tensor("pr", 1, 1, "pr_curves", new ProtoBytes().varint(1, 1).float32(5, 1f));
            out.value(1, 1, new ProtoBytes().text(1, "image").message(4, new ProtoBytes().text(4, "png")));
            out.scalar("loss", 1, 1, 1);
        });
        assertThat(run.metrics()).hasSize(1);
        assertThat(run.tensors()).isEmpty();
    }

    @Test
    void keepsTheMomentsOfAHistogramExactly() throws Exception {
        double[] limits = {-1, 0, 1, 2, Double.MAX_VALUE};
        double[] counts = {0, 10, 20, 40, 30};
        Run run = read(
                NAME,
                out -> out.histogram(
                        "gradients/fc1/weight", 5, 2, new double[] {-0.5, 3.5, 100, 130, 400}, limits, counts));
        TensorSummary s = run.tensors().get(0).last();
        assertThat(s.count()).isEqualTo(100);
        assertThat(s.min()).isEqualTo(-0.5);
        assertThat(s.max()).isEqualTo(3.5);
        assertThat(s.mean()).isEqualTo(1.3);
        assertThat(s.l2Norm()).isEqualTo(20);
        assertThat(s.standardDeviation()).isCloseTo(Math.sqrt(4 - 1.69), within(1e-12));
        assertThat(s.requireHistogram().total()).isCloseTo(100, within(1e-9));
        // [1, 2) and [2, 3.5], the last limit cut to the largest element.
        assertThat(s.requireHistogram().positive(0)).isCloseTo(40, within(1e-9));
        assertThat(s.requireHistogram().positive(1)).isCloseTo(30, within(1e-9));
        assertThat(run.tensors().get(0).key().label()).isEqualTo("gradient fc1.weight");
    }

    @Test
    void readsHistogramsOfTensorFlow2() throws Exception {
        byte[] content = new byte[48];
        ByteBuffer rows = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        for (double d : new double[] {1, 2, 4, 2, 4, 8}) {
            rows.putDouble(d);
        }
        ProtoBytes shape =
                new ProtoBytes().message(2, new ProtoBytes().varint(1, 2)).message(2, new ProtoBytes().varint(1, 3));
        ProtoBytes tensor = new ProtoBytes().varint(1, 2).message(2, shape).bytes(4, content);
        Run run = read(NAME, out -> out.tensor("dense/kernel_0", 1, 1, "histograms", tensor));
        TensorSummary s = run.tensors().get(0).last();
        assertThat(s.count()).isEqualTo(12);
        assertThat(s.mean()).isCloseTo((4 * 1.5 + 8 * 3) / 12, within(1e-12));
        assertThat(s.requireHistogram().positive(1)).isCloseTo(8, within(1e-12));
    }

    @Test
    void joinsCountsWithTheirHistogramInEitherOrder() throws Exception {
        double[] moments = {1, 1, 4, 4, 4};
        Run run = read(NAME, out -> {
            out.scalar("weights/fc/weight/zeros", 1, 1, 3);
            out.histogram("weights/fc/weight", 1, 1, moments, new double[] {2}, new double[] {4});
            out.histogram("weights/fc/weight", 2, 1, moments, new double[] {2}, new double[] {4});
            out.scalar("weights/fc/weight/nonfinite", 2, 1, 2);
            out.scalar("weights/fc/weight/inactive", 2, 1, 0.5f);
        });
        assertThat(run.metrics()).isEmpty();
        assertThat(run.tensors().get(0).summary(0).zeros()).isEqualTo(3);
        assertThat(run.tensors().get(0).summary(0).nonFinite()).isNaN();
        assertThat(run.tensors().get(0).summary(1).nonFinite()).isEqualTo(2);
        assertThat(run.tensors().get(0).summary(1).inactiveShare()).isEqualTo(0.5);
    }

    @Test
    void countsOfWhatIsNotFiniteStandAloneWhereThereIsNoHistogram() throws Exception {
        double[] moments = {1, 1, 4, 4, 4};
        Run run = read(NAME, out -> {
            out.histogram("weights/fc/weight", 1, 1, moments, new double[] {2}, new double[] {4});
            out.scalar("weights/fc/weight/nonfinite", 2, 1, 3);
            out.histogram("weights/fc/weight", 2, 1, moments, new double[] {2}, new double[] {4});
            out.scalar("weights/fc/weight/nonfinite", 3, 1, 7);
        });
        TensorSeries weight = run.tensors().get(0);
        assertThat(weight.size()).isEqualTo(3);
        assertThat(weight.summary(1).nonFinite()).isEqualTo(3);
        assertThat(weight.summary(1).count()).isEqualTo(4);
        assertThat(weight.summary(2).nonFinite()).isEqualTo(7);
        assertThat(weight.summary(2).count()).isNaN();
    }

    @Test
    void saysWhichHistogramsHaveNoPlace() throws Exception {
        read(NAME, out -> {
            out.scalar("loss", 1, 1, 1);
            out.histogram("predictions", 1, 1, new double[] {1, 1, 4, 4, 4}, new double[] {2}, new double[] {4});
        });
        assertThat(sink.problems).singleElement().asString().contains("1 tags").contains("predictions");
    }

    @Test
    void aLaterFileThatOverlapsIsARestart() throws Exception {
        read("events.out.tfevents.1", out -> {
            for (int i = 0; i < 10; i++) {
                out.scalar("a", i, 100 + i, i).scalar("b", i, 100 + i, i);
            }
        });
        Run run = read("events.out.tfevents.2", out -> {
            for (int i = 6; i < 12; i++) {
                out.scalar("a", i, 200 + i, -i).scalar("b", i, 200 + i, -i);
            }
        });
        assertThat(series(run, "a").values()).containsExactly(0, 1, 2, 3, 4, 5, -6, -7, -8, -9, -10, -11);
        assertThat(run.events())
                .containsExactly(new RunEvent(
                        RunEvent.Kind.RESTART,
                        6,
                        "started again at step 6 in events.out.tfevents.2, 8 points written again"));
    }

    @Test
    void aLaterFileThatGoesOnIsAResumption() throws Exception {
        read("events.out.tfevents.1", out -> out.scalar("a", 1, 100, 1));
        Run run = read("events.out.tfevents.2", out -> out.scalar("a", 2, 200, 2));
        assertThat(series(run, "a").size()).isEqualTo(2);
        assertThat(run.events()).singleElement().matches(e -> e.kind() == RunEvent.Kind.RESUMED && e.step() == 2);
    }

    @Test
    void anEvaluationBesideTheTrainingIsNoRestart() throws Exception {
        read("events.out.tfevents.1", out -> {
            out.scalar("a", 1, 100, 1).scalar("a", 2, 200, 2).scalar("a", 4, 400, 4);
        });
        Run run = read("events.out.tfevents.2", out -> out.scalar("a", 3, 300, 3));
        assertThat(series(run, "a").values()).containsExactly(1, 2, 3, 4);
        assertThat(run.events()).isEmpty();
    }

    @Test
    void aStartWithinTheFileIsARestart() throws Exception {
        Run run = read(NAME, out -> {
            out.sessionStart(0).scalar("a", 1, 1, 1).scalar("a", 2, 2, 2).scalar("a", 3, 3, 3);
            out.sessionStart(2).scalar("a", 2, 4, 20);
        });
        assertThat(series(run, "a").values()).containsExactly(1, 20);
        assertThat(run.has(RunEvent.Kind.RESTART)).isTrue();
    }

    @Test
    void aLastEvaluationWrittenTwiceCountsOnce() throws Exception {
        Run run =
                read(NAME, out -> out.scalar("a", 1, 1, 1).scalar("a", 2, 2, 2).scalar("a", 2, 3, 3));
        assertThat(series(run, "a").values()).containsExactly(1, 3);
    }

    @Test
    void keepsAllPointsOfAProgramThatNeverCountsItsSteps() throws Exception {
        Run run =
                read(NAME, out -> out.scalar("a", 0, 1, 1).scalar("a", 0, 2, 2).scalar("a", 0, 3, 3));
        assertThat(series(run, "a").values()).containsExactly(1, 2, 3);
    }

    @Test
    void takesTheEpochFromASeriesOfThatName() throws Exception {
        Run run = read(NAME, out -> {
            for (int i = 0; i < 100; i++) {
                out.scalar("loss", i, i, i).scalar("epoch", i, i, (float) Math.floor(i / 10.0));
            }
            out.scalar("late", 55, 1, 1).scalar("nowhere", 1000, 1, 1).scalar("hp_metric", 0, 1, -1);
        });
        assertThat(run.metrics()).hasSize(3);
        assertThat(series(run, "loss").epoch(57)).isEqualTo(5);
        assertThat(series(run, "late").epoch(0)).isEqualTo(5);
        assertThat(series(run, "nowhere").epoch(0)).isNaN();
        assertThat(run.provenance().framework()).isEqualTo("lightning");
    }

    @Test
    void theStepOfAKerasEpochTagIsTheEpoch() throws Exception {
        Run run = read(NAME, out -> out.scalar("epoch_loss", 3, 1, 1).scalar("batch_loss", 3, 1, 1));
        assertThat(series(run, "epoch_loss").epoch(0)).isEqualTo(3);
        assertThat(series(run, "batch_loss").hasEpochs()).isFalse();
    }

    @Test
    void aFolderNamesTheSplit() throws Exception {
        sink.in(Split.VALIDATION);
        assertThat(read(NAME, out -> out.scalar("epoch_loss", 3, 1, 1))
                        .metrics()
                        .get(0)
                        .key()
                        .split())
                .isEqualTo(Split.VALIDATION);
    }

    @Test
    void readsTheHyperParametersOfTheirPlugin() throws Exception {
        ProtoBytes start = new ProtoBytes()
                .message(1, new ProtoBytes().text(1, "lr").message(2, new ProtoBytes().float64(2, 0.01)))
                .message(1, new ProtoBytes().text(1, "batch").message(2, new ProtoBytes().float64(2, 32)))
                .message(1, new ProtoBytes().text(1, "opt").message(2, new ProtoBytes().text(3, "adam")))
                .message(1, new ProtoBytes().text(1, "amp").message(2, new ProtoBytes().varint(4, 1)));
        ProtoBytes plugin = new ProtoBytes()
                .text(1, "hparams")
                .bytes(2, new ProtoBytes().message(3, start).toBytes());
        Run run = read(NAME, out -> {
            out.value(
                    0,
                    1,
                    new ProtoBytes()
                            .text(1, "_hparams_/session_start_info")
                            .message(9, new ProtoBytes().message(1, plugin)));
            out.scalar("loss", 1, 1, 1);
        });
        assertThat(run.settings().raw())
                .containsExactlyInAnyOrderEntriesOf(Map.of("lr", "0.01", "batch", "32", "opt", "adam", "amp", "true"));
    }

    @Test
    void saysWhyThereIsNothing() throws Exception {
        assertThatThrownBy(() -> read(NAME, out -> {}))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessageContaining("only the file header");
        assertThatThrownBy(() -> read(
                        NAME, out -> out.record(new ProtoBytes().float64(1, 1).bytes(4, new byte[99]))))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessageContaining("no scalar");
        Path empty = Files.createFile(folder.resolve("tfevents.empty"));
        assertThatThrownBy(() -> reader.read(LogFile.of(empty), ReadOptions.DEFAULT, sink))
                .hasMessageContaining("empty file");
    }

    @Test
    void followsAGrowingFileFromAnyCut() throws Exception {
        Path whole = file("events.out.tfevents.whole", out -> {
            for (int i = 0; i < 6; i++) {
                out.scalar("loss", i, i, i).scalar("epoch", i, i, (float) Math.floor(i / 2.0));
            }
        });
        byte[] bytes = Files.readAllBytes(whole);
        Run expected = readBytes(bytes, new TestSink());
        for (int cut = 0; cut <= bytes.length; cut++) {
            Path growing = folder.resolve("events.out.tfevents.growing");
            Files.write(growing, java.util.Arrays.copyOf(bytes, cut));
            TestSink follower = new TestSink();
            LogCursor cursor = reader.follow(LogFile.of(growing), ReadOptions.DEFAULT, follower);
            cursor.advance();
            Files.write(growing, bytes);
            assertThat(cursor.advance()).as("cut at %d", cut).isEqualTo(cut < bytes.length);
            assertThat(cursor.advance()).isFalse();
            Run actual = follower.run().build();
            assertThat(follower.problems).isEmpty();
            assertThat(series(actual, "loss").values())
                    .isEqualTo(series(expected, "loss").values());
            assertThat(series(actual, "loss").epoch(5)).isEqualTo(2);
        }
    }

    private Run readBytes(byte[] bytes, TestSink into) throws IOException, UnreadableLogException {
        Path file = folder.resolve("events.out.tfevents.bytes");
        Files.write(file, bytes);
        reader.read(LogFile.of(file), ReadOptions.DEFAULT, into);
        return into.run().build();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
