package dev.auscult.intake.examples;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Labelled points.
 *
 * @param x features [samples][features]
 * @param y classes [samples]
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Data(float[][] x, int[] y) {
    /**
     * Clouds of points around one centre per class.
     *
     * @param centres centres [classes][features]
     * @param spread standard deviation of a cloud
     * @param wrong share 0..1 of labels drawn at random
     */
    static Data clouds(Random random, int samples, double[][] centres, double spread, double wrong) {
        float[][] x = new float[samples][centres[0].length];
        int[] y = new int[samples];
        for (int s = 0; s < samples; s++) {
            int label = s % centres.length;
            for (int f = 0; f < x[s].length; f++) {
                x[s][f] = (float) (centres[label][f] + spread * random.nextGaussian());
            }
            y[s] = random.nextDouble() < wrong ? random.nextInt(centres.length) : label;
        }
        return new Data(x, y);
    }

    /** Two classes of which the second one is rare, {@code apart} standard deviations from the first in every feature. */
    static Data imbalanced(Random random, int samples, int features, double rare, double apart) {
        float[][] x = new float[samples][features];
        int[] y = new int[samples];
        for (int s = 0; s < samples; s++) {
            y[s] = random.nextDouble() < rare ? 1 : 0;
            for (int f = 0; f < features; f++) {
                x[s][f] = (float) (random.nextGaussian() + apart * y[s]);
            }
        }
        return new Data(x, y);
    }

    /** The same points with one more feature: the label as -1 or 1, and noise. */
    Data withFeatureOfLabel(Random random, double noise) {
        float[][] wider = new float[x.length][];
        for (int s = 0; s < x.length; s++) {
            wider[s] = Arrays.copyOf(x[s], x[s].length + 1);
            wider[s][x[s].length] = (float) (4 * (2 * y[s] - 1 + noise * random.nextGaussian()));
        }
        return new Data(wider, y);
    }

    /** The same points in another unit. */
    Data scaled(float factor) {
        float[][] scaled = new float[x.length][];
        for (int s = 0; s < x.length; s++) {
            scaled[s] = x[s].clone();
            for (int f = 0; f < scaled[s].length; f++) {
                scaled[s][f] *= factor;
            }
        }
        return new Data(scaled, y);
    }

    /** Indices of a batch, drawn with replacement; all of them if it is as large as the data. */
    int[] batch(Random random, int size) {
        if (size == y.length) {
            return IntStream.range(0, size).toArray();
        }
        int[] batch = new int[size];
        for (int i = 0; i < size; i++) {
            batch[i] = random.nextInt(y.length);
        }
        return batch;
    }

    static double[][] centres(Random random, int classes, int features) {
        double[][] centres = new double[classes][features];
        for (double[] centre : centres) {
            for (int f = 0; f < features; f++) {
                centre[f] = random.nextGaussian();
            }
        }
        return centres;
    }

    static int argMax(double[] p) {
        int best = 0;
        for (int k = 1; k < p.length; k++) {
            if (p[k] > p[best]) {
                best = k;
            }
        }
        return best;
    }
}
