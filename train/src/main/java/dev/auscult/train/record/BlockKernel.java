package dev.auscult.train.record;

import java.util.Arrays;

/** Adds up the statistics of blocks of numbers. */
abstract class BlockKernel {
    /** Numbers in a block: 8 KiB, a quarter of the smallest first cache there is. */
    static final int BLOCK = 2048;

    /** The bits of a float32 but for the sign. */
    static final int MAGNITUDE = 0x7fff_ffff;

    static final int SMALLEST_NORMAL = 0x0080_0000;

    long nonFinite;
    long zeros;
    float min;
    float max;

    /** Mean of the finite numbers so far. */
    double mean;

    /** Sum of the squared distances of the finite numbers from their mean. */
    double spread;

    /** Sum of the magnitudes. */
    double absolute;

    /** Counts of numbers by sign and exponent, as the upper nine bits of a float32 [512]; zeros are counted apart. */
    final long[] counts = new long[512];

    /** Counts of numbers below the smallest normal one by sign (positive first) and octave [2][23]. */
    final long[][] subnormal = new long[2][23];

    private long finite;

    /** Begins a tensor of so many elements. */
    void reset(int count) {
        nonFinite = 0;
        zeros = 0;
        min = Float.POSITIVE_INFINITY;
        max = Float.NEGATIVE_INFINITY;
        mean = 0;
        spread = 0;
        absolute = 0;
        finite = 0;
        Arrays.fill(counts, 0);
        Arrays.fill(subnormal[0], 0);
        Arrays.fill(subnormal[1], 0);
    }

    /** Adds the first {@code size} numbers of a block. */
    abstract void add(float[] block, int size);

    /** Called after the last block. */
    void finish() {}

    /** Joins the moments of a block with those so far (Chan, Golub, LeVeque 1979, eq. 1.5). */
    final void join(long size, double sum, double blockSpread, double blockAbsolute) {
        if (size == 0) {
            return;
        }
        double distance = sum / size - mean;
        long all = finite + size;
        spread += blockSpread + distance * distance * ((double) finite * size / all);
        mean += distance * size / all;
        absolute += blockAbsolute;
        finite = all;
    }

    /** Adds the moments of any numbers, in float64 and one by one. */
    final void addCarefully(float[] block, int from, int to) {
        double sum = 0;
        double sumAbsolute = 0;
        long size = 0;
        for (int i = from; i < to; i++) {
            float v = block[i];
            if (Float.isFinite(v)) {
                sum += v;
                sumAbsolute += Math.abs(v);
                min = Math.min(min, v);
                max = Math.max(max, v);
                size++;
            }
        }
        nonFinite += to - from - size;
        double blockMean = sum / size;
        double sumSquares = 0;
        for (int i = from; i < to; i++) {
            if (Float.isFinite(block[i])) {
                double d = block[i] - blockMean;
                sumSquares += d * d;
            }
        }
        join(size, sum, sumSquares, sumAbsolute);
    }

    /**
     * Counts zeros, and by octave the numbers below the smallest normal one.
     *
     * @param small how many of both there are
     */
    final void countSmall(float[] block, int from, int to, int small) {
        int zero = 0;
        for (int i = from; i < to; i++) {
            // One for zero and nothing else, without a branch: half of what a rectifier gives is zero, in no order.
            zero += ((Float.floatToRawIntBits(block[i]) & MAGNITUDE) - 1) >>> 31;
        }
        zeros += zero;
        for (int i = from; zero < small && i < to; i++) {
            int bits = Float.floatToRawIntBits(block[i]);
            int magnitude = bits & MAGNITUDE;
            if (magnitude > 0 && magnitude < SMALLEST_NORMAL) {
                subnormal[bits >>> 31][31 - Integer.numberOfLeadingZeros(magnitude)]++;
            }
        }
    }
}
