package dev.auscult.data.array;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** An array that is read from a stream, element by element in the order in which it lies there. */
public final class ArrayFile {
    private static final int CHUNK = 1 << 16;

    /** What one element is; strings are labels. */
    public enum Kind {
        BOOLEAN,
        UNSIGNED,
        SIGNED,
        FLOAT,
        /** Bytes that end with zeros. */
        BYTES,
        /** Characters of four bytes. */
        CHARACTERS
    }

    private final InputStream from;
    private final Kind kind;
    private final int width;
    private final boolean fortran;
    private final long[] shape;
    private final byte[] bytes;
    private final ByteBuffer buffer;

    /**
     * An array whose elements come next in a stream.
     *
     * @param kind of the elements
     * @param width bytes of an element
     * @param order of the bytes in an element
     * @param fortran whether the first index changes fastest
     * @param shape extents, outermost first; empty for a single number
     */
    ArrayFile(InputStream from, Kind kind, int width, ByteOrder order, boolean fortran, long[] shape)
            throws IOException {
        this.from = from;
        this.kind = kind;
        this.width = width;
        this.fortran = fortran;
        this.shape = shape.clone();
        this.bytes = new byte[Math.max(width, CHUNK / Math.max(1, width) * width)];
        this.buffer = ByteBuffer.wrap(bytes).order(order);
        elements(); // a shape that is too large is refused at once
    }

    public Kind kind() {
        return kind;
    }

    /** Bytes of an element. */
    int width() {
        return width;
    }

    /** Order of the bytes in an element. */
    ByteOrder order() {
        return buffer.order();
    }

    /** Whether the elements are bytes 0..255. */
    public boolean unsignedBytes() {
        return kind == Kind.UNSIGNED && width == 1;
    }

    public boolean whole() {
        return kind == Kind.UNSIGNED || kind == Kind.SIGNED || kind == Kind.BOOLEAN;
    }

    public boolean text() {
        return kind == Kind.BYTES || kind == Kind.CHARACTERS;
    }

    /** Whether the first index changes fastest; else the last. */
    public boolean fortran() {
        return fortran && shape.length > 1;
    }

    public long[] shape() {
        return shape.clone();
    }

    /** {@code float64 [10000, 64]}. */
    @Override
    public String toString() {
        String name = text() ? "text" : kind.name().toLowerCase(Locale.ROOT) + (kind == Kind.BOOLEAN ? "" : width * 8);
        return name + " " + Arrays.toString(shape);
    }

    /** Number of elements. */
    public long elements() throws IOException {
        long product = 1;
        for (long extent : shape) {
            if (extent < 0 || (extent > 0 && product > Long.MAX_VALUE / 16 / extent)) {
                throw new IOException("shape " + Arrays.toString(shape) + " is no size that an array can have");
            }
            product *= extent;
        }
        return product;
    }

    /** Number of bytes that the elements take. */
    public long bytes() throws IOException {
        try {
            return Math.multiplyExact(elements(), (long) width);
        } catch (ArithmeticException e) {
            throw new IOException("shape " + Arrays.toString(shape) + " is no size that an array can have", e);
        }
    }

    /** Reads bytes 0..255; only of {@link #unsignedBytes}. */
    public void read(byte[] into, int offset, int count) throws IOException {
        if (from.readNBytes(into, offset, count) < count) {
            throw ended();
        }
    }

    /** Reads numbers as floats. */
    public void read(float[] into, int offset, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int now = fill(count - done);
            for (int i = 0; i < now; i++) {
                into[offset + done + i] = number(i);
            }
            done += now;
        }
    }

    /** Reads numbers as doubles, which hold whole numbers up to 2⁵³. */
    public void read(double[] into, int offset, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int now = fill(count - done);
            for (int i = 0; i < now; i++) {
                into[offset + done + i] = precise(i);
            }
            done += now;
        }
    }

    /** Reads labels. */
    public void read(String[] into) throws IOException {
        for (int done = 0; done < into.length; ) {
            int now = fill(into.length - done);
            for (int i = 0; i < now; i++) {
                into[done + i] = label(i);
            }
            done += now;
        }
    }

    private int fill(int wanted) throws IOException {
        int now = width == 0 ? wanted : Math.min(wanted, bytes.length / width);
        if (from.readNBytes(bytes, 0, now * width) < now * width) {
            throw ended();
        }
        return now;
    }

    private EOFException ended() {
        return new EOFException("the file ends before the " + this + " that it announces; it was cut off");
    }

    private float number(int i) {
        return kind == Kind.FLOAT && width == 4 ? buffer.getFloat(i * 4) : (float) precise(i);
    }

    private double precise(int i) {
        int at = i * width;
        return switch (kind) {
            case BOOLEAN -> bytes[at] != 0 ? 1 : 0;
            case UNSIGNED ->
                switch (width) {
                    case 1 -> bytes[at] & 0xFF;
                    case 2 -> buffer.getShort(at) & 0xFFFF;
                    case 4 -> buffer.getInt(at) & 0xFFFF_FFFFL;
                    default -> unsigned(buffer.getLong(at));
                };
            case SIGNED ->
                switch (width) {
                    case 1 -> bytes[at];
                    case 2 -> buffer.getShort(at);
                    case 4 -> buffer.getInt(at);
                    default -> (double) buffer.getLong(at);
                };
            default ->
                switch (width) {
                    case 2 -> half(buffer.getShort(at));
                    case 4 -> buffer.getFloat(at);
                    default -> buffer.getDouble(at);
                };
        };
    }

    private static double unsigned(long x) {
        return x >= 0 ? (double) x : (double) (x >>> 1) * 2;
    }

    /** IEEE 754 binary16: 1 sign bit, 5 of exponent, 10 of fraction. */
    static float half(short bits) {
        int exponent = bits >>> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float size = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1F -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
        };
        return bits < 0 ? -size : size;
    }

    private String label(int i) throws IOException {
        int at = i * width;
        if (kind == Kind.BYTES) {
            int end = at + width;
            while (end > at && bytes[end - 1] == 0) {
                end--;
            }
            return new String(bytes, at, end - at, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder();
        for (int c = at; c < at + width; c += 4) {
            int point = buffer.getInt(c);
            if (point == 0) {
                break;
            }
            if (!Character.isValidCodePoint(point)) {
                throw new IOException("a label holds " + point + ", which is no character");
            }
            text.appendCodePoint(point);
        }
        return text.toString();
    }
}
