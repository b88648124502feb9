package dev.auscult.data.generate;

import java.util.Arrays;

/** How near made rows are to real ones: equal ones are copies, which tell a network nothing and others too much. */
public final class Likeness {
    private static final int MOST_REAL = 2_000;
    private static final int MOST_MADE = 500;

    private final float[] real;
    private final int width;
    private final int inputs;
    private final long[] hashes;

    /**
     * The real rows.
     *
     * @param values [rows × width]
     * @param width numbers of a row
     * @param inputs the first so many of them are compared
     */
    public Likeness(float[] values, int width, int inputs) {
        this.real = values;
        this.width = width;
        this.inputs = inputs;
        this.hashes = new long[values.length / width];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = hash(values, i * width);
        }
        Arrays.sort(hashes);
    }

    /** Whether a row equals a real one; one time in 2⁶⁴ for each real row it seems so by chance. */
    public boolean isCopy(float[] values, int offset) {
        return Arrays.binarySearch(hashes, hash(values, offset)) >= 0;
    }

    private long hash(float[] values, int offset) {
        long hash = 0;
        for (int i = 0; i < inputs; i++) {
            // Zero and minus zero are one number.
            long bits = Float.floatToIntBits(values[offset + i] + 0.0f);
            hash = (hash ^ bits) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /** Median Euclidean distance of made rows to the nearest real row, of up to 500 among up to 2,000. */
    public double toReal(float[] made) {
        return median(made, MOST_MADE, false);
    }

    /** Median distance of real rows to the nearest other one. */
    public double amongReal() {
        return median(real, MOST_MADE, true);
    }

    private double median(float[] rows, int most, boolean others) {
        int size = rows.length / width;
        int looked = Math.min(size, most);
        int among = Math.min(hashes.length, MOST_REAL);
        double[] nearest = new double[looked];
        for (int i = 0; i < looked; i++) {
            int row = (int) ((long) i * size / looked);
            double best = Double.POSITIVE_INFINITY;
            for (int j = 0; j < among; j++) {
                int other = (int) ((long) j * hashes.length / among);
                if (!others || other != row) {
                    best = Math.min(best, distance(rows, row * width, other * width, best));
                }
            }
            nearest[i] = Math.sqrt(best);
        }
        Arrays.sort(nearest);
        return looked == 0 ? Double.NaN : nearest[looked / 2];
    }

    /** The squared distance, or something above {@code enough}. */
    private double distance(float[] rows, int row, int other, double enough) {
        double sum = 0;
        for (int i = 0; i < inputs && sum < enough; i++) {
            double difference = (double) rows[row + i] - real[other + i];
            sum += difference * difference;
        }
        return sum;
    }
}
