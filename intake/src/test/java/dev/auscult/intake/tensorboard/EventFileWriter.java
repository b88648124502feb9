package dev.auscult.intake.tensorboard;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.auscult.intake.protobuf.ProtoBytes;
import dev.auscult.intake.protobuf.RecordBytes;

/** Writes event files the way that TensorFlow and PyTorch do, whole or odd; for tests and measurements. */
public final class EventFileWriter implements Closeable {
    private final OutputStream out;
    private final RecordBytes records = new RecordBytes();
    private final ProtoBytes event = new ProtoBytes();
    private final ProtoBytes summary = new ProtoBytes();
    private final ProtoBytes value = new ProtoBytes();
    private final ProtoBytes inside = new ProtoBytes();
    private long written;

    public EventFileWriter(Path file) throws IOException {
        this(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20));
    }

    public EventFileWriter(OutputStream out) {
        this.out = out;
    }

    /** Number of bytes so far. */
    public long written() {
        return written;
    }

    public EventFileWriter header() throws IOException {
        return record(event.clear().float64(1, 1.7e9).text(3, "brain.Event:2"));
    }

    EventFileWriter sessionStart(long step) throws IOException {
        return record(event.clear()
                .float64(1, 1.7e9)
                .varint(2, step)
                .message(7, value.clear().varint(1, 1)));
    }

    public EventFileWriter scalar(String tag, long step, double wallTime, float number) throws IOException {
        return value(step, wallTime, value.clear().text(1, tag).float32(2, number));
    }

    public EventFileWriter histogram(
            String tag, long step, double wallTime, double[] moments, double[] limits, double[] counts)
            throws IOException {
        inside.clear();
        for (int i = 0; i < 5; i++) {
            if (moments[i] != 0) {
                inside.float64(i + 1, moments[i]);
            }
        }
        inside.float64s(6, limits).float64s(7, counts);
        return value(step, wallTime, value.clear().text(1, tag).message(5, inside));
    }

    /** A tensor of TensorFlow 2; without a plugin's name there is no metadata. */
    EventFileWriter tensor(String tag, long step, double wallTime, String plugin, ProtoBytes tensor)
            throws IOException {
        value.clear().text(1, tag).message(8, tensor);
        if (!plugin.isEmpty()) {
            value.message(9, new ProtoBytes().message(1, new ProtoBytes().text(1, plugin)));
        }
        return value(step, wallTime, value);
    }

    EventFileWriter value(long step, double wallTime, ProtoBytes summaryValue) throws IOException {
        event.clear().float64(1, wallTime);
        if (step != 0) {
            event.varint(2, step);
        }
        return record(event.message(5, summary.clear().message(1, summaryValue)));
    }

    EventFileWriter record(ProtoBytes payload) throws IOException {
        records.add(payload);
        byte[] framed = records.take();
        out.write(framed);
        written += framed.length;
        return this;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
