package dev.auscult.data.quality;

/**
 * Whether the largest of many positive numbers stand apart from the others.
 *
 * <p>In a Pareto tail, i·ln(x_i / x_{i+1}) of the i-th largest are independent exponential variables of one mean (Rényi 1953),
 * which Hill (1975) estimates from the k that follow. So j·ln(x_j / x_{j+1}) over that mean exceeds t with probability
 * (1 + t/k)^−k. Lighter tails (normal, exponential, lognormal, uniform) have smaller gaps at the top than further in: for them
 * the test errs on the side of silence.
 *
 * @param apart how many stand apart; 0 if none
 * @param ratio the least of them over the largest of the others
 * @param pValue of the widest gap, corrected for all gaps that were tried: that behind the j-th has the weight 6/(π j)², so that few that
 *     stand apart need not pay for many gaps (Bonferroni's correction with weights)
 */
record SpacingTest(int apart, double ratio, double pValue) {
    private static final int FEWEST = 20;
    private static final int MOST_NEXT = 400;
    /** The sum of all 1/j². */
    private static final double WEIGHT = Math.PI * Math.PI / 6;

    /**
     * Looks at the top of a list.
     *
     * @param descending positive numbers, largest first
     * @param step the grid they were measured on: equal numbers are spread over it
     * @param most how many can stand apart and still be called exceptions
     * @param least ratio below which a gap is none
     */
    static SpacingTest of(double[] descending, double step, int most, double least) {
        int n = descending.length;
        if (n < FEWEST) {
            return new SpacingTest(0, 1, 1);
        }
        double[] logs = spread(descending, step);
        double[] sums = new double[n + 1];
        for (int i = 0; i < n; i++) {
            sums[i + 1] = sums[i] + logs[i];
        }
        int k = Math.max(10, Math.min(MOST_NEXT, n / 10));
        SpacingTest best = new SpacingTest(0, 1, 1);
        int tried = Math.max(1, Math.min(most, n - k - 1));
        for (int j = 1; j <= tried; j++) {
            double upper = descending[j - 1] - (j < 2 || descending[j - 1] != descending[0] ? 0 : step / 2);
            double ratio = upper / (descending[j] + step / 2);
            if (ratio >= least) {
                double hill = (sums[j + k] - sums[j]) / k - logs[j + k];
                double p = Math.min(1, WEIGHT * j * j * Math.pow(1 + j * Math.log(ratio) / hill / k, -k));
                if (p < best.pValue) {
                    best = new SpacingTest(j, descending[j - 1] / descending[j], p);
                }
            }
        }
        return best;
    }

    /** Logarithms, with equal numbers spread evenly over one step of the grid. */
    private static double[] spread(double[] descending, double step) {
        int n = descending.length;
        double[] logs = new double[n];
        int from = 0;
        for (int i = 1; i <= n; i++) {
            if (i == n || descending[i] != descending[from]) {
                int size = i - from;
                double width = Math.min(step, 1.9 * descending[from]);
                for (int j = from; j < i; j++) {
                    double offset = size == 1 ? 0 : width * (0.5 - (j - from + 0.5) / size);
                    logs[j] = Math.log(descending[j] + offset);
                }
                from = i;
            }
        }
        return logs;
    }
}
