package dev.auscult.data.learn;

import java.util.Arrays;

/**
 * Grows regression trees by Newton's method on histograms of gradients (Chen and Guestrin 2016, "XGBoost", formulas 6 and 7; Ke and
 * others 2017, "LightGBM": the larger child's histogram is the parent's less the smaller child's).
 */
final class TreeGrower {
    /** Gradient, second derivative and rows of a bin. */
    private static final int SUMS = 3;

    private static final double LEAST_HESSIAN = 1e-3;

    private final Bins bins;
    private final BoostedTrees.Settings settings;
    private final int leastRows;
    /** Where the sums of a column begin in a histogram [columns + 1]. */
    private final int[] start;

    private final int[] order;
    private final int[] spare;
    private final double[] gradients;
    private final double[] hessians;
    private final double[] nodeGradients;
    private final double[] nodeHessians;
    private final double[][] histograms;

    /** For trees of up to so many rows. */
    TreeGrower(Bins bins, BoostedTrees.Settings settings, int rows, int leastRows) {
        this.bins = bins;
        this.settings = settings;
        this.leastRows = leastRows;
        start = new int[bins.width() + 1];
        for (int c = 0; c < bins.width(); c++) {
            start[c + 1] = start[c] + SUMS * bins.count(c);
        }
        order = new int[rows];
        spare = new int[rows];
        gradients = new double[bins.rows()];
        hessians = new double[bins.rows()];
        nodeGradients = new double[rows];
        nodeHessians = new double[rows];
        histograms = new double[settings.depth() + 2][];
    }

    double[] gradients() {
        return gradients;
    }

    double[] hessians() {
        return hessians;
    }

    /**
     * Grows a tree for the gradients that were filled in, and adds its values to the scores of its rows.
     *
     * @param rows to learn from
     * @param columns to split by
     * @param scores [all rows]
     */
    Tree grow(int[] rows, int[] columns, double[] scores) {
        Tree tree = new Tree((2 << settings.depth()) - 1);
        System.arraycopy(rows, 0, order, 0, rows.length);
        double[] root = histogram(0);
        sum(root, columns, 0, rows.length);
        node(tree, 0, 0, 0, rows.length, root, columns, scores);
        return tree;
    }

    private double[] histogram(int place) {
        double[] histogram = histograms[place];
        if (histogram == null) {
            histogram = new double[start[bins.width()]];
            histograms[place] = histogram;
        }
        return histogram;
    }

    private void sum(double[] histogram, int[] columns, int from, int to) {
        for (int i = from; i < to; i++) {
            nodeGradients[i] = gradients[order[i]];
            nodeHessians[i] = hessians[order[i]];
        }
        for (int c : columns) {
            byte[] column = bins.column(c);
            int base = start[c];
            Arrays.fill(histogram, base, start[c + 1], 0);
            for (int i = from; i < to; i++) {
                int at = base + SUMS * (column[order[i]] & 0xff);
                histogram[at] += nodeGradients[i];
                histogram[at + 1] += nodeHessians[i];
                histogram[at + 2]++;
            }
        }
    }

    /** Splits a node as long as it helps; {@code histogram} is of its rows, and free to be overwritten afterwards. */
    private void node(
            Tree tree, int node, int level, int from, int to, double[] histogram, int[] columns, double[] scores) {
        double gradient = 0;
        double hessian = 0;
        for (int i = from; i < to; i++) {
            gradient += gradients[order[i]];
            hessian += hessians[order[i]];
        }
        Split best = level < settings.depth() && to - from >= 2 * leastRows
                ? best(histogram, columns, gradient, hessian, to - from)
                : Split.NONE;
        if (best.gain <= 0) {
            double value = -settings.learningRate() * gradient / (hessian + settings.penalty());
            tree.value(node, value);
            for (int i = from; i < to; i++) {
                scores[order[i]] += value;
            }
            return;
        }
        int left = tree.split(node, best.column, best.border, best.missingLeft);
        int middle = partition(tree, node, best.column, from, to);
        if (level + 1 == settings.depth()) {
            node(tree, left, level + 1, from, middle, histogram, columns, scores);
            node(tree, left + 1, level + 1, middle, to, histogram, columns, scores);
            return;
        }
        // The smaller child is summed up, the larger one is what remains of the parent.
        boolean leftSmaller = middle - from <= to - middle;
        double[] small = histogram(level + 1);
        sum(small, columns, leftSmaller ? from : middle, leftSmaller ? middle : to);
        for (int c : columns) {
            for (int i = start[c]; i < start[c + 1]; i++) {
                histogram[i] -= small[i];
            }
        }
        if (leftSmaller) {
            // The child goes first whose histogram the deeper levels would overwrite.
            node(tree, left, level + 1, from, middle, small, columns, scores);
            node(tree, left + 1, level + 1, middle, to, histogram, columns, scores);
        } else {
            node(tree, left + 1, level + 1, middle, to, small, columns, scores);
            node(tree, left, level + 1, from, middle, histogram, columns, scores);
        }
    }

    /** Puts the rows of the left child before those of the right one, each in their order; gives where the right begins. */
    private int partition(Tree tree, int node, int byColumn, int from, int to) {
        byte[] column = bins.column(byColumn);
        int left = from;
        int right = 0;
        for (int i = from; i < to; i++) {
            int row = order[i];
            if (tree.goesLeft(node, column[row] & 0xff)) {
                order[left++] = row;
            } else {
                spare[right++] = row;
            }
        }
        System.arraycopy(spare, 0, order, left, right);
        return left;
    }

    private Split best(double[] histogram, int[] columns, double gradient, double hessian, int rows) {
        double ofParent = score(gradient, hessian);
        Split best = Split.NONE;
        for (int c : columns) {
            int base = start[c];
            int count = bins.count(c);
            double missingRows = histogram[base + 2];
            int ways = missingRows > 0 ? 2 : 1;
            for (int way = 0; way < ways; way++) {
                boolean missingLeft = way == 1;
                double g = missingLeft ? histogram[base] : 0;
                double h = missingLeft ? histogram[base + 1] : 0;
                double n = missingLeft ? missingRows : 0;
                // With the missing on the right, the last border parts all values from none.
                int last = missingRows > 0 && !missingLeft ? count - 1 : count - 2;
                for (int bin = 1; bin <= last; bin++) {
                    int at = base + SUMS * bin;
                    g += histogram[at];
                    h += histogram[at + 1];
                    n += histogram[at + 2];
                    if (n < leastRows || h < LEAST_HESSIAN) {
                        continue;
                    }
                    if (rows - n < leastRows || hessian - h < LEAST_HESSIAN) {
                        break;
                    }
                    double gain = score(g, h) + score(gradient - g, hessian - h) - ofParent;
                    if (gain > best.gain + 1e-12) {
                        best = new Split(c, bin, missingLeft, gain);
                    }
                }
            }
        }
        return best;
    }

    private double score(double gradient, double hessian) {
        return gradient * gradient / (hessian + settings.penalty());
    }

    private record Split(int column, int border, boolean missingLeft, double gain) {
        private static final Split NONE = new Split(-1, 0, false, 0);
    }
}
