package dev.auscult.data.learn;

/** Probabilities of classes from their scores; of two classes one score is enough, that of the second over the first. */
public final class Softmax {
    private Softmax() {}

    /**
     * The probabilities.
     *
     * @param scores one of each class, or one for two
     * @param classes how many
     * @param temperature what the scores are divided by
     */
    public static double[] of(double[] scores, int classes, double temperature) {
        double[] p = new double[classes];
        if (scores.length == 1) {
            double z = scores[0] / temperature;
            p[1] = 1 / (1 + Math.exp(-z));
            p[0] = 1 / (1 + Math.exp(z));
            return p;
        }
        double most = most(scores);
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            p[k] = Math.exp((scores[k] - most) / temperature);
            sum += p[k];
        }
        for (int k = 0; k < classes; k++) {
            p[k] /= sum;
        }
        return p;
    }

    /** The logarithm of the probability of one class. */
    public static double logProbability(double[] scores, int classes, double temperature, int wanted) {
        if (scores.length == 1) {
            double z = (wanted == 1 ? scores[0] : -scores[0]) / temperature;
            return z > 0 ? -Math.log1p(Math.exp(-z)) : z - Math.log1p(Math.exp(z));
        }
        double most = most(scores);
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            sum += Math.exp((scores[k] - most) / temperature);
        }
        return (scores[wanted] - most) / temperature - Math.log(sum);
    }

    private static double most(double[] scores) {
        double most = scores[0];
        for (double score : scores) {
            most = Math.max(most, score);
        }
        return most;
    }
}
