package dev.auscult.intake.protobuf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks over a protocol buffer message in place; a message inside is walked by going on until its end.
 *
 * <p>Encoding: <a href="https://protobuf.dev/programming-guides/encoding/">protobuf.dev</a>.
 */
public final class ProtoCursor {
    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int BYTES = 2;
    public static final int FIXED32 = 5;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    /** Starts over at a message. */
    public void set(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int at() {
        return at;
    }

    public int end() {
        return end;
    }

    public void jump(int target) {
        at = target;
    }

    /** Whether there is more before {@code until}, the end of the message that is being walked. */
    public boolean before(int until) throws MalformedMessageException {
        if (at > until) {
            throw new MalformedMessageException();
        }
        return at < until;
    }

    /** Key of the next field: number · 8 + wire type. */
    public int key() throws MalformedMessageException {
        return (int) varint();
    }

    public long varint() throws MalformedMessageException {
        int i = at;
        if (i < end) {
            byte b = bytes[i];
            if (b >= 0) {
                at = i + 1;
                return b;
            }
        }
        return longVarint();
    }

    private long longVarint() throws MalformedMessageException {
        long value = 0;
        int i = at;
        for (int shift = 0; shift < 64 && i < end; shift += 7) {
            byte b = bytes[i++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                at = i;
                return value;
            }
        }
        throw new MalformedMessageException();
    }

    public long fixed64() throws MalformedMessageException {
        need(Long.BYTES);
        long value = (long) LONG.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    public int fixed32() throws MalformedMessageException {
        need(Integer.BYTES);
        int value = (int) INT.get(bytes, at);
        at += Integer.BYTES;
        return value;
    }

    public double float64() throws MalformedMessageException {
        return Double.longBitsToDouble(fixed64());
    }

    public float float32() throws MalformedMessageException {
        return Float.intBitsToFloat(fixed32());
    }

    /** Reads the length of a string, of bytes or of a message inside; returns where it ends. */
    public int inside() throws MalformedMessageException {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw new MalformedMessageException();
        }
        return at + (int) length;
    }

    public String text() throws MalformedMessageException {
        int to = inside();
        String text = new String(bytes, at, to - at, StandardCharsets.UTF_8);
        at = to;
        return text;
    }

    /** Goes over the field whose key was just read. */
    public void skip(int key) throws MalformedMessageException {
        switch (key & 7) {
            case VARINT -> varint();
            case FIXED64 -> fixed64();
            case BYTES -> at = inside();
            case FIXED32 -> fixed32();
            default -> throw new MalformedMessageException();
        }
    }

    private void need(int count) throws MalformedMessageException {
        if (count > end - at) {
            throw new MalformedMessageException();
        }
    }
}
