package dev.auscult.data.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import dev.auscult.data.learn.Bins;
import dev.auscult.data.learn.BoostedTrees;
import dev.auscult.data.learn.FeatureMatrix;
import dev.auscult.data.learn.Folds;
import dev.auscult.data.learn.LinearInputs;
import dev.auscult.data.learn.Logistic;
import dev.auscult.data.learn.Ridge;

/**
 * What made rows are worth: small models learn from real rows, and from rows that are made of the same real rows, and are
 * tested on real rows that neither saw (train on synthetic, test on real: Esteban, Hyland and Rätsch 2017).
 *
 * @param model the one of the models that is better on real rows, for people: {@code boosted trees}
 * @param real accuracy, or R² of numbers, of the one that learned from real rows
 * @param made the same of the one that learned from made rows
 * @param rows real rows tested on
 * @param numbers whether numbers are predicted
 */
public record RowTrial(String model, double real, double made, int rows, boolean numbers) {
    /** Of fewer rows none can be held back to tell anything. */
    public static final int FEWEST = 20;

    private static final int FOLDS = 3;
    private static final int MOST_ROWS = 4_000;
    private static final int MOST_OUTPUTS = 8;
    private static final double PENALTY = 1;

    /**
     * Tries a way to make rows.
     *
     * @param outputs numbers to predict behind the inputs of each row; 0 where classes are predicted
     */
    public static RowTrial of(RowMaker maker, PreparedRows all, int outputs, long seed) {
        PreparedRows rows = all.size() <= MOST_ROWS
                ? all
                : all.pick(IntStream.range(0, MOST_ROWS)
                        .map(i -> (int) ((long) i * all.size() / MOST_ROWS))
                        .toArray());
        Folds folds = Folds.stratified(rows.labels(), FOLDS, seed);
        Tally trees = new Tally();
        Tally linear = new Tally();
        for (int fold = 0; fold < folds.count(); fold++) {
            PreparedRows learned = rows.pick(folds.others(fold));
            PreparedRows held = rows.pick(folds.rows(fold));
            PreparedRows made = like(maker, learned, seed + fold);
            Models models = new Models(learned, made, held, outputs, seed + fold);
            models.trees(trees);
            models.linear(linear);
        }
        boolean byTrees = trees.score(true, outputs) >= linear.score(true, outputs);
        Tally best = byTrees ? trees : linear;
        String name = byTrees ? "boosted trees" : outputs == 0 ? "logistic regressions" : "ridge regressions";
        return new RowTrial(name, best.score(true, outputs), best.score(false, outputs), rows.size(), outputs > 0);
    }

    /** As many rows of each class as there are, made of them; a class of one row stays as it is. */
    private static PreparedRows like(RowMaker maker, PreparedRows rows, long seed) {
        int[] counts = rows.counts();
        float[] values = new float[rows.values().length];
        int[] labels = new int[rows.size()];
        int at = 0;
        try (RowSource source = maker.learn(rows, seed)) {
            for (int label = 0; label < counts.length; label++) {
                for (int i = 0; i < counts[label]; i++) {
                    if (counts[label] > 1) {
                        source.draw(label, values, at * rows.width());
                    } else {
                        System.arraycopy(
                                rows.values(),
                                rows.of(label)[0] * rows.width(),
                                values,
                                at * rows.width(),
                                rows.width());
                    }
                    labels[at++] = label;
                }
            }
        }
        return new PreparedRows(values, rows.width(), rows.features(), labels, rows.classes());
    }

    /** Whether made rows are good enough. */
    public boolean passes(double tolerance) {
        return made >= real - tolerance;
    }

    /** For people. */
    public String sentence() {
        return numbers
                ? String.format(
                        Locale.ROOT,
                        "%s, trained on made rows, reach an R² of %.3f on %,d real rows that they did not see, and %.3f trained"
                                + " on real ones",
                        model,
                        made,
                        rows,
                        real)
                : String.format(
                        Locale.ROOT,
                        "%s, trained on made rows, tell the class of %.1f %% of %,d real rows that they did not see, and of"
                                + " %.1f %% trained on real ones",
                        model,
                        100 * made,
                        rows,
                        100 * real);
    }

    /** What the models of one kind said over the folds. */
    private static final class Tally {
        /** By whether it was learned from real rows: right ones, or squared errors. */
        private final double[] sum = new double[2];
        /** Rows, or squared distances to the mean. */
        private double all;

        void add(boolean real, double amount) {
            sum[real ? 0 : 1] += amount;
        }

        double score(boolean real, int outputs) {
            double share = all > 0 ? sum[real ? 0 : 1] / all : 0;
            return outputs == 0 ? share : 1 - share;
        }
    }

    /** The models of one fold, on real, made and held rows one after the other in one matrix. */
    private static final class Models {
        private final FeatureMatrix matrix;
        private final int[] labels;
        private final double[][] targets;
        private final int classes;
        private final int[] real;
        private final int[] made;
        private final int[] held;
        private final long seed;

        Models(PreparedRows learned, PreparedRows made, PreparedRows held, int outputs, long seed) {
            List<PreparedRows> parts = List.of(learned, made, held);
            int size = learned.size() + made.size() + held.size();
            int inputs = learned.width() - outputs;
            double[][] columns = new double[inputs][size];
            this.targets = new double[Math.min(outputs, MOST_OUTPUTS)][size];
            this.labels = new int[size];
            int at = 0;
            for (PreparedRows part : parts) {
                for (int i = 0; i < part.size(); i++, at++) {
                    for (int c = 0; c < inputs; c++) {
                        columns[c][at] = part.values()[i * part.width() + c];
                    }
                    for (int o = 0; o < targets.length; o++) {
                        targets[o][at] = part.values()[i * part.width() + inputs + o];
                    }
                    labels[at] = part.labels()[i];
                }
            }
            List<String> names = new ArrayList<>();
            for (int c = 0; c < inputs; c++) {
                names.add("input " + c);
            }
            this.matrix = new FeatureMatrix(names, columns, size);
            this.classes = learned.classes();
            this.real = IntStream.range(0, learned.size()).toArray();
            this.made = IntStream.range(learned.size(), learned.size() + made.size())
                    .toArray();
            this.held = IntStream.range(learned.size() + made.size(), size).toArray();
            this.seed = seed;
        }

        void trees(Tally tally) {
            Bins bins = Bins.of(matrix);
            if (targets.length == 0) {
                for (boolean isReal : new boolean[] {true, false}) {
                    BoostedTrees model = BoostedTrees.ofClasses(
                            bins, labels, classes, isReal ? real : made, BoostedTrees.Settings.USUAL, seed);
                    double[] scores = new double[model.scoreCount()];
                    for (int row : held) {
                        model.scores(bins, row, scores);
                        tally.add(isReal, best(scores) == labels[row] ? 1 : 0);
                    }
                }
                tally.all += held.length;
                return;
            }
            for (double[] target : targets) {
                for (boolean isReal : new boolean[] {true, false}) {
                    BoostedTrees model = BoostedTrees.ofNumbers(
                            bins, target, isReal ? real : made, BoostedTrees.Settings.USUAL, seed);
                    for (int row : held) {
                        tally.add(isReal, square(model.predict(bins, row) - target[row]));
                    }
                }
                tally.all += spread(target);
            }
        }

        void linear(Tally tally) {
            LinearInputs ofReal = LinearInputs.of(matrix, real);
            LinearInputs ofMade = LinearInputs.of(matrix, made);
            if (targets.length == 0) {
                for (boolean isReal : new boolean[] {true, false}) {
                    LinearInputs inputs = isReal ? ofReal : ofMade;
                    Logistic model = Logistic.of(inputs, labels, classes, isReal ? real : made, PENALTY);
                    double[] scores = new double[model.scoreCount()];
                    for (int row : held) {
                        model.scores(inputs, row, scores);
                        tally.add(isReal, best(scores) == labels[row] ? 1 : 0);
                    }
                }
                tally.all += held.length;
                return;
            }
            for (double[] target : targets) {
                for (boolean isReal : new boolean[] {true, false}) {
                    LinearInputs inputs = isReal ? ofReal : ofMade;
                    Ridge model = Ridge.of(inputs, target, isReal ? real : made, PENALTY);
                    for (int row : held) {
                        tally.add(isReal, square(model.predict(inputs, row) - target[row]));
                    }
                }
                tally.all += spread(target);
            }
        }

        private static int best(double[] scores) {
            if (scores.length == 1) {
                return scores[0] > 0 ? 1 : 0;
            }
            int best = 0;
            for (int k = 1; k < scores.length; k++) {
                best = scores[k] > scores[best] ? k : best;
            }
            return best;
        }

        /** Squared distances of the held rows to their mean. */
        private double spread(double[] target) {
            double mean =
                    IntStream.of(held).mapToDouble(row -> target[row]).average().orElse(0);
            return IntStream.of(held)
                    .mapToDouble(row -> square(target[row] - mean))
                    .sum();
        }

        private static double square(double x) {
            return x * x;
        }
    }
}
