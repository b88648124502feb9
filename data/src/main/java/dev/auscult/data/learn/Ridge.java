package dev.auscult.data.learn;

/** Linear regression with a penalty on the squares of the weights (not of the constant), solved by Cholesky's factors. */
public final class Ridge {
    /** The constant last [width + 1]. */
    private final double[] weights;

    private Ridge(double[] weights) {
        this.weights = weights;
    }

    /**
     * Learns numbers.
     *
     * @param target the number of each row
     * @param rows those to learn from
     * @param penalty times the squared weights is added to the sum of squared errors; above 0
     */
    public static Ridge of(LinearInputs inputs, double[] target, int[] rows, double penalty) {
        int width = inputs.width();
        int size = width + 1;
        double[][] a = new double[size][size];
        double[] b = new double[size];
        for (int row : rows) {
            double[] x = inputs.row(row);
            for (int i = 0; i < width; i++) {
                for (int j = 0; j <= i; j++) {
                    a[i][j] += x[i] * x[j];
                }
                a[width][i] += x[i];
                b[i] += x[i] * target[row];
            }
            a[width][width]++;
            b[width] += target[row];
        }
        for (int i = 0; i < width; i++) {
            a[i][i] += penalty;
        }
        return new Ridge(solved(a, b));
    }

    /** The solution of a x = b; {@code a} is symmetric, positive, and overwritten. */
    private static double[] solved(double[][] a, double[] b) {
        int n = b.length;
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / a[j][j];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= a[i][k] * x[k];
            }
            x[i] /= a[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= a[k][i] * x[k];
            }
            x[i] /= a[i][i];
        }
        return x;
    }

    /** The number predicted of a row. */
    public double predict(LinearInputs inputs, int row) {
        double[] x = inputs.row(row);
        double sum = weights[x.length];
        for (int i = 0; i < x.length; i++) {
            sum += weights[i] * x[i];
        }
        return sum;
    }

    /** The constant last [width + 1]. */
    double[] weights() {
        return weights.clone();
    }
}
