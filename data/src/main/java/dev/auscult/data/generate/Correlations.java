package dev.auscult.data.generate;

import java.util.List;

/** Correlations of normal numbers that are known by scores, as a matrix that can be drawn from. */
final class Correlations {
    /** What is estimated as more is no more than nearly certain. */
    private static final double MOST = 0.99;
    /** So much of the identity is in every matrix. */
    private static final double LEAST_SHRINKAGE = 1e-6;

    private static final int BISECTIONS = 12;

    private Correlations() {}

    /**
     * The lower triangular root of the correlations (Cholesky).
     *
     * @param scores of each column, with mean 0 [columns][rows]
     */
    static double[][] root(List<double[]> scores, int rows) {
        double[][] correlations = of(scores, rows);
        double shrinkage = Math.max(LEAST_SHRINKAGE, noise(correlations, rows));
        double[][] root = cholesky(correlations, shrinkage);
        if (root.length > 0) {
            return root;
        }
        // The least shrinkage that makes the matrix positive definite.
        double low = shrinkage;
        double high = 1;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (cholesky(correlations, middle).length > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return cholesky(correlations, high);
    }

    /** The correlations behind the scores; 0 beside a column that does not change. */
    static double[][] of(List<double[]> scores, int rows) {
        int size = scores.size();
        double[] variances = new double[size];
        for (int i = 0; i < size; i++) {
            variances[i] = product(scores.get(i), scores.get(i)) / rows;
        }
        double[][] correlations = new double[size][size];
        for (int i = 0; i < size; i++) {
            correlations[i][i] = 1;
            for (int j = 0; j < i; j++) {
                double both = variances[i] * variances[j];
                double value = both > 0 ? product(scores.get(i), scores.get(j)) / rows / both : 0;
                correlations[i][j] = Math.max(-MOST, Math.min(MOST, value));
                correlations[j][i] = correlations[i][j];
            }
        }
        return correlations;
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** λ = Σ Var(r) / Σ r² over all pairs, with Var(r) = (1 − r²)²/(n − 1) (Schäfer and Strimmer 2005, equation 8). */
    private static double noise(double[][] correlations, int rows) {
        double variance = 0;
        double squares = 0;
        for (int i = 0; i < correlations.length; i++) {
            for (int j = 0; j < i; j++) {
                double square = correlations[i][j] * correlations[i][j];
                variance += (1 - square) * (1 - square) / Math.max(1, rows - 1);
                squares += square;
            }
        }
        return squares > 0 ? Math.min(1, variance / squares) : 0;
    }

    /** L with L·Lᵀ = (1 − λ)·R + λ·I; empty where that is not positive definite. */
    private static double[][] cholesky(double[][] matrix, double shrinkage) {
        int size = matrix.length;
        double[][] root = new double[size][];
        for (int i = 0; i < size; i++) {
            root[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? 1 : (1 - shrinkage) * matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= root[i][k] * root[j][k];
                }
                if (i == j) {
                    if (sum <= 1e-12) {
                        return new double[0][];
                    }
                    root[i][i] = Math.sqrt(sum);
                } else {
                    root[i][j] = sum / root[j][j];
                }
            }
        }
        return root;
    }
}
