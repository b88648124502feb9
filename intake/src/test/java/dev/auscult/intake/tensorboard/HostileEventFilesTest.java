package dev.auscult.intake.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.protobuf.ProtoBytes;
import dev.auscult.run.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileEventFilesTest {
    private static final int RECORDS = 12;

    @TempDir
    private Path folder;

    private final TensorBoardReader reader = new TensorBoardReader();
    private final TestSink sink = new TestSink();
    private byte[] good = new byte[0];
    private final int[] ends = new int[RECORDS];

    @BeforeEach
    void write() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventFileWriter out = new EventFileWriter(bytes)) {
            out.header();
            for (int i = 0; i < RECORDS; i++) {
                if (i % 3 == 0) {
                    out.histogram(
                            "weights/fc/weight",
                            i,
                            i,
                            new double[] {-1, 2, 6, 3, 9},
                            new double[] {-0.5, 0, 1, Double.MAX_VALUE},
                            new double[] {1, 2, 2, 1});
                } else if (i % 3 == 1) {
                    ProtoBytes tensor = new ProtoBytes().varint(1, 1).float32(5, i);
                    out.tensor("t", i, i, "scalars", tensor);
                } else {
                    out.scalar("train/loss", i, i, i);
                }
                ends[i] = (int) out.written();
            }
        }
        good = bytes.toByteArray();
    }

    private Run read(byte[] bytes, TestSink into) throws IOException, UnreadableLogException {
        Path file = folder.resolve("events.out.tfevents.x");
        Files.write(file, bytes);
        LogFile log = LogFile.of(file);
        assertThat(reader.recognise(log)).isBetween(0, 100);
        reader.read(log, ReadOptions.DEFAULT, into);
        return into.run().build();
    }

    private static long count(Run run) {
        return run.points() + run.tensors().stream().mapToLong(t -> t.size()).sum();
    }

    @Test
    void keepsEveryWholeRecordWhereverTheFileIsCut() throws Exception {
        for (int cut = ends[0]; cut <= good.length; cut++) {
            int length = cut;
            long whole = Arrays.stream(ends).filter(end -> end <= length).count();
            TestSink into = new TestSink();
            assertThat(count(read(Arrays.copyOf(good, cut), into)))
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
            boolean clean = Arrays.stream(ends).anyMatch(end -> end == length);
            if (clean) {
                assertThat(into.problems).isEmpty();
            } else {
                assertThat(into.problems)
                        .containsExactly("file ends inside a record after " + (whole + 1)
                                + " records (still being written, or killed)");
            }
        }
    }

    @Test
    void leavesOutARecordWithAWrongChecksum() throws Exception {
        byte[] bad = good.clone();
        bad[ends[4] - 10] ^= 1;
        assertThat(count(read(bad, sink))).isEqualTo(RECORDS - 1);
        assertThat(sink.problems).containsExactly("1 of 13 records hold a wrong checksum and were left out");
    }

    @Test
    void readsThatRecordIfTheChecksumIsNotWanted() throws Exception {
        byte[] bad = good.clone();
        bad[ends[4] - 1] ^= 1;
        Path file = folder.resolve("events.out.tfevents.x");
        Files.write(file, bad);
        reader.read(LogFile.of(file), new ReadOptions(false, ReadOptions.DEFAULT.columns()), sink);
        assertThat(count(sink.run().build())).isEqualTo(RECORDS);
    }

    @Test
    void stopsAtALengthThatCannotBeTrusted() throws Exception {
        byte[] bad = good.clone();
        bad[ends[6] + 1] ^= 1;
        assertThat(count(read(bad, sink))).isEqualTo(7);
        assertThat(sink.problems).singleElement().asString().contains("byte " + ends[6]);
        bad = good.clone();
        bad[0] ^= 1;
        byte[] dead = bad;
        assertThatThrownBy(() -> read(dead, new TestSink())).hasMessageContaining("byte 0");
    }

    @Test
    void allocatesNothingByAnAnnouncedLength() throws Exception {
        for (long length : new long[] {1L << 60, -1, Long.MIN_VALUE, 1L << 30, (1L << 30) - 1, 100L << 20, 1L << 31}) {
            ByteBuffer frame =
                    ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            CRC32C crc = new CRC32C();
            crc.update(frame.array(), 0, 8);
            frame.putInt(RecordReader.mask((int) crc.getValue()));
            byte[] bad = Arrays.copyOf(good, good.length + 12 + 50);
            System.arraycopy(frame.array(), 0, bad, good.length, 12);
            assertThat(count(read(bad, new TestSink()))).isEqualTo(RECORDS);
            try (RecordReader in = new RecordReader(folder.resolve("events.out.tfevents.x"), 0, true)) {
                RecordReader.Outcome outcome = in.next();
                while (outcome == RecordReader.Outcome.RECORD) {
                    outcome = in.next();
                }
                assertThat(outcome).isIn(RecordReader.Outcome.TORN, RecordReader.Outcome.LOST);
                assertThat(in.bytes().length).as("length %d", length).isLessThan(1 << 16);
            }
        }
    }

    @Test
    void survivesWhateverBytesComeItsWay() throws Exception {
        Random random = new Random(11);
        for (int round = 0; round < 3000; round++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            if (round % 2 == 0) {
                repair(bad);
            }
            TestSink into = new TestSink();
            try {
                assertThat(count(read(bad, into))).isLessThan(500);
            } catch (UnreadableLogException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    /** Makes the checksums right again, so that the damage reaches the parser. */
    private static void repair(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        int at = 0;
        while (at + 12 <= bytes.length) {
            long length = file.getLong(at);
            if (length < 0 || at + 16 + length > bytes.length) {
                return;
            }
            crc.reset();
            crc.update(bytes, at, 8);
            file.putInt(at + 8, RecordReader.mask((int) crc.getValue()));
            crc.reset();
            crc.update(bytes, at + 12, (int) length);
            file.putInt(at + 12 + (int) length, RecordReader.mask((int) crc.getValue()));
            at += 16 + (int) length;
        }
    }
}
