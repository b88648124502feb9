package dev.auscult.data.learn;

import java.util.Arrays;

/**
 * Inputs of linear models: each column less its mean over the rows to learn from, in units of its standard deviation there; what is
 * missing is the mean, and a column with missing values brings another that says where.
 */
public final class LinearInputs {
    private final int width;
    private final double[][] rows;

    private LinearInputs(int width, double[][] rows) {
        this.width = width;
        this.rows = rows;
    }

    /**
     * Scaled inputs of all rows.
     *
     * @param learned the rows that mean and deviation are of
     */
    public static LinearInputs of(FeatureMatrix inputs, int[] learned) {
        boolean[] gaps = new boolean[inputs.width()];
        for (int c = 0; c < gaps.length; c++) {
            gaps[c] = Arrays.stream(inputs.column(c)).anyMatch(v -> !Double.isFinite(v));
        }
        return scaled(inputs, learned, gaps);
    }

    /** The same, a column for each, without the columns that say where something is missing. */
    static LinearInputs withoutGaps(FeatureMatrix inputs, int[] learned) {
        return scaled(inputs, learned, new boolean[inputs.width()]);
    }

    private static LinearInputs scaled(FeatureMatrix inputs, int[] learned, boolean[] gaps) {
        int width = gaps.length;
        for (boolean gap : gaps) {
            width += gap ? 1 : 0;
        }
        double[][] rows = new double[inputs.rows()][width];
        int at = 0;
        for (int c = 0; c < gaps.length; c++) {
            double[] column = inputs.column(c);
            fill(rows, at++, column, learned);
            if (gaps[c]) {
                fill(
                        rows,
                        at++,
                        Arrays.stream(column)
                                .map(v -> Double.isFinite(v) ? 0 : 1)
                                .toArray(),
                        learned);
            }
        }
        return new LinearInputs(width, rows);
    }

    private static void fill(double[][] rows, int at, double[] column, int[] learned) {
        double sum = 0;
        int count = 0;
        for (int row : learned) {
            if (Double.isFinite(column[row])) {
                sum += column[row];
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        double squares = 0;
        for (int row : learned) {
            if (Double.isFinite(column[row])) {
                squares += (column[row] - mean) * (column[row] - mean);
            }
        }
        double deviation = Math.sqrt(squares / Math.max(1, count));
        // A column that does not change says nothing, also where rounding makes it seem to.
        boolean constant = deviation <= 1e-12 * Math.abs(mean) || !(deviation > 0) || Double.isInfinite(deviation);
        for (int i = 0; i < column.length; i++) {
            rows[i][at] = constant || !Double.isFinite(column[i]) ? 0 : (column[i] - mean) / deviation;
        }
    }

    public int width() {
        return width;
    }

    public int rows() {
        return rows.length;
    }

    double[] row(int row) {
        return rows[row];
    }
}
