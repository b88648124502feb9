package dev.auscult.data.learn;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Logistic regression for any number of classes with a penalty on the squares of the weights (not of the constants), solved by
 * L-BFGS (Liu and Nocedal 1989).
 */
public final class Logistic {
    private static final int MOST_STEPS = 200;
    private static final int REMEMBERED = 8;
    private static final double TOLERANCE = 1e-6;
    /** Share of the promised decrease that a step must bring (Armijo). */
    private static final double DECREASE = 1e-4;

    private final int classes;
    private final int width;
    /** The weights and the constant of each class of which there is a score [scores × (width + 1)]. */
    private double[] weights;

    private Logistic(int classes, int width) {
        this.classes = classes;
        this.width = width;
        this.weights = new double[scores() * (width + 1)];
    }

    /**
     * Learns classes.
     *
     * @param labels the class of each row, from 0
     * @param classes how many there are
     * @param rows those to learn from
     * @param penalty half of it times the squared weights is added to the sum of the losses
     */
    public static Logistic of(LinearInputs inputs, int[] labels, int classes, int[] rows, double penalty) {
        Logistic model = new Logistic(classes, inputs.width());
        model.solve(inputs, labels, rows, penalty);
        return model;
    }

    private int scores() {
        return classes == 2 ? 1 : classes;
    }

    /** Number of scores that {@link #scores} fills: 1 for two classes, else one of each class. */
    public int scoreCount() {
        return scores();
    }

    /** The scores of a row before they become probabilities. */
    public void scores(LinearInputs inputs, int row, double[] into) {
        scores(weights, inputs.row(row), into);
    }

    private void scores(double[] of, double[] x, double[] into) {
        int at = 0;
        for (int k = 0; k < into.length; k++) {
            double sum = 0;
            for (double v : x) {
                sum += of[at++] * v;
            }
            into[k] = sum + of[at++];
        }
    }

    /** The weights of a score, the constant last [width + 1]. */
    double[] weights(int score) {
        return Arrays.copyOfRange(weights, score * (width + 1), (score + 1) * (width + 1));
    }

    private double loss(double[] at, LinearInputs inputs, int[] labels, int[] rows, double penalty, double[] gradient) {
        Arrays.fill(gradient, 0);
        double[] score = new double[scores()];
        double loss = 0;
        for (int row : rows) {
            double[] x = inputs.row(row);
            scores(at, x, score);
            loss -= Softmax.logProbability(score, classes, 1, labels[row]);
            double[] p = Softmax.of(score, classes, 1);
            int place = 0;
            for (int k = 0; k < score.length; k++) {
                int which = score.length == 1 ? 1 : k;
                double error = p[which] - (labels[row] == which ? 1 : 0);
                for (double v : x) {
                    gradient[place++] += error * v;
                }
                gradient[place++] += error;
            }
        }
        for (int i = 0; i < at.length; i++) {
            if (i % (width + 1) != width) {
                loss += penalty / 2 * at[i] * at[i];
                gradient[i] += penalty * at[i];
            }
        }
        return loss;
    }

    private void solve(LinearInputs inputs, int[] labels, int[] rows, double penalty) {
        Deque<Pair> pairs = new ArrayDeque<>();
        double[] gradient = new double[weights.length];
        double loss = loss(weights, inputs, labels, rows, penalty, gradient);
        for (int step = 0; step < MOST_STEPS; step++) {
            double size = Math.sqrt(dot(gradient, gradient));
            if (size <= TOLERANCE * Math.max(1, rows.length)) {
                break;
            }
            double[] direction = direction(gradient, pairs);
            double slope = dot(direction, gradient);
            double length = pairs.isEmpty() ? Math.min(1, 1 / size) : 1;
            double[] next = new double[weights.length];
            double[] nextGradient = new double[weights.length];
            double nextLoss = Double.POSITIVE_INFINITY;
            for (int tries = 0; tries < 30; tries++, length /= 2) {
                for (int i = 0; i < next.length; i++) {
                    next[i] = weights[i] + length * direction[i];
                }
                nextLoss = loss(next, inputs, labels, rows, penalty, nextGradient);
                if (nextLoss <= loss + DECREASE * length * slope) {
                    break;
                }
            }
            if (!(nextLoss < loss)) {
                break;
            }
            remember(pairs, next, nextGradient, gradient);
            weights = next;
            gradient = nextGradient;
            loss = nextLoss;
        }
    }

    private void remember(Deque<Pair> pairs, double[] next, double[] nextGradient, double[] gradient) {
        double[] moved = new double[weights.length];
        double[] change = new double[weights.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = next[i] - weights[i];
            change[i] = nextGradient[i] - gradient[i];
        }
        double product = dot(moved, change);
        if (product > 0) {
            pairs.addLast(new Pair(moved, change, product));
            if (pairs.size() > REMEMBERED) {
                pairs.removeFirst();
            }
        }
    }

    /** The two loops (Nocedal and Wright 2006, algorithm 7.4). */
    private static double[] direction(double[] gradient, Deque<Pair> pairs) {
        double[] q = gradient.clone();
        double[] alphas = new double[pairs.size()];
        int at = pairs.size();
        for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
            Pair pair = newest.next();
            double alpha = dot(pair.moved, q) / pair.product;
            alphas[--at] = alpha;
            add(q, -alpha, pair.change);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.getLast();
            double scale = last.product / dot(last.change, last.change);
            for (int i = 0; i < q.length; i++) {
                q[i] *= scale;
            }
        }
        for (Pair pair : pairs) {
            double beta = dot(pair.change, q) / pair.product;
            add(q, alphas[at++] - beta, pair.moved);
        }
        for (int i = 0; i < q.length; i++) {
            q[i] = -q[i];
        }
        return q;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * what[i];
        }
    }

    /** How far a step went, and how the gradient changed by it. */
    private static final class Pair {
        private final double[] moved;
        private final double[] change;
        private final double product;

        Pair(double[] moved, double[] change, double product) {
            this.moved = moved;
            this.change = change;
            this.product = product;
        }
    }
}
