package dev.auscult.data.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows that are equal but for rounding: all categories and texts the same, each number within a hundredth of a standard
 * deviation. Rows lie in the cells of a grid over the columns of most values; only neighbouring cells are compared.
 */
final class NearRows {
    private static final double SHARE_OF_DEVIATION = 0.01;
    private static final int GRID_COLUMNS = 3;
    /** Rows that are compared in one cell: where more are alike, all are. */
    private static final int MOST_COMPARED = 64;
    /** Width of the middle half of a normal distribution, in standard deviations. */
    private static final double QUARTILES = 1.349;

    private final PooledRows rows;
    private final double[] tolerance;
    private final int[] grid;
    private final int[] heads;
    private final int[] next;
    private final long[] cellKeys;

    /**
     * @param rows of both parts
     * @param known rows that are left out
     * @param partner is set, for each other row that is near one of the training part, to that row
     */
    NearRows(PooledRows rows, boolean[] known, int[] partner) {
        this.rows = rows;
        this.tolerance = new double[rows.columns()];
        for (int c = 0; c < tolerance.length; c++) {
            tolerance[c] = rows.isNumeric(c) ? SHARE_OF_DEVIATION * spread(rows.sorted(c)) : 0;
        }
        this.grid = grid();
        int slots = Integer.highestOneBit(Math.max(2, rows.train())) * 4;
        this.heads = new int[slots];
        this.next = new int[rows.train()];
        this.cellKeys = new long[rows.train()];
        Arrays.fill(heads, -1);
        long[] words = new long[rows.rows()];
        for (int row = 0; row < words.length; row++) {
            words[row] = words(row);
        }
        // From the last to the first, so that the first rows of a cell are met first.
        for (int row = rows.train() - 1; row >= 0; row--) {
            cellKeys[row] = cell(row, words[row], 0);
            int slot = slot(cellKeys[row]);
            next[row] = heads[slot];
            heads[slot] = row;
        }
        int neighbours = (int) Math.pow(3, grid.length);
        IntStream.range(0, rows.rows()).parallel().forEach(row -> {
            if (!known[row] && !rows.isEmpty(row)) {
                for (int k = 0; k < neighbours && partner[row] < 0; k++) {
                    partner[row] = search(row, cell(row, words[row], k), known);
                }
            }
        });
    }

    /** How far numbers may be apart [columns]. */
    double[] tolerance() {
        return tolerance.clone();
    }

    /** The smaller of the standard deviation and what the quartiles make of it, which a long tail does not widen. */
    private static double spread(double[] sorted) {
        int n = sorted.length;
        if (n < 2) {
            return 0;
        }
        double mean = Arrays.stream(sorted).average().orElse(0);
        double squares = 0;
        for (double v : sorted) {
            squares += (v - mean) * (v - mean);
        }
        double deviation = Math.sqrt(squares / (n - 1));
        double quartiles = (sorted[3 * n / 4] - sorted[n / 4]) / QUARTILES;
        return quartiles > 0 ? Math.min(deviation, quartiles) : deviation;
    }

    private int[] grid() {
        List<Integer> columns = IntStream.range(0, tolerance.length)
                .filter(c -> tolerance[c] > 0)
                .boxed()
                .sorted(Comparator.comparingInt((Integer c) -> -distinct(rows.sorted(c))))
                .limit(GRID_COLUMNS)
                .toList();
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int distinct(double[] sorted) {
        int distinct = sorted.length == 0 ? 0 : 1;
        for (int i = 1; i < sorted.length; i++) {
            distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
        }
        return distinct;
    }

    /** A hash of what must be equal: words, texts, and which numbers are missing. */
    private long words(int row) {
        long hash = 0;
        for (int c = 0; c < tolerance.length; c++) {
            double cell = rows.cell(row, c);
            boolean exact = !rows.isNumeric(c) || !Double.isFinite(cell);
            hash = PooledRows.mix(hash ^ (exact ? PooledRows.bits(cell) : c));
        }
        return hash;
    }

    /** The hash of the grid cell of a row, or of a neighbouring one; the digits of k to the base of three say which. */
    private long cell(int row, long words, int k) {
        long hash = words;
        int rest = k;
        for (int c : grid) {
            double cell = rows.cell(row, c);
            long place = Double.isFinite(cell) ? (long) Math.floor(cell / tolerance[c]) : 0;
            int digit = rest % 3;
            rest /= 3;
            hash = PooledRows.mix(hash ^ (place + (digit == 2 ? -1 : digit)));
        }
        return hash;
    }

    private int slot(long key) {
        return (int) (key ^ (key >>> 32)) & (heads.length - 1);
    }

    private int search(int row, long key, boolean[] known) {
        int compared = 0;
        for (int t = heads[slot(key)]; t >= 0 && compared < MOST_COMPARED; t = next[t]) {
            if (cellKeys[t] == key && t != row && !known[t]) {
                compared++;
                if (isNear(row, t)) {
                    return t;
                }
            }
        }
        return -1;
    }

    private boolean isNear(int a, int b) {
        for (int c = 0; c < tolerance.length; c++) {
            double x = rows.cell(a, c);
            double y = rows.cell(b, c);
            if (rows.isNumeric(c) ? Math.abs(x - y) > tolerance[c] : Double.compare(x, y) != 0) {
                return false;
            }
        }
        return true;
    }
}
