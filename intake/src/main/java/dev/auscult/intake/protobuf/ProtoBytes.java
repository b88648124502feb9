package dev.auscult.intake.protobuf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a protocol buffer message field by field; used again for the next message after {@link #clear}. */
public final class ProtoBytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[256];
    private int size;

    public ProtoBytes clear() {
        size = 0;
        return this;
    }

    public ProtoBytes varint(int field, long value) {
        return key(field, ProtoCursor.VARINT).raw(value);
    }

    public ProtoBytes float64(int field, double value) {
        return key(field, ProtoCursor.FIXED64).fixed64(Double.doubleToRawLongBits(value));
    }

    public ProtoBytes float32(int field, float value) {
        return key(field, ProtoCursor.FIXED32).fixed32(Float.floatToRawIntBits(value));
    }

    /** A packed field of doubles. */
    public ProtoBytes float64s(int field, double... values) {
        return float64s(field, values, values.length);
    }

    /** A packed field of the first {@code count} doubles. */
    public ProtoBytes float64s(int field, double[] values, int count) {
        key(field, ProtoCursor.BYTES).raw(8L * count);
        for (int i = 0; i < count; i++) {
            fixed64(Double.doubleToRawLongBits(values[i]));
        }
        return this;
    }

    public ProtoBytes text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public ProtoBytes bytes(int field, byte[] value) {
        return key(field, ProtoCursor.BYTES).raw(value.length).append(value, value.length);
    }

    public ProtoBytes message(int field, ProtoBytes inside) {
        return key(field, ProtoCursor.BYTES).raw(inside.size).append(inside.bytes, inside.size);
    }

    /** Bytes without a key of their own. */
    public ProtoBytes append(byte[] source, int length) {
        room(length);
        System.arraycopy(source, 0, bytes, size, length);
        size += length;
        return this;
    }

    /** Eight bytes without a key of their own, the lowest first. */
    public ProtoBytes fixed64(long value) {
        room(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
        return this;
    }

    /** Four bytes without a key of their own, the lowest first. */
    public ProtoBytes fixed32(int value) {
        room(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
        return this;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** What was written, in its first {@link #size} bytes; valid until the next field. */
    public byte[] array() {
        return bytes;
    }

    public int size() {
        return size;
    }

    private ProtoBytes key(int field, int wire) {
        return raw((long) field << 3 | wire);
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

    private void room(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
    }
}
