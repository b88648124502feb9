package dev.auscult.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import dev.auscult.data.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Examples packed without gaps, as bytes 0..255 or floats, in memory or, where they are too many, in a temporary file that
 * is mapped into memory. Reads are safe from any thread and allocate nothing.
 */
public final class PackedInputs implements Inputs {
    /** Memory is taken in pieces of about this many bytes, as examples arrive: a file that lies costs nothing. */
    private static final int PIECE = 16 << 20;
    /** A piece is not smaller, however little memory is allowed. */
    private static final int SMALLEST_PIECE = 64 << 10;
    /** One map holds at most this many bytes; a map cannot hold more than 2³¹ − 1. */
    private static final int SEGMENT = 1 << 30;

    private final int size;
    private final long[] shape;
    private final int elements;
    private final boolean bytes;
    private final boolean onDisk;
    /** Whole examples: each piece holds {@link #perPiece} of them, but for the last. */
    private final ByteBuffer[] bytePieces;

    private final FloatBuffer[] floatPieces;
    private final int perPiece;

    private PackedInputs(Builder builder, List<ByteBuffer> pieces, int perPiece, boolean onDisk) {
        this.size = builder.size;
        this.shape = builder.shape.clone();
        this.elements = builder.elements;
        this.bytes = builder.bytes;
        this.onDisk = onDisk;
        this.perPiece = perPiece;
        this.bytePieces = bytes ? pieces.toArray(ByteBuffer[]::new) : new ByteBuffer[0];
        this.floatPieces = bytes
                ? new FloatBuffer[0]
                : pieces.stream().map(ByteBuffer::asFloatBuffer).toArray(FloatBuffer[]::new);
    }

    /**
     * Begins a collection of bytes: {@link Builder#add(byte[], int)}.
     *
     * @param shape of one example
     * @param memory bytes to hold in memory; more go to a file
     */
    public static Builder ofBytes(long[] shape, long memory) {
        return new Builder(shape, true, memory, SEGMENT);
    }

    /**
     * Begins a collection of numbers: {@link Builder#add(float[], int)}.
     *
     * @param shape of one example
     * @param memory bytes to hold in memory; more go to a file
     */
    public static Builder ofFloats(long[] shape, long memory) {
        return new Builder(shape, false, memory, SEGMENT);
    }

    /** A builder whose maps are small, to try many of them. */
    static Builder builder(long[] shape, boolean bytes, long memory, int segment) {
        return new Builder(shape, bytes, memory, segment);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public int elements() {
        return elements;
    }

    /** Whether each number is a byte 0..255. */
    public boolean bytes() {
        return bytes;
    }

    /** Whether the examples lie in a file instead of in memory. */
    public boolean onDisk() {
        return onDisk;
    }

    @Override
    public void read(int index, float[] into, int offset) {
        int piece = index / perPiece;
        int start = index % perPiece * elements;
        if (!bytes) {
            floatPieces[piece].get(start, into, offset, elements);
            return;
        }
        ByteBuffer from = bytePieces[piece];
        for (int i = 0; i < elements; i++) {
            into[offset + i] = from.get(start + i) & 0xFF;
        }
    }

    /** Collects examples, one after the other; closed without {@link #build} it leaves nothing behind. */
    public static final class Builder implements AutoCloseable {
        private static final long TOO_LARGE = 1L << 40;

        private final long[] shape;
        private final int elements;
        private final boolean bytes;
        private final int exampleBytes;
        private final long memory;
        private final int segment;
        private final int perPiece;
        private final List<ByteBuffer> pieces = new ArrayList<>();
        private int size;
        private @Nullable Path file;
        private @Nullable FileChannel channel;

        private Builder(long[] shape, boolean bytes, long memory, int segment) {
            this.shape = shape.clone();
            long product = 1;
            for (long extent : shape) {
                // What is too large stays too large, and never becomes small by overflow.
                product = extent == 0 ? 0 : Math.min(TOO_LARGE, Math.min(product, TOO_LARGE / extent + 1) * extent);
            }
            long perExample = product * (bytes ? 1 : Float.BYTES);
            if (perExample < 1 || perExample > segment) {
                throw new DataException("an example of " + Extents.of(shape) + " has "
                        + (perExample < TOO_LARGE ? perExample : "more than " + TOO_LARGE)
                        + " bytes, wanted between 1 and " + segment);
            }
            this.elements = (int) product;
            this.bytes = bytes;
            this.exampleBytes = (int) perExample;
            this.memory = memory;
            this.segment = segment;
            long piece = Math.min(Math.min(PIECE, segment), Math.max(memory, SMALLEST_PIECE));
            this.perPiece = (int) Math.max(1, piece / exampleBytes);
        }

        /** Number of examples so far. */
        public int size() {
            return size;
        }

        /** Number of elements of one example. */
        public int elements() {
            return elements;
        }

        /** Adds an example of bytes 0..255. */
        public void add(byte[] from, int offset) throws IOException {
            if (!bytes) {
                throw new IllegalStateException("the examples are floats, not bytes");
            }
            room().put(from, offset, elements);
            size = Math.incrementExact(size);
        }

        /** Adds an example of numbers. */
        public void add(float[] from, int offset) throws IOException {
            if (bytes) {
                throw new IllegalStateException("the examples are bytes, not floats");
            }
            ByteBuffer to = room();
            to.asFloatBuffer().put(from, offset, elements);
            to.position(to.position() + exampleBytes);
            size = Math.incrementExact(size);
        }

        /** A piece with room for one more example. */
        private ByteBuffer room() throws IOException {
            ByteBuffer last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
            if (last != null && last.remaining() >= exampleBytes) {
                return last;
            }
            if (channel == null && (size + (long) perPiece) * exampleBytes > memory) {
                spill();
            }
            if (channel != null && !pieces.isEmpty()) {
                ByteBuffer full = pieces.get(0);
                write(full);
                full.clear();
                return full;
            }
            ByteBuffer piece = ByteBuffer.allocate(perPiece * exampleBytes).order(ByteOrder.nativeOrder());
            pieces.add(piece);
            return piece;
        }

        /** Moves what is in memory to a file; from now on memory holds one piece. */
        private void spill() throws IOException {
            file = Files.createTempFile("auscult-examples", ".bin");
            file.toFile().deleteOnExit();
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            for (ByteBuffer piece : pieces) {
                write(piece);
            }
            if (pieces.size() > 1) {
                pieces.subList(1, pieces.size()).clear();
            }
            if (!pieces.isEmpty()) {
                pieces.get(0).clear();
            }
        }

        /**
         * Written, not mapped: a full disk is then an exception, where writing to a map would end the process.
         */
        private void write(ByteBuffer piece) throws IOException {
            FileChannel to = channel;
            if (to == null) {
                throw new IllegalStateException("there is no file to write to");
            }
            piece.flip();
            while (piece.hasRemaining()) {
                to.write(piece);
            }
        }

        /** The examples; nothing can be added afterwards. */
        public PackedInputs build() throws IOException {
            FileChannel from = channel;
            if (from == null) {
                if (!pieces.isEmpty()) {
                    pieces.set(pieces.size() - 1, trimmed(pieces.get(pieces.size() - 1)));
                }
                return new PackedInputs(this, pieces, perPiece, false);
            }
            if (!pieces.isEmpty()) {
                write(pieces.get(0));
            }
            int perSegment = segment / exampleBytes;
            List<ByteBuffer> maps = new ArrayList<>();
            for (long first = 0; first < size; first += perSegment) {
                long length = Math.min(perSegment, size - first) * exampleBytes;
                maps.add(from.map(MapMode.READ_ONLY, first * exampleBytes, length)
                        .order(ByteOrder.nativeOrder()));
            }
            close();
            return new PackedInputs(this, maps, perSegment, true);
        }

        private static ByteBuffer trimmed(ByteBuffer piece) {
            byte[] content = new byte[piece.position()];
            piece.get(0, content);
            return ByteBuffer.wrap(content).order(ByteOrder.nativeOrder());
        }

        /** Closes the file; what is mapped stays readable, and where the system allows it the name is gone at once. */
        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
                channel = null;
            }
            if (file != null) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException stillMapped) {
                    file.toFile().deleteOnExit();
                }
                file = null;
            }
        }
    }
}
