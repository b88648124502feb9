package dev.auscult.intake.tensorboard;

import java.util.Arrays;

import dev.auscult.intake.protobuf.MalformedMessageException;
import dev.auscult.intake.protobuf.ProtoCursor;

/** Doubles of a repeated field, packed or not; used again for the next message. */
final class DoubleColumn {
    private double[] values = new double[64];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    double get(int i) {
        return values[i];
    }

    double[] toArray() {
        return Arrays.copyOf(values, size);
    }

    void add(double value) {
        reserve(1);
        values[size++] = value;
    }

    /** Adds a packed field of float64 whose key was just read. */
    void addFloat64s(ProtoCursor in) throws MalformedMessageException {
        int end = in.inside();
        reserve((end - in.at()) / Double.BYTES);
        while (in.before(end)) {
            values[size++] = in.float64();
        }
    }

    /** Adds a packed field of float32 whose key was just read. */
    void addFloat32s(ProtoCursor in) throws MalformedMessageException {
        int end = in.inside();
        reserve((end - in.at()) / Float.BYTES);
        while (in.before(end)) {
            values[size++] = in.float32();
        }
    }

    /** One more than fits, since a malformed field overshoots by one before that is seen. */
    private void reserve(int count) {
        if (size + count + 1 > values.length) {
            values = Arrays.copyOf(values, Math.max(size + count + 1, values.length * 2));
        }
    }
}
