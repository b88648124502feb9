package dev.auscult.data.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds texts that are almost the same: by MinHash (Broder 1997) of their shingles in 16 bands of 4 (two texts of Jaccard
 * similarity s meet in a band with probability 1 − (1 − s⁴)¹⁶: 0.9998 at 0.8, 0.03 at 0.2), and of those that meet by the
 * Jaccard similarity itself.
 */
final class ShingleIndex {
    /** Words of a shingle. */
    static final int WORDS = 3;
    /** Shingles of a text that are looked at. */
    static final int MOST_SHINGLES = 512;
    /** Jaccard similarity of the shingles from which two texts are almost the same. */
    static final double ALIKE = 0.8;

    /** Fewer shingles are too few to tell: one changed word changes three. */
    private static final int FEWEST_SHINGLES = 8;

    private static final int BANDS = 16;
    private static final int ROWS = 4;
    /** Texts of a band that are compared with one: where more meet, it is a phrase that they share. */
    private static final int MOST_MET = 256;

    private static final long[] SEEDS = seeds();

    private final List<long[]> shingles = new ArrayList<>();
    private final FirstByHash last = new FirstByHash();
    /** The slot of a band, by number: the text that came there last. */
    private final Longs newest = new Longs();
    /** For each text and band, the text that came to the slot before; −1 for none. */
    private final Longs before = new Longs();

    private static long[] seeds() {
        long[] seeds = new long[BANDS * ROWS];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = Hash.mix(0x9E3779B97F4A7C15L * (i + 1)) | 1;
        }
        return seeds;
    }

    /** The nearest earlier text that is almost the same as one; null if there is none. */
    @Nullable
    NearPair find(int item, long[] own) {
        if (own.length < FEWEST_SHINGLES) {
            return null;
        }
        int best = -1;
        double likeness = ALIKE;
        long[] keys = keys(own);
        for (int band = 0; band < BANDS; band++) {
            int slot = last.get(keys[band]);
            int met = 0;
            for (long other = slot < 0 ? -1 : newest.get(slot); other >= 0 && met < MOST_MET; met++) {
                double alike = jaccard(own, shingles.get((int) other));
                if (alike > likeness || (alike == likeness && best < 0)) {
                    likeness = alike;
                    best = (int) other;
                }
                other = before.get((int) other * BANDS + band);
            }
        }
        return best < 0 ? null : new NearPair(item, best, likeness);
    }

    /** Adds the next text, to be found by those that follow. */
    void add(long[] own, boolean found) {
        int item = shingles.size();
        shingles.add(own);
        boolean indexed = found && own.length >= FEWEST_SHINGLES;
        long[] keys = indexed ? keys(own) : new long[BANDS];
        for (int band = 0; band < BANDS; band++) {
            if (!indexed) {
                before.add(-1);
                continue;
            }
            int slot = last.get(keys[band]);
            if (slot < 0) {
                last.add(keys[band], newest.size());
                newest.add(item);
                before.add(-1);
            } else {
                before.add(newest.get(slot));
                newest.set(slot, item);
            }
        }
    }

    private static long[] keys(long[] own) {
        long[] least = new long[SEEDS.length];
        Arrays.fill(least, Long.MAX_VALUE);
        for (long shingle : own) {
            for (int i = 0; i < least.length; i++) {
                long hash = shingle * SEEDS[i];
                hash ^= hash >>> 32;
                least[i] = Math.min(least[i], hash);
            }
        }
        long[] keys = new long[BANDS];
        for (int band = 0; band < BANDS; band++) {
            long key = 1L + band;
            for (int row = 0; row < ROWS; row++) {
                key = Hash.mix((key ^ least[band * ROWS + row]) * 0x100000001B3L);
            }
            keys[band] = key;
        }
        return keys;
    }

    /** Share of the elements of two sorted sets that are in both. */
    static double jaccard(long[] a, long[] b) {
        int i = 0;
        int j = 0;
        int both = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                both++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        int all = a.length + b.length - both;
        return all == 0 ? 0 : (double) both / all;
    }
}
