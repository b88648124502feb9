package dev.auscult.train.record;

import java.util.Arrays;

/** Adds up blocks in plain Java: four float64 lanes, so that no addition waits for the one before. */
final class PlainKernel extends BlockKernel {
    /** Four tables: a count that was just written would be read again too soon. */
    private final int[] a = new int[512];

    private final int[] b = new int[512];
    private final int[] c = new int[512];
    private final int[] d = new int[512];

    @Override
    void add(float[] block, int size) {
        Arrays.fill(a, 0);
        Arrays.fill(b, 0);
        Arrays.fill(c, 0);
        Arrays.fill(d, 0);
        int whole = size & ~3;
        for (int i = 0; i < whole; i += 4) {
            a[Float.floatToRawIntBits(block[i]) >>> 23]++;
            b[Float.floatToRawIntBits(block[i + 1]) >>> 23]++;
            c[Float.floatToRawIntBits(block[i + 2]) >>> 23]++;
            d[Float.floatToRawIntBits(block[i + 3]) >>> 23]++;
        }
        for (int i = whole; i < size; i++) {
            a[Float.floatToRawIntBits(block[i]) >>> 23]++;
        }
        for (int i = 0; i < 512; i++) {
            a[i] += b[i] + c[i] + d[i];
            counts[i] += a[i];
        }
        if (a[0] + a[256] > 0) {
            countSmall(block, 0, size, a[0] + a[256]);
        }
        if (a[255] + a[511] > 0) {
            addCarefully(block, 0, size);
        } else {
            addFinite(block, whole);
            addCarefully(block, whole, size);
        }
    }

    private void addFinite(float[] block, int size) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double q0 = 0;
        double q1 = 0;
        double q2 = 0;
        double q3 = 0;
        double m0 = 0;
        double m1 = 0;
        float low = min;
        float high = max;
        // Squares about a number of the block: a spread that is small beside the mean survives.
        double pivot = size > 0 ? block[0] : 0;
        for (int i = 0; i < size; i += 4) {
            float v0 = block[i];
            float v1 = block[i + 1];
            float v2 = block[i + 2];
            float v3 = block[i + 3];
            double d0 = v0 - pivot;
            double d1 = v1 - pivot;
            double d2 = v2 - pivot;
            double d3 = v3 - pivot;
            s0 += d0;
            s1 += d1;
            s2 += d2;
            s3 += d3;
            q0 += d0 * d0;
            q1 += d1 * d1;
            q2 += d2 * d2;
            q3 += d3 * d3;
            m0 += (double) Math.abs(v0) + Math.abs(v1);
            m1 += (double) Math.abs(v2) + Math.abs(v3);
            if (v0 < low || v1 < low || v2 < low || v3 < low) {
                low = Math.min(low, Math.min(Math.min(v0, v1), Math.min(v2, v3)));
            }
            if (v0 > high || v1 > high || v2 > high || v3 > high) {
                high = Math.max(high, Math.max(Math.max(v0, v1), Math.max(v2, v3)));
            }
        }
        min = low;
        max = high;
        double sum = s0 + s1 + s2 + s3;
        double squares = q0 + q1 + q2 + q3;
        if (size > 0) {
            join(size, sum + size * pivot, Math.max(0, squares - sum * sum / size), m0 + m1);
        }
    }
}
