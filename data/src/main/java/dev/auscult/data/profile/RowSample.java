package dev.auscult.data.profile;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * An even sample of the rows of a table: those with the smallest hashes of seed and place, so that it is the same whatever the
 * order in which they come, and that of two parts merged is that of the whole.
 */
final class RowSample {
    private final int most;
    private final long seed;
    private long[] keys = new long[16];
    private long[] places = new long[16];
    private String[] rows = new String[16];
    private int size;
    /** Rows of this key and above are left out; unsigned. */
    private volatile long limit = -1;

    RowSample(int most, long seed) {
        this.most = most;
        this.seed = seed;
    }

    private long key(long place) {
        return HashSample.mix(HashSample.mix(seed + 0x9E3779B97F4A7C15L) + place * 0x9E3779B97F4A7C15L);
    }

    /** Whether the row at a place is to be offered. */
    boolean wants(long place) {
        return Long.compareUnsigned(key(place), limit) < 0;
    }

    /**
     * Takes a row.
     *
     * @param place its number, or where it begins: different for every row, ascending in the file
     * @param row its cells, see {@link PackedRow}
     */
    void add(long place, String row) {
        add(key(place), place, row);
    }

    private synchronized void add(long key, long place, String row) {
        if (Long.compareUnsigned(key, limit) >= 0) {
            return;
        }
        if (size == keys.length) {
            int room = size + Math.max(16, size / 2);
            keys = Arrays.copyOf(keys, room);
            places = Arrays.copyOf(places, room);
            rows = Arrays.copyOf(rows, room);
        }
        keys[size] = key;
        places[size] = place;
        rows[size++] = row;
        if (size > most + most / 2 + 16) {
            cut();
        }
    }

    private void cut() {
        if (size <= most) {
            return;
        }
        lower(HashSample.smallest(keys, size, most, limit));
    }

    private void lower(long to) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (Long.compareUnsigned(keys[i], to) < 0) {
                keys[kept] = keys[i];
                places[kept] = places[i];
                rows[kept++] = rows[i];
            }
        }
        Arrays.fill(rows, kept, size, "");
        size = kept;
        limit = to;
    }

    synchronized void merge(RowSample other) {
        if (Long.compareUnsigned(other.limit, limit) < 0) {
            lower(other.limit);
        }
        for (int i = 0; i < other.size; i++) {
            add(other.keys[i], other.places[i], other.rows[i]);
        }
    }

    /** Leaves no more rows than wanted. */
    synchronized void keep(int rows) {
        if (size > rows) {
            lower(HashSample.smallest(keys, size, rows, limit));
        }
    }

    /** Decides, before any is read, which rows will be kept of those with places from 1 on. */
    synchronized void choose(long rows, int wanted) {
        int room = (int) Math.min(rows, 2L * wanted);
        long bound = rows <= room ? -1 : (long) (0x1p63 * room / rows) << 1;
        long[] chosen = new long[room + room / 2 + 16];
        int n = 0;
        for (long place = 1; place <= rows; place++) {
            long key = key(place);
            if (Long.compareUnsigned(key, bound) < 0 && n < chosen.length) {
                chosen[n++] = key;
            }
        }
        if (n > wanted) {
            lower(HashSample.smallest(chosen, n, wanted, bound));
        }
    }

    /** Calls the rows by other numbers of the same order. */
    synchronized void renumber(LongUnaryOperator numbers) {
        for (int i = 0; i < size; i++) {
            places[i] = numbers.applyAsLong(places[i]);
        }
    }

    /** The sample in the order of the file. */
    synchronized Sampled sampled() {
        cut();
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingLong(i -> places[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Sampled(
                Arrays.stream(order).mapToLong(i -> places[i]).toArray(),
                Arrays.stream(order).mapToObj(i -> rows[i]).toArray(String[]::new));
    }

    synchronized int size() {
        cut();
        return size;
    }

    synchronized void write(DataOutput to) throws IOException {
        cut();
        to.writeInt(most);
        to.writeLong(seed);
        to.writeLong(limit);
        to.writeInt(size);
        for (int i = 0; i < size; i++) {
            byte[] row = rows[i].getBytes(StandardCharsets.UTF_8);
            to.writeLong(keys[i]);
            to.writeLong(places[i]);
            to.writeInt(row.length);
            to.write(row);
        }
    }

    static RowSample read(DataInput from) throws IOException {
        RowSample sample = new RowSample(from.readInt(), from.readLong());
        long limit = from.readLong();
        int n = from.readInt();
        for (int i = 0; i < n; i++) {
            long key = from.readLong();
            long place = from.readLong();
            byte[] row = new byte[from.readInt()];
            from.readFully(row);
            sample.add(key, place, new String(row, StandardCharsets.UTF_8));
        }
        sample.limit = limit;
        return sample;
    }

    /** Rows in the order of the file. */
    static final class Sampled {
        private final long[] places;
        private final String[] rows;

        private Sampled(long[] places, String[] rows) {
            this.places = places;
            this.rows = rows;
        }

        int size() {
            return rows.length;
        }

        long place(int row) {
            return places[row];
        }

        String row(int row) {
            return rows[row];
        }
    }
}
