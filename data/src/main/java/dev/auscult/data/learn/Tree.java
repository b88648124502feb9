package dev.auscult.data.learn;

/** A regression tree on bins: inner nodes first ask for a column, leaves give a value. */
final class Tree {
    /** Column of each node; -1 for a leaf [nodes]. */
    private final int[] column;
    /** The last bin that goes left [nodes]. */
    private final int[] border;

    private final boolean[] missingLeft;
    /** The left child; the right one follows it [nodes]. */
    private final int[] left;

    private final double[] value;
    private int nodes = 1;

    Tree(int most) {
        column = new int[most];
        border = new int[most];
        missingLeft = new boolean[most];
        left = new int[most];
        value = new double[most];
        column[0] = -1;
    }

    /** Makes a leaf an inner node, and gives the place of its left child. */
    int split(int node, int byColumn, int lastLeft, boolean missingGoesLeft) {
        column[node] = byColumn;
        border[node] = lastLeft;
        missingLeft[node] = missingGoesLeft;
        left[node] = nodes;
        column[nodes] = -1;
        column[nodes + 1] = -1;
        nodes += 2;
        return nodes - 2;
    }

    void value(int leaf, double of) {
        value[leaf] = of;
    }

    boolean goesLeft(int node, int bin) {
        return bin == 0 ? missingLeft[node] : bin <= border[node];
    }

    double predict(Bins bins, int row) {
        int node = 0;
        while (column[node] >= 0) {
            node = left[node] + (goesLeft(node, bins.bin(row, column[node])) ? 0 : 1);
        }
        return value[node];
    }

    /** The same with the values of one group of columns taken from another row. */
    double predict(Bins bins, int row, int[] groups, int swapped, int other) {
        int node = 0;
        while (column[node] >= 0) {
            int from = groups[column[node]] == swapped ? other : row;
            node = left[node] + (goesLeft(node, bins.bin(from, column[node])) ? 0 : 1);
        }
        return value[node];
    }
}
