package dev.auscult.data.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds pictures that are almost the same.
 *
 * <p>Candidates have perceptual hashes that differ in at most 7 of 64 bits: cut into four bands of 16, at least one band
 * then differs in at most one bit, so that 4 · 17 look-ups find them all. A candidate counts if its pixels say so too, by
 * themselves (correlation of the thumbnails of at least 0.995: noise 23 dB below the picture) and beside the rest of the set: 1 − correlation is at most a
 * quarter of what it is to the nearest of some 500 others. The second is what keeps sets of simple things quiet: two
 * handwritten ones are alike, but so are all.
 */
final class LikenessIndex {
    static final int DISTANCE = 7;
    /** 1 − correlation of two thumbnails up to which they can be the same picture. */
    static final double RESIDUAL = 0.005;
    /** Share of the residual to the nearest others. */
    static final double NEARER = 0.25;

    private static final int BANDS = 4;
    private static final int KEYS = 1 << 16;
    private static final int OTHERS = 512;
    /** One more of the nearest others is passed over for each so many: they may be copies too. */
    private static final int OTHERS_PER_COPY = 128;
    /** Candidates looked at for one item: where so many hash alike, the hash says nothing. */
    private static final int MOST_CANDIDATES = 2048;

    private final long[] hashes;
    private final Thumbnails thumbnails;
    /** Items that are in the index, by band and key [BANDS][items]. */
    private final int[][] items = new int[BANDS][];
    /** Where the items of a key begin [BANDS][KEYS + 1]. */
    private final int[][] starts = new int[BANDS][];

    private final int[] reference;

    /**
     * An index of some items.
     *
     * @param hashes of all items
     * @param thumbnails of all items
     * @param indexed whether an item can be found; copies of others cannot
     */
    LikenessIndex(long[] hashes, Thumbnails thumbnails, boolean[] indexed) {
        this.hashes = hashes;
        this.thumbnails = thumbnails;
        int[] found = new int[hashes.length];
        int count = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (indexed[i] && !thumbnails.flat(i)) {
                found[count++] = i;
            }
        }
        for (int band = 0; band < BANDS; band++) {
            int[] start = new int[KEYS + 1];
            for (int k = 0; k < count; k++) {
                start[key(hashes[found[k]], band) + 1]++;
            }
            for (int k = 0; k < KEYS; k++) {
                start[k + 1] += start[k];
            }
            int[] next = Arrays.copyOf(start, KEYS);
            int[] sorted = new int[count];
            for (int k = 0; k < count; k++) {
                sorted[next[key(hashes[found[k]], band)]++] = found[k];
            }
            starts[band] = start;
            items[band] = sorted;
        }
        reference = new int[Math.min(OTHERS, count)];
        for (int k = 0; k < reference.length; k++) {
            reference[k] = found[(int) ((long) k * count / reference.length)];
        }
    }

    private static int key(long hash, int band) {
        return (int) (hash >>> (16 * band)) & 0xFFFF;
    }

    /** For each item that has one before it, the nearest of those that are almost the same. */
    List<NearPair> within() {
        List<NearPair> pairs = new ArrayList<>();
        boolean[] indexed = new boolean[hashes.length];
        for (int item : items[0]) {
            indexed[item] = true;
        }
        for (int i = 0; i < hashes.length; i++) {
            if (indexed[i]) {
                NearPair pair = nearest(hashes[i], thumbnails, i, i);
                if (pair != null) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    /** The item here that is almost the same as one of another part; null if there is none. */
    @Nullable
    NearPair find(long hash, Thumbnails others, int other) {
        return others.flat(other) ? null : nearest(hash, others, other, Integer.MAX_VALUE);
    }

    private @Nullable NearPair nearest(long hash, Thumbnails of, int item, int before) {
        int best = -1;
        double residual = RESIDUAL;
        int seen = 0;
        for (int band = 0; band < BANDS; band++) {
            int key = key(hash, band);
            for (int flip = -1; flip < 16; flip++) {
                int wanted = flip < 0 ? key : key ^ (1 << flip);
                for (int k = starts[band][wanted]; k < starts[band][wanted + 1]; k++) {
                    int candidate = items[band][k];
                    if (candidate >= before
                            || Long.bitCount(hash ^ hashes[candidate]) > DISTANCE
                            || foundBefore(hash ^ hashes[candidate], band)
                            || seen++ > MOST_CANDIDATES) {
                        continue;
                    }
                    double other = 1 - of.correlation(item, thumbnails, candidate);
                    if (other < residual) {
                        residual = other;
                        best = candidate;
                    }
                }
            }
        }
        return best >= 0 && residual <= NEARER * usual(of, item, best) ? new NearPair(item, best, 1 - residual) : null;
    }

    private static boolean foundBefore(long difference, int band) {
        for (int b = 0; b < band; b++) {
            if (Integer.bitCount(key(difference, b)) <= 1) {
                return true;
            }
        }
        return false;
    }

    /** 1 − correlation to the nearest of the others. */
    private double usual(Thumbnails of, int item, int like) {
        double[] residuals = new double[reference.length];
        int count = 0;
        for (int other : reference) {
            if (other != like && !(of == thumbnails && other == item)) {
                residuals[count++] = 1 - of.correlation(item, thumbnails, other);
            }
        }
        if (count == 0) {
            return Double.POSITIVE_INFINITY;
        }
        Arrays.sort(residuals, 0, count);
        return residuals[count / OTHERS_PER_COPY];
    }
}
