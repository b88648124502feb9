package dev.auscult.app.live;

import java.util.Arrays;

/** The course of one number, kept in a fixed number of cells however long it grows, and drawn as one line. */
final class Trace {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final String PLAIN = "_.-~=+*#";
    private static final int CELLS = 128;

    private final double[] sums = new double[CELLS];
    private final int[] counts = new int[CELLS];
    private int used;
    private int perCell = 1;

    /** Adds the next value; one that is not finite is kept as such. */
    void add(double value) {
        if (used == 0 || counts[used - 1] >= perCell) {
            if (used == CELLS) {
                halve();
            }
            used++;
        }
        sums[used - 1] += value;
        counts[used - 1]++;
    }

    /** Joins neighbours, so that the next values find room. */
    private void halve() {
        for (int i = 0; i < CELLS / 2; i++) {
            sums[i] = sums[2 * i] + sums[2 * i + 1];
            counts[i] = counts[2 * i] + counts[2 * i + 1];
        }
        Arrays.fill(sums, CELLS / 2, CELLS, 0);
        Arrays.fill(counts, CELLS / 2, CELLS, 0);
        used = CELLS / 2;
        perCell *= 2;
    }

    /** One character per column; fewer where there are fewer values. */
    String draw(int columns, boolean unicode) {
        int width = Math.min(columns, used);
        double[] means = new double[Math.max(0, width)];
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < width; c++) {
            int from = (int) ((long) c * used / width);
            int to = (int) ((long) (c + 1) * used / width);
            double sum = 0;
            int count = 0;
            for (int i = from; i < to; i++) {
                sum += sums[i];
                count += counts[i];
            }
            means[c] = sum / count;
            if (Double.isFinite(means[c])) {
                low = Math.min(low, means[c]);
                high = Math.max(high, means[c]);
            }
        }
        String levels = unicode ? BLOCKS : PLAIN;
        StringBuilder line = new StringBuilder(width);
        for (double mean : means) {
            if (!Double.isFinite(mean)) {
                line.append(unicode ? '×' : 'x');
            } else {
                double share = high > low ? (mean - low) / (high - low) : 0;
                line.append(levels.charAt((int) Math.round(share * (levels.length() - 1))));
            }
        }
        return line.toString();
    }
}
