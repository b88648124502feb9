package dev.auscult.data.checkup;

import dev.auscult.data.learn.BagOfWords;
import dev.auscult.data.learn.Bins;
import dev.auscult.data.learn.BoostedTrees;
import dev.auscult.data.learn.FeatureMatrix;
import dev.auscult.data.learn.Folds;
import dev.auscult.data.learn.LinearInputs;
import dev.auscult.data.learn.Logistic;
import dev.auscult.data.learn.Softmax;
import dev.auscult.data.learn.TextModel;
import dev.auscult.data.profile.Progress;

/**
 * What models say of rows that they did not learn from, by cross-validation. Probabilities are calibrated by one temperature
 * (Guo and others 2017) that makes the labels most probable: without it models that fit their rows too well are too sure.
 */
public final class OutOfSample {
    /** Folds where nobody says otherwise. */
    public static final int FOLDS = 5;

    private OutOfSample() {}

    /**
     * The probability of each class for each row, of boosted trees.
     *
     * @param labels the class of each row, from 0
     * @param classes how many there are
     * @return [rows][classes]
     */
    public static float[][] probabilities(
            FeatureMatrix inputs, int[] labels, int classes, long seed, Progress progress) {
        Bins bins = Bins.of(inputs);
        Folds folds = Folds.stratified(labels, FOLDS, seed);
        double[][] scores = new double[labels.length][];
        for (int f = 0; f < folds.count(); f++) {
            progress.at("trees, fold " + (f + 1) + " of " + folds.count(), (double) f / folds.count());
            BoostedTrees trees = BoostedTrees.ofClasses(
                    bins, labels, classes, folds.others(f), BoostedTrees.Settings.USUAL, seed + f);
            for (int row : folds.rows(f)) {
                scores[row] = new double[trees.scoreCount()];
                trees.scores(bins, row, scores[row]);
            }
        }
        return calibrated(scores, labels, classes);
    }

    /**
     * The probability of each class for each row, of logistic regression.
     *
     * @param labels the class of each row, from 0
     * @param classes how many there are
     * @param penalty on the squared weights
     * @return [rows][classes]
     */
    public static float[][] linear(
            FeatureMatrix inputs, int[] labels, int classes, double penalty, long seed, Progress progress) {
        Folds folds = Folds.stratified(labels, FOLDS, seed);
        double[][] scores = new double[labels.length][];
        for (int f = 0; f < folds.count(); f++) {
            progress.at("logistic regression, fold " + (f + 1) + " of " + folds.count(), (double) f / folds.count());
            int[] others = folds.others(f);
            LinearInputs scaled = LinearInputs.of(inputs, others);
            Logistic model = Logistic.of(scaled, labels, classes, others, penalty);
            for (int row : folds.rows(f)) {
                scores[row] = new double[model.scoreCount()];
                model.scores(scaled, row, scores[row]);
            }
        }
        return calibrated(scores, labels, classes);
    }

    /**
     * The probability of each class for each text, of its words.
     *
     * @param labels the class of each text, from 0
     * @param classes how many there are
     * @return [rows][classes]
     */
    public static float[][] probabilities(BagOfWords words, int[] labels, int classes, long seed, Progress progress) {
        Folds folds = Folds.stratified(labels, FOLDS, seed);
        double[][] scores = new double[labels.length][classes];
        for (int f = 0; f < folds.count(); f++) {
            progress.at("words, fold " + (f + 1) + " of " + folds.count(), (double) f / folds.count());
            TextModel model = TextModel.of(words, labels, classes, folds.others(f), seed + f);
            for (int row : folds.rows(f)) {
                model.scores(words, row, scores[row]);
            }
        }
        return calibrated(scores, labels, classes);
    }

    /**
     * The number predicted for each row, of boosted trees.
     *
     * @param target the number of each row
     * @return [rows]
     */
    public static double[] predictions(FeatureMatrix inputs, double[] target, long seed, Progress progress) {
        Bins bins = Bins.of(inputs);
        Folds folds = Folds.of(target.length, FOLDS, seed);
        double[] predicted = new double[target.length];
        for (int f = 0; f < folds.count(); f++) {
            progress.at("trees, fold " + (f + 1) + " of " + folds.count(), (double) f / folds.count());
            BoostedTrees trees =
                    BoostedTrees.ofNumbers(bins, target, folds.others(f), BoostedTrees.Settings.USUAL, seed + f);
            for (int row : folds.rows(f)) {
                predicted[row] = trees.predict(bins, row);
            }
        }
        return predicted;
    }

    /**
     * Probabilities from scores, at the temperature that makes the labels most probable.
     *
     * @param scores of each class; for two classes it may be one, that of the second over the first [rows][scores]
     * @param labels the class of each row, from 0
     * @param classes how many there are
     * @return [rows][classes]
     */
    public static float[][] calibrated(double[][] scores, int[] labels, int classes) {
        double temperature = temperature(scores, labels, classes);
        float[][] probabilities = new float[scores.length][classes];
        for (int i = 0; i < scores.length; i++) {
            double[] p = Softmax.of(scores[i], classes, temperature);
            for (int k = 0; k < classes; k++) {
                probabilities[i][k] = (float) p[k];
            }
        }
        return probabilities;
    }

    /** By golden section in its logarithm: the loss is convex in one over the temperature, so it has one lowest place. */
    static double temperature(double[][] scores, int[] labels, int classes) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = Math.log(0.1);
        double high = Math.log(20);
        double left = high - ratio * (high - low);
        double right = low + ratio * (high - low);
        double atLeft = loss(scores, labels, classes, Math.exp(left));
        double atRight = loss(scores, labels, classes, Math.exp(right));
        while (high - low > 1e-3) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - ratio * (high - low);
                atLeft = loss(scores, labels, classes, Math.exp(left));
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + ratio * (high - low);
                atRight = loss(scores, labels, classes, Math.exp(right));
            }
        }
        return Math.exp((low + high) / 2);
    }

    private static double loss(double[][] scores, int[] labels, int classes, double temperature) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum -= Softmax.logProbability(scores[i], classes, temperature, labels[i]);
        }
        return sum;
    }
}
