package dev.auscult.data.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gradient-boosted trees on binned inputs, for classes by softmax and for numbers by squared error (Friedman 2001). The same
 * rows and seed give the same bits.
 */
public final class BoostedTrees {
    /** Where rows are held back, this share of them. */
    private static final double HELD_BACK = 0.15;
    /** With fewer rows to learn from, none are held back: what so few would say of the best number of rounds is chance. */
    private static final int ROWS_TO_HOLD_BACK = 200;
    /** Rounds without a better loss on the rows held back, until it stops. */
    private static final int PATIENCE = 8;
    /** Of more columns than this each tree sees some, drawn anew. */
    private static final int MANY_COLUMNS = 100;

    private final int classes;
    private final double[] base;
    /** Of each round the trees of its scores, one after the other. */
    private final List<Tree> trees = new ArrayList<>();

    private BoostedTrees(int classes, double[] base) {
        this.classes = classes;
        this.base = base;
    }

    /**
     * How trees are grown.
     *
     * @param rounds at most; with enough rows to hold some back, fewer where more do not help
     * @param depth of a tree, its leaves not counted
     * @param learningRate what each tree counts for
     * @param leastRows rows in a leaf; fewer where there are few rows in all
     * @param penalty squared size of leaf values in the loss (lambda)
     */
    public record Settings(int rounds, int depth, double learningRate, int leastRows, double penalty) {
        /** What suits most tables. */
        public static final Settings USUAL = new Settings(60, 4, 0.15, 20, 1);
    }

    /**
     * Learns classes.
     *
     * @param labels the class of each row of the bins, from 0 [rows]
     * @param classes how many there are
     * @param rows those to learn from
     */
    public static BoostedTrees ofClasses(
            Bins bins, int[] labels, int classes, int[] rows, Settings settings, long seed) {
        double[] counts = new double[classes];
        for (int row : rows) {
            counts[labels[row]]++;
        }
        double[] logs = new double[classes];
        for (int k = 0; k < classes; k++) {
            // Half a row for each class, so that a class without rows is improbable but possible.
            logs[k] = Math.log((counts[k] + 0.5) / (rows.length + 0.5 * classes));
        }
        double[] base = classes == 2 ? new double[] {logs[1] - logs[0]} : logs;
        BoostedTrees model = new BoostedTrees(classes, base);
        model.learn(bins, new ClassLoss(labels, classes), rows, settings, seed);
        return model;
    }

    /**
     * Learns numbers.
     *
     * @param target the number of each row of the bins [rows]
     * @param rows those to learn from
     */
    public static BoostedTrees ofNumbers(Bins bins, double[] target, int[] rows, Settings settings, long seed) {
        double sum = 0;
        for (int row : rows) {
            sum += target[row];
        }
        BoostedTrees model = new BoostedTrees(0, new double[] {sum / Math.max(1, rows.length)});
        model.learn(bins, new SquaredLoss(target), rows, settings, seed);
        return model;
    }

    private void learn(Bins bins, Loss loss, int[] allRows, Settings settings, long seed) {
        SplitMix random = new SplitMix(seed);
        int[] shuffled = random.shuffled(allRows);
        int held = allRows.length < ROWS_TO_HOLD_BACK ? 0 : (int) (HELD_BACK * allRows.length);
        int[] heldBack = Arrays.copyOf(shuffled, held);
        int[] rows = Arrays.copyOfRange(shuffled, held, shuffled.length);
        // Ascending rows are read from memory in order.
        Arrays.sort(heldBack);
        Arrays.sort(rows);
        int scores = base.length;
        double[][] score = new double[scores][bins.rows()];
        for (int s = 0; s < scores; s++) {
            Arrays.fill(score[s], base[s]);
        }
        int leastRows = Math.max(2, Math.min(settings.leastRows(), rows.length / 40));
        TreeGrower grower = new TreeGrower(bins, settings, rows.length, leastRows);
        double best = held == 0 ? 0 : loss.mean(score, heldBack);
        int bestRounds = 0;
        for (int round = 0; round < settings.rounds(); round++) {
            int[] columns = columns(bins.width(), random);
            loss.prepare(score, rows);
            for (int s = 0; s < scores; s++) {
                loss.fill(s, score, rows, grower.gradients(), grower.hessians());
                Tree tree = grower.grow(rows, columns, score[s]);
                trees.add(tree);
                for (int row : heldBack) {
                    score[s][row] += tree.predict(bins, row);
                }
            }
            if (held == 0) {
                continue;
            }
            double now = loss.mean(score, heldBack);
            if (now < best) {
                best = now;
                bestRounds = round + 1;
            } else if (round + 1 - bestRounds >= PATIENCE) {
                break;
            }
        }
        if (held > 0) {
            trees.subList(bestRounds * scores, trees.size()).clear();
        }
    }

    private static int[] columns(int width, SplitMix random) {
        int[] all = IntStream.range(0, width).toArray();
        if (width <= MANY_COLUMNS) {
            return all;
        }
        int[] some = Arrays.copyOf(random.shuffled(all), Math.max(MANY_COLUMNS, (int) Math.sqrt(width)));
        Arrays.sort(some);
        return some;
    }

    /** Rounds that it learned. */
    public int rounds() {
        return trees.size() / base.length;
    }

    /** Number of scores that {@link #scores} fills: 1 for two classes and for numbers, else one of each class. */
    public int scoreCount() {
        return base.length;
    }

    /** The scores of a row before they become probabilities; for numbers the prediction itself. */
    public void scores(Bins bins, int row, double[] into) {
        System.arraycopy(base, 0, into, 0, base.length);
        for (int t = 0; t < trees.size(); t++) {
            into[t % base.length] += trees.get(t).predict(bins, row);
        }
    }

    /** The scores that a row would have with the values of another row in one group of columns. */
    public void scores(Bins bins, int row, int[] groups, int swapped, int other, double[] into) {
        System.arraycopy(base, 0, into, 0, base.length);
        for (int t = 0; t < trees.size(); t++) {
            into[t % base.length] += trees.get(t).predict(bins, row, groups, swapped, other);
        }
    }

    /** The number predicted of a row. */
    public double predict(Bins bins, int row) {
        double sum = base[0];
        for (Tree tree : trees) {
            sum += tree.predict(bins, row);
        }
        return sum;
    }

    /** The probabilities of the classes of a row. */
    public double[] probabilities(Bins bins, int row) {
        double[] scores = new double[base.length];
        scores(bins, row, scores);
        return Softmax.of(scores, classes, 1);
    }

    /** What is to be made small, by its first two derivatives in each score. */
    private interface Loss {
        double mean(double[][] scores, int[] rows);

        /** Called once before the trees of a round. */
        void prepare(double[][] scores, int[] rows);

        void fill(int score, double[][] scores, int[] rows, double[] gradients, double[] hessians);
    }

    private static final class SquaredLoss implements Loss {
        private final double[] target;

        SquaredLoss(double[] target) {
            this.target = target;
        }

        @Override
        public double mean(double[][] scores, int[] rows) {
            double sum = 0;
            for (int row : rows) {
                double error = scores[0][row] - target[row];
                sum += error * error;
            }
            return sum / rows.length;
        }

        @Override
        public void prepare(double[][] scores, int[] rows) {}

        @Override
        public void fill(int score, double[][] scores, int[] rows, double[] gradients, double[] hessians) {
            for (int row : rows) {
                gradients[row] = scores[0][row] - target[row];
                hessians[row] = 1;
            }
        }
    }

    private static final class ClassLoss implements Loss {
        private static final double LEAST_HESSIAN = 1e-9;

        private final int[] labels;
        private final int classes;
        /** Probabilities as they were before the round; empty for two classes [classes][all rows]. */
        private final double[][] probabilities;

        ClassLoss(int[] labels, int classes) {
            this.labels = labels;
            this.classes = classes;
            this.probabilities = classes == 2 ? new double[0][] : new double[classes][labels.length];
        }

        @Override
        public double mean(double[][] scores, int[] rows) {
            double sum = 0;
            double[] one = new double[scores.length];
            for (int row : rows) {
                for (int k = 0; k < one.length; k++) {
                    one[k] = scores[k][row];
                }
                sum -= Softmax.logProbability(one, classes, 1, labels[row]);
            }
            return sum / rows.length;
        }

        @Override
        public void prepare(double[][] scores, int[] rows) {
            if (classes == 2) {
                return;
            }
            double[] one = new double[classes];
            for (int row : rows) {
                for (int k = 0; k < classes; k++) {
                    one[k] = scores[k][row];
                }
                double[] p = Softmax.of(one, classes, 1);
                for (int k = 0; k < classes; k++) {
                    probabilities[k][row] = p[k];
                }
            }
        }

        @Override
        public void fill(int score, double[][] scores, int[] rows, double[] gradients, double[] hessians) {
            for (int row : rows) {
                double p;
                double is;
                if (classes == 2) {
                    p = 1 / (1 + Math.exp(-scores[0][row]));
                    is = labels[row];
                } else {
                    p = probabilities[score][row];
                    is = labels[row] == score ? 1 : 0;
                }
                gradients[row] = p - is;
                hessians[row] = Math.max(LEAST_HESSIAN, p * (1 - p));
            }
        }
    }
}
