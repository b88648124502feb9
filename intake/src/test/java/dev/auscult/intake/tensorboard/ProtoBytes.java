package dev.auscult.intake.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a protocol buffer message field by field. */
public final class ProtoBytes {
    private byte[] bytes = new byte[256];
    private int size;

    ProtoBytes clear() {
        size = 0;
        return this;
    }

    ProtoBytes varint(int field, long value) {
        return raw(field << 3).raw(value);
    }

    ProtoBytes float64(int field, double value) {
        raw((field << 3) | 1);
        return fixed64(value);
    }

    ProtoBytes float32(int field, float value) {
        raw((field << 3) | 5);
        room(4).putInt(Float.floatToRawIntBits(value));
        size += 4;
        return this;
    }

    ProtoBytes float64s(int field, double... values) {
        raw((field << 3) | 2).raw(values.length * 8L);
        for (double value : values) {
            fixed64(value);
        }
        return this;
    }

    ProtoBytes text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoBytes bytes(int field, byte[] value) {
        raw((field << 3) | 2).raw(value.length);
        room(value.length).put(value);
        size += value.length;
        return this;
    }

    ProtoBytes message(int field, ProtoBytes inside) {
        raw((field << 3) | 2).raw(inside.size);
        room(inside.size).put(inside.bytes, 0, inside.size);
        size += inside.size;
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    private ProtoBytes fixed64(double value) {
        room(8).putDouble(value);
        size += 8;
        return this;
    }

    private ProtoBytes raw(long varint) {
        room(10);
        long rest = varint;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    private ByteBuffer room(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(size);
    }
}
