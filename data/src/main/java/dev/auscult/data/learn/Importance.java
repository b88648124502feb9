package dev.auscult.data.learn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What boosted trees lose on rows that they did not learn from when the values of one column are exchanged between these rows
 * (Breiman 2001, permutation importance), fold by fold, as a share of the loss of guessing.
 */
public final class Importance {
    private static final int FOLDS = 10;

    private final double[] losses;
    private final double[][] raised;

    private Importance(double[] losses, double[][] raised) {
        this.losses = losses;
        this.raised = raised;
    }

    /**
     * Measures each group of columns.
     *
     * @param groups for each column of the inputs the number of its group, from 0
     */
    public static Importance of(FeatureMatrix inputs, Outcome outcome, int[] groups, long seed) {
        Bins bins = Bins.of(inputs);
        Folds folds = outcome.folds(FOLDS, seed);
        int count = Arrays.stream(groups).max().orElse(-1) + 1;
        double guessing = outcome.lossOfGuessing();
        double[] losses = new double[FOLDS];
        double[][] raised = new double[count][FOLDS];
        for (int f = 0; f < FOLDS; f++) {
            int[] held = folds.rows(f);
            BoostedTrees trees = trees(bins, outcome, folds.others(f), seed + f);
            double[] scores = new double[trees.scoreCount()];
            for (int row : held) {
                trees.scores(bins, row, scores);
                losses[f] += outcome.loss(scores, row) / held.length / guessing;
            }
            for (int g = 0; g < count; g++) {
                int[] others = new SplitMix(seed + f).shuffled(held);
                double loss = 0;
                for (int i = 0; i < held.length; i++) {
                    trees.scores(bins, held[i], groups, g, others[i], scores);
                    loss += outcome.loss(scores, held[i]) / held.length / guessing;
                }
                raised[g][f] = loss - losses[f];
            }
        }
        return new Importance(losses, raised);
    }

    private static BoostedTrees trees(Bins bins, Outcome outcome, int[] rows, long seed) {
        return outcome.isClasses()
                ? BoostedTrees.ofClasses(
                        bins, outcome.labels(), outcome.classes(), rows, BoostedTrees.Settings.USUAL, seed)
                : BoostedTrees.ofNumbers(bins, outcome.numbers(), rows, BoostedTrees.Settings.USUAL, seed);
    }

    /** The loss of trees that see only some columns, fold by fold [folds]. */
    public static double[] lossesOf(FeatureMatrix inputs, Outcome outcome, List<Integer> columns, long seed) {
        Bins bins = Bins.of(inputs.columns(columns));
        Folds folds = outcome.folds(FOLDS, seed);
        double guessing = outcome.lossOfGuessing();
        double[] losses = new double[FOLDS];
        for (int f = 0; f < FOLDS; f++) {
            int[] held = folds.rows(f);
            BoostedTrees trees = trees(bins, outcome, folds.others(f), seed + f);
            double[] scores = new double[trees.scoreCount()];
            for (int row : held) {
                trees.scores(bins, row, scores);
                losses[f] += outcome.loss(scores, row) / held.length / guessing;
            }
        }
        return losses;
    }

    /** The mean loss with all columns as they are, as a share of the loss of guessing. */
    public double loss() {
        return Arrays.stream(losses).average().orElse(1);
    }

    /** The loss with all columns as they are, fold by fold [folds]. */
    public double[] losses() {
        return losses.clone();
    }

    /** What is lost without the values of a group. */
    public double of(int group) {
        return Arrays.stream(raised[group]).average().orElse(0);
    }

    /**
     * The chance that so little or less is lost without a group whose values are worth {@code most}, by the t-test for repeated
     * cross-validation.
     */
    public double chanceOfMore(int group, double most) {
        return LinearTrial.chance(
                Arrays.stream(raised[group]).map(r -> most - r).toArray(), FOLDS);
    }

    /** The chance that trees without some columns are so little worse, or better, where they are worse by {@code most}. */
    public double chanceOfLoss(double[] without, double most) {
        return LinearTrial.chance(
                IntStream.range(0, FOLDS)
                        .mapToDouble(f -> most - (without[f] - losses[f]))
                        .toArray(),
                FOLDS);
    }
}
