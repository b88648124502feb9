package dev.auscult.data.media;

import java.util.Arrays;

/**
 * A hash of 64 bits that pictures which look alike nearly share: the discrete cosine transform (type II) of 32×32 grey
 * pixels, and for each of the 8×8 lowest frequencies whether it is above their median (Zauner: Implementation and
 * benchmarking of perceptual image hash functions, 2010; {@code phash} of the Python package imagehash).
 */
final class PerceptualHash {
    /** Width and height of what is hashed, in pixels. */
    static final int SIDE = 32;

    private static final int LOW = 8;
    /** cos(π (2 i + 1) k / 64) [LOW, SIDE]. */
    private static final double[] COSINES = cosines();

    private PerceptualHash() {}

    private static double[] cosines() {
        double[] table = new double[LOW * SIDE];
        for (int k = 0; k < LOW; k++) {
            for (int i = 0; i < SIDE; i++) {
                table[k * SIDE + i] = Math.cos(Math.PI * (2 * i + 1) * k / (2.0 * SIDE));
            }
        }
        return table;
    }

    /** The hash of a thumbnail [SIDE, SIDE], bytes 0..255; the first frequency is the highest bit. */
    static long of(byte[] thumbnail) {
        double[] low = lowFrequencies(thumbnail);
        double[] sorted = low.clone();
        Arrays.sort(sorted);
        double median = (sorted[LOW * LOW / 2 - 1] + sorted[LOW * LOW / 2]) / 2;
        long hash = 0;
        for (double value : low) {
            hash = (hash << 1) | (value > median ? 1 : 0);
        }
        return hash;
    }

    /** The lowest frequencies [LOW, LOW], rows of the picture first; unscaled: a quarter of SciPy's {@code dct(dct(x))}. */
    static double[] lowFrequencies(byte[] thumbnail) {
        double[] across = new double[SIDE * LOW];
        for (int y = 0; y < SIDE; y++) {
            for (int k = 0; k < LOW; k++) {
                double sum = 0;
                for (int x = 0; x < SIDE; x++) {
                    sum += COSINES[k * SIDE + x] * (thumbnail[y * SIDE + x] & 0xFF);
                }
                across[y * LOW + k] = sum;
            }
        }
        double[] low = new double[LOW * LOW];
        for (int m = 0; m < LOW; m++) {
            for (int k = 0; k < LOW; k++) {
                double sum = 0;
                for (int y = 0; y < SIDE; y++) {
                    sum += COSINES[m * SIDE + y] * across[y * LOW + k];
                }
                low[m * LOW + k] = sum;
            }
        }
        return low;
    }
}
