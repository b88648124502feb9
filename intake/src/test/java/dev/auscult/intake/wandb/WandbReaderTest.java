package dev.auscult.intake.wandb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Series;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WandbReaderTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<String> problems = new ArrayList<>();

    WandbReaderTest() {
        log.writeBytes(new byte[] {':', 'W', '&', 'B', (byte) 0xe1, (byte) 0xbe, 0});
    }

    private Run read(byte[] bytes) throws IOException, UnreadableLogException {
        Path file = folder.resolve("run-x.wandb");
        Files.write(file, bytes);
        RunBuilder builder = Run.builder("test");
        problems.clear();
        RunSink sink = new RunSink() {
            @Override
            public RunBuilder run() {
                return builder;
            }

            @Override
            public RunBuilder nextRun(String reason) {
                throw new AssertionError(reason);
            }

            @Override
            public void problem(long line, String problem) {
                problems.add(problem);
            }
        };
        WandbReader reader = new WandbReader();
        reader.recognise(LogFile.of(file));
        reader.read(LogFile.of(file), ReadOptions.DEFAULT, sink);
        return builder.build();
    }

    /** A record in as many chunks as its blocks ask for. */
    private void record(byte[] data) {
        int from = 0;
        boolean first = true;
        do {
            int room = LogBlocks.BLOCK - log.size() % LogBlocks.BLOCK;
            if (room < 7) {
                log.writeBytes(new byte[room]);
                room = LogBlocks.BLOCK;
            }
            int length = Math.min(room - 7, data.length - from);
            boolean last = from + length == data.length;
            int type = first ? (last ? 1 : 2) : last ? 4 : 3;
            CRC32 crc = new CRC32();
            crc.update(type);
            crc.update(data, from, length);
            log.writeBytes(ByteBuffer.allocate(7)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) crc.getValue())
                    .putShort((short) length)
                    .put((byte) type)
                    .array());
            log.write(data, from, length);
            from += length;
            first = false;
        } while (from < data.length);
    }

    private static byte[] field(int number, byte[]... parts) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            inside.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, (number << 3) | 2);
        varint(out, inside.size());
        out.writeBytes(inside.toByteArray());
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 127) {
            out.write((rest & 127) | 128);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static byte[] text(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] item(String json, String... path) {
        byte[][] parts = new byte[path.length + 1][];
        for (int i = 0; i < path.length; i++) {
            parts[i] = text(path.length == 1 ? 1 : 2, path[i]);
        }
        parts[path.length] = text(16, json);
        return field(1, parts);
    }

    private void history(byte[]... items) {
        record(field(2, items));
    }

    private static Series series(Run run, String name) {
        return run.metrics().stream()
                .filter(s -> s.key().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readsHistoryWithItsAxes() throws Exception {
        history(item("0", "_step"), item("12.5", "_timestamp"), item("1.5", "loss"), item("0", "epoch"));
        history(item("1", "_step"), item("13.5", "_timestamp"), item("NaN", "loss"), item("1", "epoch"));
        history(item("2", "_step"), item("\"Infinity\"", "loss"), item("0.25", "val", "acc"), item("{\"a\":3}", "d"));
        record(field(18));
        Run run = read(log.toByteArray());
        assertThat(series(run, "loss").steps()).containsExactly(0, 1, 2);
        assertThat(series(run, "loss").values()).containsExactly(1.5, Double.NaN, Double.POSITIVE_INFINITY);
        assertThat(series(run, "loss").epoch(1)).isEqualTo(1);
        assertThat(series(run, "loss").wallTime(1)).isEqualTo(13.5);
        assertThat(series(run, "val/acc").values()).containsExactly(0.25);
        assertThat(series(run, "d/a").values()).containsExactly(3);
        assertThat(run.metrics()).hasSize(3);
        assertThat(run.has(RunEvent.Kind.COMPLETED)).isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void theOptimizersOwnStepGoesFirst() throws Exception {
        history(item("0", "_step"), item("49", "trainer/global_step"), item("1", "loss"));
        Run run = read(log.toByteArray());
        assertThat(series(run, "loss").steps()).containsExactly(49);
        assertThat(run.metrics()).hasSize(1);
        assertThat(run.has(RunEvent.Kind.INTERRUPTED)).isTrue();
    }

    @Test
    void readsHistogramsInAllForms() throws Exception {
        history(
                item("\"histogram\"", "gradients/graph_3fc.weight", "_type"),
                item("[3,5]", "gradients/graph_3fc.weight", "values"),
                item("[1,2,4]", "gradients/graph_3fc.weight", "bins"),
                item(
                        "{\"_type\":\"histogram\",\"values\":[1,1],\"packedBins\":{\"min\":2,\"size\":1,\"count\":2}}",
                        "parameters/fc.bias"),
                item("{\"_type\":\"image-file\",\"width\":3}", "picture"));
        Run run = read(log.toByteArray());
        assertThat(run.metrics()).isEmpty();
        assertThat(run.tensors()).hasSize(2);
        assertThat(run.tensors().get(0).key().label()).isEqualTo("gradient fc.weight");
        assertThat(run.tensors().get(0).last().requireHistogram().positive(1)).isEqualTo(5);
        assertThat(run.tensors().get(1).last().mean()).isEqualTo(3);
    }

    @Test
    void takesTheConfigurationButNotTheUser() throws Exception {
        byte[] config = field(4, item("{\"value\":0.1,\"desc\":null}", "lr"), item("{\"cli\":\"x\"}", "_wandb"));
        record(field(17, text(1, "id"), text(2, "secret"), config));
        record(field(5, item("{\"b\":[1,2]}", "opt"), item("null", "none")));
        history(item("1", "loss"));
        Run run = read(log.toByteArray());
        assertThat(run.settings().raw()).containsExactlyInAnyOrderEntriesOf(Map.of("lr", "0.1", "opt.b", "[1,2]"));
    }

    @Test
    void goesOnAtTheNextBlockAfterDamage() throws Exception {
        for (int i = 0; i < 3000; i++) {
            history(
                    item(Integer.toString(i), "_step"),
                    item(Integer.toString(i), "loss"),
                    item("\"" + "x".repeat(40) + "\"", "t"));
        }
        byte[] bytes = log.toByteArray();
        assertThat(series(read(bytes), "loss").size()).isEqualTo(3000);
        assertThat(problems).isEmpty();
        bytes[LogBlocks.BLOCK + 300] ^= 1;
        Series damaged = series(read(bytes), "loss");
        assertThat(damaged.size()).isBetween(2400, 2999);
        assertThat(damaged.lastStep()).isEqualTo(2999);
        assertThat(problems).singleElement().asString().contains("1 places");
    }

    @Test
    void survivesCutsAndAnyBytes() throws Exception {
        for (int i = 0; i < 5; i++) {
            history(item(Integer.toString(i), "_step"), item("0.5", "loss"));
        }
        byte[] bytes = log.toByteArray();
        for (int cut = bytes.length / 5 + 10; cut < bytes.length; cut++) {
            assertThat(series(read(Arrays.copyOf(bytes, cut)), "loss").size()).isLessThan(5);
        }
        Random random = new Random(4);
        for (int round = 0; round < 1000; round++) {
            byte[] bad = bytes.clone();
            for (int i = 0; i < 3; i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(read(bad).points()).isBetween(1L, 5L);
            } catch (UnreadableLogException e) {
                assertThat(e).hasMessageContaining("no history record");
            }
        }
    }

    @Test
    void saysWhyThereIsNothing() {
        record(field(18));
        assertThatThrownBy(() -> read(log.toByteArray())).hasMessage("no history record: nothing was logged");
    }
}
