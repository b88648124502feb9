package dev.auscult.data.array;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;

import dev.auscult.data.array.ArrayFile.Kind;

/**
 * A matrix of floats of 16, 32 or 64 bits in an npy file, read by blocks of rows from wherever they lie, so that it may be
 * larger than memory.
 */
public final class FloatMatrix implements AutoCloseable {
    private static final int CHUNK = 1 << 18;
    /** Elements of a block where the first index changes fastest, and each column of it is a read of its own. */
    private static final int BLOCK_BY_COLUMNS = 1 << 22;

    private static final int BLOCK = 1 << 15;

    private final FileChannel channel;
    private final String described;
    private final int width;
    private final boolean fortran;
    private final long rows;
    private final int columns;
    private final long start;
    private final ByteBuffer buffer;

    private FloatMatrix(FileChannel channel, ArrayFile array) throws IOException {
        this.channel = channel;
        this.described = array.toString();
        long[] shape = array.shape();
        if (array.kind() != Kind.FLOAT || shape.length != 2 || shape[1] > Integer.MAX_VALUE - 8) {
            throw new IOException("found " + described + ", wanted a matrix of floats of 16, 32 or 64 bits");
        }
        this.width = array.width();
        this.fortran = array.fortran();
        this.rows = shape[0];
        this.columns = (int) shape[1];
        this.start = channel.position();
        long there = channel.size() - start;
        if (array.bytes() != there) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s takes %,d bytes, the file holds %,d; it was %s",
                    described,
                    array.bytes(),
                    there,
                    there < array.bytes() ? "cut off" : "written over or appended to"));
        }
        this.buffer = ByteBuffer.allocateDirect(CHUNK).order(array.order());
    }

    /** Reads the header; the elements are read when they are asked for. */
    public static FloatMatrix open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            return new FloatMatrix(channel, Npy.open(Channels.newInputStream(channel)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public long rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** How many rows are best read together. */
    public int rowsAtOnce() {
        return Math.max(1, (fortran ? BLOCK_BY_COLUMNS : BLOCK) / Math.max(1, columns));
    }

    /** {@code float16 [50000, 10]}. */
    @Override
    public String toString() {
        return described;
    }

    /**
     * Reads rows.
     *
     * @param first of the rows
     * @param count of rows
     * @param into takes them one after the other, from its start
     */
    public void read(long first, int count, double[] into) throws IOException {
        if (fortran) {
            for (int column = 0; column < columns; column++) {
                read(start + (column * rows + first) * width, count, into, column, columns);
            }
        } else {
            read(start + first * columns * width, count * columns, into, 0, 1);
        }
    }

    private void read(long position, int elements, double[] into, int offset, int stride) throws IOException {
        long at = position;
        int to = offset;
        for (int left = elements; left > 0; ) {
            int now = Math.min(left, CHUNK / width);
            buffer.clear().limit(now * width);
            while (buffer.hasRemaining()) {
                int got = channel.read(buffer, at);
                if (got < 0) {
                    throw new EOFException("the file ends before the " + described + " that it announces");
                }
                at += got;
            }
            decode(now, into, to, stride);
            to += now * stride;
            left -= now;
        }
    }

    private void decode(int count, double[] into, int offset, int stride) {
        int to = offset;
        switch (width) {
            case 2 -> {
                for (int i = 0; i < count; i++, to += stride) {
                    into[to] = half(buffer.getShort(2 * i));
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++, to += stride) {
                    into[to] = buffer.getFloat(4 * i);
                }
            }
            default -> {
                for (int i = 0; i < count; i++, to += stride) {
                    into[to] = buffer.getDouble(8 * i);
                }
            }
        }
    }

    /**
     * The same as {@link ArrayFile#half} without a branch for small numbers: the bits of the half, moved to where a float
     * has them, are a float whose exponent is too small by 127 - 15.
     */
    static float half(short bits) {
        if ((bits & 0x7C00) == 0x7C00) {
            return ArrayFile.half(bits);
        }
        return Float.intBitsToFloat((bits & 0x7FFF) << 13 | (bits & 0x8000) << 16) * 0x1p112f;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
