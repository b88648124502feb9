package dev.auscult.data.labels;

import java.util.Random;

/** Examples of known classes, some with another label, and probabilities of a model that is mostly right. */
final class NoisyData {
    final int[] truth;
    final int[] given;
    final double[][] p;

    /** Examples of the first {@code present} of {@code classes} classes. */
    NoisyData(int examples, int classes, int present, double noise, long seed) {
        Random random = new Random(seed);
        truth = new int[examples];
        given = new int[examples];
        p = new double[examples][classes];
        for (int i = 0; i < examples; i++) {
            truth[i] = random.nextInt(present);
            given[i] = random.nextDouble() < noise ? random.nextInt(present) : truth[i];
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                double score = random.nextGaussian() + (k == truth[i] ? 3 : 0);
                p[i][k] = Math.exp(score);
                sum += p[i][k];
            }
            for (int k = 0; k < classes; k++) {
                p[i][k] /= sum;
            }
        }
    }

    static double[] flat(double[][] rows) {
        double[] flat = new double[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        }
        return flat;
    }

    Probabilities probabilities() {
        return Probabilities.of(flat(p), p[0].length);
    }
}
