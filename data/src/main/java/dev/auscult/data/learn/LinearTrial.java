package dev.auscult.data.learn;

import java.util.Arrays;

/** Scores of a linear model (ridge or logistic regression) by repeated cross-validation, the folds the same in every trial. */
public final class LinearTrial {
    static final int FOLDS = 5;
    private static final int REPEATS = 3;
    private static final double PENALTY = 1;

    private final Outcome outcome;
    private final Folds[] folds;
    private final double guessing;

    /**
     * Trials of one outcome.
     *
     * @param seed of the folds
     */
    public LinearTrial(Outcome outcome, long seed) {
        this.outcome = outcome;
        this.folds = new Folds[REPEATS];
        for (int r = 0; r < REPEATS; r++) {
            folds[r] = outcome.folds(FOLDS, seed + r);
        }
        this.guessing = outcome.lossOfGuessing();
    }

    /** The mean loss on each fold that was left out, as a share of the loss of guessing [folds]. */
    public double[] losses(FeatureMatrix inputs) {
        double[] losses = new double[FOLDS * REPEATS];
        for (int r = 0; r < REPEATS; r++) {
            for (int f = 0; f < FOLDS; f++) {
                int[] held = folds[r].rows(f);
                double[][] scores = scores(inputs, folds[r].others(f), held);
                double sum = 0;
                for (int i = 0; i < held.length; i++) {
                    sum += outcome.loss(scores[i], held[i]);
                }
                losses[r * FOLDS + f] = sum / held.length / guessing;
            }
        }
        return losses;
    }

    /**
     * What a model leaves open of rows that it did not learn from: the number less its prediction, or 1 for the class of the row
     * less the probabilities [outputs][rows].
     */
    double[][] residuals(FeatureMatrix inputs) {
        int outputs = outcome.isClasses() ? outcome.classes() : 1;
        double[][] residuals = new double[outputs][outcome.rows()];
        for (int f = 0; f < FOLDS; f++) {
            int[] held = folds[0].rows(f);
            double[][] scores = scores(inputs, folds[0].others(f), held);
            for (int i = 0; i < held.length; i++) {
                double[] said = outcome.isClasses() ? Softmax.of(scores[i], outcome.classes(), 1) : scores[i];
                for (int k = 0; k < outputs; k++) {
                    double is =
                            outcome.isClasses() ? (outcome.labels()[held[i]] == k ? 1 : 0) : outcome.numbers()[held[i]];
                    residuals[k][held[i]] = is - said[k];
                }
            }
        }
        return residuals;
    }

    private double[][] scores(FeatureMatrix inputs, int[] learned, int[] judged) {
        LinearInputs scaled = LinearInputs.of(inputs, learned);
        double[][] scores = new double[judged.length][];
        if (outcome.isClasses()) {
            Logistic model = Logistic.of(scaled, outcome.labels(), outcome.classes(), learned, PENALTY);
            for (int i = 0; i < judged.length; i++) {
                scores[i] = new double[model.scoreCount()];
                model.scores(scaled, judged[i], scores[i]);
            }
        } else {
            Ridge model = Ridge.of(scaled, outcome.numbers(), learned, PENALTY);
            for (int i = 0; i < judged.length; i++) {
                scores[i] = new double[] {model.predict(scaled, judged[i])};
            }
        }
        return scores;
    }

    /**
     * The chance of a mean difference as large as this one or larger where there is none: the t-test of repeated cross-validation,
     * with 1/J + test rows / training rows in the place of 1/J, since the folds share their training rows (Nadeau and Bengio 2003).
     *
     * @param differences of the folds, J in all, above 0 for a gain
     * @param folds of one repeat, so that there are 1 / (folds − 1) as many test rows as training rows
     */
    static double chance(double[] differences, int folds) {
        int count = differences.length;
        double mean = Arrays.stream(differences).average().orElse(0);
        double variance =
                Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum() / (count - 1);
        if (mean <= 0) {
            return 1;
        }
        return variance == 0
                ? 0
                : Tails.student(mean / Math.sqrt((1.0 / count + 1.0 / (folds - 1)) * variance), count - 1.0);
    }

    /** The same for trials made here. */
    public static double chance(double[] before, double[] after) {
        double[] differences = new double[before.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = before[i] - after[i];
        }
        return chance(differences, FOLDS);
    }
}
