package dev.auscult.train.metric;

import java.util.Arrays;

/**
 * Expected calibration error: Σ over bins of (rows in the bin/rows)·|accuracy − mean confidence|, with 15 bins of equal
 * width ((b − 1)/15, b/15] for the probability of the predicted class.
 *
 * <p>Source: Guo et al., On Calibration of Modern Neural Networks (2017), equation 3.
 */
final class Calibration implements Gatherer {
    private static final int BINS = 15;

    private double[] probabilities = {};
    private final long[] rowsOf = new long[BINS];
    private final long[] right = new long[BINS];
    private final double[] confidence = new double[BINS];

    @Override
    public void addClasses(float[] outputs, long[] classes, int rows, int columns) {
        probabilities = Rows.room(probabilities, columns);
        for (int row = 0; row < rows; row++) {
            long target = classes[row];
            if (target < 0 || target >= Rows.classes(columns)) {
                continue;
            }
            Rows.probabilities(outputs, row, columns, probabilities);
            int predicted = Rows.predicted(outputs, row, columns);
            double sure = probabilities[predicted];
            int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(sure * BINS) - 1));
            rowsOf[bin]++;
            confidence[bin] += sure;
            right[bin] += predicted == target ? 1 : 0;
        }
    }

    @Override
    public void reset() {
        Arrays.fill(rowsOf, 0);
        Arrays.fill(right, 0);
        Arrays.fill(confidence, 0);
    }

    double error() {
        double sum = 0;
        long rows = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += Math.abs(right[bin] - confidence[bin]);
            rows += rowsOf[bin];
        }
        return rows == 0 ? Double.NaN : sum / rows;
    }
}
