package dev.auscult.train.metric;

import java.util.Arrays;

/** Scores of the positive and the negative examples of one class or label, kept for curves over all thresholds. */
final class Scores {
    private double[] positives = new double[64];
    private double[] negatives = new double[64];
    private int positiveCount;
    private int negativeCount;
    private boolean sorted;

    void add(double score, boolean positive) {
        sorted = false;
        if (positive) {
            positives = roomFor(positives, positiveCount);
            positives[positiveCount++] = score;
        } else {
            negatives = roomFor(negatives, negativeCount);
            negatives[negativeCount++] = score;
        }
    }

    private static double[] roomFor(double[] scores, int count) {
        return count < scores.length ? scores : Arrays.copyOf(scores, Math.addExact(count, count));
    }

    void reset() {
        positiveCount = 0;
        negativeCount = 0;
    }

    /** Probability that a positive scores higher than a negative, ties counting half; NaN if either is missing. */
    double rocArea() {
        if (positiveCount == 0 || negativeCount == 0) {
            return Double.NaN;
        }
        sort();
        long wins = 0;
        long ties = 0;
        int below = 0;
        int upTo = 0;
        for (int p = 0; p < positiveCount; p++) {
            double score = positives[p];
            while (below < negativeCount && negatives[below] < score) {
                below++;
            }
            upTo = Math.max(upTo, below);
            while (upTo < negativeCount && negatives[upTo] == score) {
                upTo++;
            }
            wins += below;
            ties += upTo - below;
        }
        return (wins + 0.5 * ties) / ((double) positiveCount * negativeCount);
    }

    /**
     * Average precision Σ (R_n − R_{n−1})·P_n over the distinct scores from the highest down, without interpolation, as
     * scikit-learn's {@code average_precision_score}; NaN if there is no positive.
     */
    double averagePrecision() {
        if (positiveCount == 0) {
            return Double.NaN;
        }
        sort();
        double area = 0;
        int p = positiveCount;
        int n = negativeCount;
        while (p > 0) {
            double threshold = positives[p - 1];
            int before = p;
            while (p > 0 && positives[p - 1] == threshold) {
                p--;
            }
            while (n > 0 && negatives[n - 1] >= threshold) {
                n--;
            }
            int found = positiveCount - p;
            int retrieved = found + negativeCount - n;
            area += (double) (before - p) / positiveCount * found / retrieved;
        }
        return area;
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(positives, 0, positiveCount);
            Arrays.sort(negatives, 0, negativeCount);
            sorted = true;
        }
    }
}
