package dev.auscult.data.quality;

/**
 * How two columns of few values go together.
 *
 * @param chiSquare Pearson's chi-square
 * @param freedom degrees of freedom
 * @param rows rows counted
 * @param cramersV sqrt(chi-square / (rows · (min(rows, columns of the table) − 1))), 0..1 (Cramér 1946)
 * @param leastExpected the smallest count that independence would give a cell
 */
record Contingency(double chiSquare, int freedom, long rows, double cramersV, double leastExpected) {
    /** Of a table of counts; empty rows and columns do not count. */
    static Contingency of(long[][] counts) {
        long[] down = new long[counts.length];
        long[] across = new long[counts.length == 0 ? 0 : counts[0].length];
        long n = 0;
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < across.length; j++) {
                down[i] += counts[i][j];
                across[j] += counts[i][j];
                n += counts[i][j];
            }
        }
        int height = filled(down);
        int width = filled(across);
        if (height < 2 || width < 2) {
            return new Contingency(0, 0, n, 0, 0);
        }
        double chi = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < across.length; j++) {
                double expected = (double) down[i] * (double) across[j] / n;
                if (expected > 0) {
                    chi += (counts[i][j] - expected) * (counts[i][j] - expected) / expected;
                    least = Math.min(least, expected);
                }
            }
        }
        int smaller = Math.min(height, width) - 1;
        return new Contingency(
                chi, (height - 1) * (width - 1), n, Math.sqrt(Math.min(1, chi / ((double) n * smaller))), least);
    }

    /** The chance of so large a chi-square where the columns have nothing to do with one another. */
    double pValue() {
        return freedom == 0 ? 1 : Tail.chiSquare(chiSquare, freedom);
    }

    private static int filled(long[] sums) {
        int filled = 0;
        for (long sum : sums) {
            filled += sum > 0 ? 1 : 0;
        }
        return filled;
    }
}
