package dev.auscult.data.profile;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The different values with the smallest hashes and how often each occurred: an even sample of what is different, whatever its
 * frequency, from which their number is estimated (Bar-Yossef et al. 2002; Beyer et al. 2007). Exact as long as there is
 * room for all.
 *
 * <p>What it holds depends on the values alone, not on their order nor on how they were parted, so that two merged are the one
 * of the whole.
 */
final class HashSample {
    /** Joins a character to the state of the hash of a word (FNV). */
    static final long FACTOR = 0x100000001B3L;

    private static final int BUCKET_BITS = 12;

    private final int most;
    private long[] hashes = new long[1];
    private long[] counts = new long[1];
    private double[] numbers = new double[0];
    private @Nullable String[] words = new String[0];
    private final boolean named;
    private final boolean numbered;
    private int size;
    /** Values of this hash and above are left out; unsigned. */
    private long limit = -1;

    /**
     * @param most values to keep
     * @param content what is kept beside the hash
     */
    HashSample(int most, Content content) {
        this.most = most;
        named = content == Content.WORDS;
        numbered = content == Content.NUMBERS;
        room(hashes.length);
    }

    /** What is kept beside the hash of a value. */
    enum Content {
        NOTHING,
        NUMBERS,
        WORDS
    }

    private void room(int slots) {
        hashes = new long[slots];
        counts = new long[slots];
        numbers = new double[numbered ? slots : 0];
        words = new String[named ? slots : 0];
    }

    /** The finalizer of SplitMix64: a hash whose bits all depend on all bits. */
    static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    static long hash(double number) {
        return mix(Double.doubleToLongBits(number + 0.0) + 0x9E3779B97F4A7C15L);
    }

    void add(long hash) {
        int slot = slot(hash);
        if (slot >= 0) {
            counts[slot]++;
        }
    }

    void add(double number, long hash) {
        int slot = slot(hash);
        if (slot >= 0) {
            counts[slot]++;
            numbers[slot] = number + 0.0;
        }
    }

    /** Counts a word, of which what is longer than some limit is kept cut. */
    void add(char[] c, int offset, int length, long hash) {
        int slot = slot(hash);
        if (slot >= 0) {
            counts[slot]++;
            if (words[slot] == null) {
                words[slot] = new String(c, offset, Math.min(length, ColumnTally.LONGEST_SHOWN));
            }
        }
    }

    /** The place of a hash, made if it is new; −1 where it is left out. */
    private int slot(long hash) {
        if (Long.compareUnsigned(hash, limit) >= 0) {
            return -1;
        }
        int mask = hashes.length - 1;
        int slot = (int) hash & mask;
        while (counts[slot] != 0) {
            if (hashes[slot] == hash) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        if (size >= most + most / 2) {
            cut();
            return slot(hash);
        }
        if (2 * (size + 1) > hashes.length) {
            rehash(2 * hashes.length);
            return slot(hash);
        }
        hashes[slot] = hash;
        size++;
        return slot;
    }

    /** Lowers the limit so that no more than wanted are left. */
    private void cut() {
        if (size <= most) {
            return;
        }
        long[] all = new long[size];
        int n = 0;
        for (int slot = 0; slot < hashes.length; slot++) {
            if (counts[slot] != 0) {
                all[n++] = hashes[slot];
            }
        }
        limit = smallest(all, n, most, limit);
        rehash(hashes.length);
    }

    /**
     * The hash that so many are below, found by counting, since hashes lie evenly.
     *
     * @param all hashes, unsigned, all below the limit [n]
     */
    static long smallest(long[] all, int n, int rank, long limit) {
        if (n < 1 << BUCKET_BITS) {
            long[] few = Arrays.copyOf(all, n);
            for (int i = 0; i < n; i++) {
                few[i] ^= Long.MIN_VALUE;
            }
            Arrays.sort(few);
            return few[rank] ^ Long.MIN_VALUE;
        }
        int shift = Math.max(0, Long.SIZE - BUCKET_BITS - Long.numberOfLeadingZeros(limit));
        int[] counts = new int[1 << BUCKET_BITS];
        for (int i = 0; i < n; i++) {
            counts[(int) (all[i] >>> shift)]++;
        }
        int bucket = 0;
        int below = 0;
        while (below + counts[bucket] <= rank) {
            below += counts[bucket++];
        }
        long[] near = new long[counts[bucket]];
        int held = 0;
        for (int i = 0; i < n; i++) {
            if ((int) (all[i] >>> shift) == bucket) {
                near[held++] = all[i] ^ Long.MIN_VALUE;
            }
        }
        Arrays.sort(near);
        return near[rank - below] ^ Long.MIN_VALUE;
    }

    private void rehash(int slots) {
        long[] oldHashes = hashes;
        long[] oldCounts = counts;
        double[] oldNumbers = numbers;
        @Nullable String[] oldWords = words;
        room(slots);
        size = 0;
        for (int old = 0; old < oldHashes.length; old++) {
            if (oldCounts[old] != 0 && Long.compareUnsigned(oldHashes[old], limit) < 0) {
                int slot = (int) oldHashes[old] & (slots - 1);
                while (counts[slot] != 0) {
                    slot = (slot + 1) & (slots - 1);
                }
                hashes[slot] = oldHashes[old];
                counts[slot] = oldCounts[old];
                if (numbered) {
                    numbers[slot] = oldNumbers[old];
                }
                if (named) {
                    words[slot] = oldWords[old];
                }
                size++;
            }
        }
    }

    /** Takes over what another has counted. */
    void merge(HashSample other) {
        if (Long.compareUnsigned(other.limit, limit) < 0) {
            limit = other.limit;
            rehash(hashes.length);
        }
        for (int from = 0; from < other.hashes.length; from++) {
            if (other.counts[from] != 0) {
                put(
                        other.hashes[from],
                        other.counts[from],
                        numbered ? other.numbers[from] : 0,
                        named ? other.words[from] : null);
            }
        }
    }

    /** Counts the values of another as often as is said. */
    void putAll(HashSample other, long times) {
        for (int slot : other.slots()) {
            put(
                    other.hashes[slot],
                    other.counts[slot] * times,
                    numbered && other.numbered ? other.numbers[slot] : 0,
                    named && other.named ? other.words[slot] : null);
        }
    }

    /** Puts in a value that was counted elsewhere. */
    void put(long hash, long count, double number, @Nullable String word) {
        int slot = slot(hash);
        if (slot >= 0) {
            counts[slot] += count;
            if (numbered) {
                numbers[slot] = number;
            }
            if (named) {
                words[slot] = word;
            }
        }
    }

    /** Forgets all, and leaves out values of this hash and above (unsigned; −1: none) from now on. */
    void clear(long to) {
        limit = to;
        size = 0;
        room(1);
    }

    /** Whether nothing had to be left out. */
    boolean isWhole() {
        cut();
        return limit == -1;
    }

    /** Number of different values held. */
    int size() {
        cut();
        return size;
    }

    /** Values of this hash and above are left out; unsigned, −1 for none. */
    long limit() {
        cut();
        return limit;
    }

    /** Share of the different values that it holds, 0..1. */
    double share() {
        cut();
        return limit == -1 ? 1 : ((limit >>> 1) * 2.0 + (limit & 1)) / 0x1p64;
    }

    /** How many different values there are; an estimate unless {@link #isWhole}. */
    double distinct() {
        return size() / share();
    }

    /** Standard error of {@link #distinct} as a share of it. */
    double error() {
        return isWhole() ? 0 : 1 / Math.sqrt(Math.max(1, size() - 2));
    }

    /** How often the values held occurred in all. */
    long total() {
        cut();
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** Places of the values, in the order of their hashes [size]. */
    int[] slots() {
        cut();
        return IntStream.range(0, hashes.length)
                .filter(slot -> counts[slot] != 0)
                .boxed()
                .sorted((a, b) -> Long.compareUnsigned(hashes[a], hashes[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    long hashAt(int slot) {
        return hashes[slot];
    }

    long countAt(int slot) {
        return counts[slot];
    }

    double numberAt(int slot) {
        return numbers[slot];
    }

    String wordAt(int slot) {
        String word = words[slot];
        return word == null ? "" : word;
    }

    /** How often a hash occurred; 0 if it is not held. */
    long count(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) hash & mask;
        while (counts[slot] != 0) {
            if (hashes[slot] == hash) {
                return counts[slot];
            }
            slot = (slot + 1) & mask;
        }
        return 0;
    }

    void write(DataOutput to) throws IOException {
        int[] slots = slots();
        to.writeLong(limit);
        to.writeInt(slots.length);
        for (int slot : slots) {
            to.writeLong(hashes[slot]);
            to.writeLong(counts[slot]);
            if (numbered) {
                to.writeDouble(numbers[slot]);
            }
            if (named) {
                to.writeUTF(wordAt(slot));
            }
        }
    }

    /** Takes what was written instead of what it holds. */
    void read(DataInput from) throws IOException {
        clear(from.readLong());
        int n = from.readInt();
        for (int i = 0; i < n; i++) {
            put(from.readLong(), from.readLong(), numbered ? from.readDouble() : 0, named ? from.readUTF() : null);
        }
    }
}
