package dev.auscult.data.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A growing list of numbers of one width, in pieces that lie in memory or on disk as the {@link Space} decides. After
 * {@link #seal} it may be read by several threads.
 */
public final class Pieces {
    private static final int SMALLEST = 256;
    /** Stands for a piece on disk until the file is mapped. */
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Space space;
    private final int shift;
    private final int mask;
    private final List<ByteBuffer> pieces = new ArrayList<>();
    /** Number of each piece in the file; −1 for those in memory. */
    private final List<Long> onDisk = new ArrayList<>();

    private final int width;
    private ByteBuffer last = fresh(SMALLEST);
    private long size;

    private Pieces(Space space, int width) {
        this.space = space;
        this.width = width;
        this.shift = Integer.numberOfTrailingZeros(Space.PIECE / width);
        this.mask = Space.PIECE / width - 1;
    }

    static Pieces ofDoubles(Space space) {
        return new Pieces(space, Double.BYTES);
    }

    public static Pieces ofInts(Space space) {
        return new Pieces(space, Integer.BYTES);
    }

    static Pieces ofBytes(Space space) {
        return new Pieces(space, 1);
    }

    private static ByteBuffer fresh(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    public long size() {
        return size;
    }

    public void add(double value) {
        room().putDouble(value);
        size++;
    }

    public void add(int value) {
        room().putInt(value);
        size++;
    }

    public void add(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            ByteBuffer to = room();
            int now = Math.min(to.remaining(), length - done);
            to.put(bytes, offset + done, now);
            done += now;
        }
        size += length;
    }

    private ByteBuffer room() {
        if (last.remaining() >= width) {
            return last;
        }
        if (last.capacity() < Space.PIECE) {
            ByteBuffer grown = fresh(2 * last.capacity());
            last = grown.put(last.flip());
            return last;
        }
        if (space.take()) {
            pieces.add(last);
            onDisk.add(-1L);
            last = fresh(Space.PIECE);
        } else {
            onDisk.add(space.write(last));
            pieces.add(NOTHING);
            last.clear();
        }
        return last;
    }

    /** Nothing more is added; the space must be sealed first. */
    public void seal() {
        for (int i = 0; i < pieces.size(); i++) {
            if (onDisk.get(i) >= 0) {
                pieces.set(i, space.piece(onDisk.get(i)));
            }
        }
        pieces.add(last);
    }

    double getDouble(int index) {
        return pieces.get(index >>> shift).getDouble((index & mask) * Double.BYTES);
    }

    public int getInt(long index) {
        return pieces.get((int) (index >>> shift)).getInt((int) (index & mask) * Integer.BYTES);
    }

    void get(long index, byte[] into, int length) {
        int done = 0;
        while (done < length) {
            int start = (int) ((index + done) & mask);
            int now = Math.min(Space.PIECE - start, length - done);
            pieces.get((int) ((index + done) >>> shift)).get(start, into, done, now);
            done += now;
        }
    }
}
