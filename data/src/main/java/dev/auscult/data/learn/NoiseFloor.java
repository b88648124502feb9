package dev.auscult.data.learn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often labels differ from what a model finds most probable where it is most sure.
 *
 * <p>Where classes overlap, a model errs, but the less the surer it is; a label that was given by mistake differs wherever its row
 * lies. So with rows ranked by the probability of their most probable class, r from 0 (least sure) to 1, the chance that the label
 * differs is modelled as
 *
 * <pre>e(r) = f + (1 − f) · min(a (1 − r)^g, 0.95), g ≥ 2</pre>
 *
 * by maximum likelihood, and f, what remains for the surest rows, is the floor. Without wrong labels f is 0: the likelihood ratio
 * to that is the evidence. Two normal classes three deviations apart, which overlap in 7 % of their rows, fall faster than g = 3, and g
 * is at least 2; but classes that overlap more fall more slowly (four on a circle, neighbours two deviations apart, about linearly), and
 * where the overlap a / (g + 1) is at least a fifth of the error of guessing, g may be as low as 1. As 0 is at the border of what f can be, half of the chi-square's tail is its chance (Self and Liang
 * 1987). That rows of certain class exist is the assumption under which noise can be estimated at all (Scott 2015, "A rate of
 * convergence for mixture proportion estimation"; the anchor points of Patrini and others 2017).
 */
public final class NoiseFloor {
    private static final int BINS = 200;
    private static final double MOST_OVERLAP = 0.95;
    private static final double[] EXPONENTS = {1, 1.4, 2, 3, 5, 8, 12, 20};
    /** Where classes overlap less, as a share of the error of guessing, errors fall at least as fast as the square. */
    private static final double MUCH_OVERLAP = 0.2;

    private static final double SQUARE = 2;
    private static final double[] HEIGHTS = geometric(1e-3, 8, 100);
    private static final double[] FLOORS = floors();
    /** Twice the drop of the log likelihood at the ends of an interval of 90 %, so 95 % on each side. */
    private static final double DROP = 2.7055;
    /** A normal deviate with a tail of one in ten thousand, squared. */
    private static final double DECISIVE = 3.719 * 3.719;

    private final double floor;
    private final double low;
    private final double high;
    private final double ratio;
    private final double disagreements;

    private NoiseFloor(double floor, double low, double high, double ratio, double disagreements) {
        this.floor = floor;
        this.low = low;
        this.high = high;
        this.ratio = ratio;
        this.disagreements = disagreements;
    }

    /**
     * The floor.
     *
     * @param sure probability of the most probable class of each row
     * @param differs whether that is another than its label
     * @param guessing share of the rows that differ from the most frequent label
     */
    public static NoiseFloor of(double[] sure, boolean[] differs, double guessing) {
        int rows = sure.length;
        int[] order = IntStream.range(0, rows)
                .boxed()
                .sorted((i, j) -> Double.compare(sure[i], sure[j]))
                .mapToInt(i -> i)
                .toArray();
        double[] all = new double[BINS];
        double[] hits = new double[BINS];
        double disagreements = 0;
        for (int from = 0; from < rows; ) {
            int to = from;
            while (to < rows && sure[order[to]] == sure[order[from]]) {
                to++;
            }
            // Equals share the middle of their ranks.
            int bin = Math.min(BINS - 1, (int) ((from + to) / 2.0 / rows * BINS));
            for (int i = from; i < to; i++) {
                all[bin]++;
                if (differs[order[i]]) {
                    hits[bin]++;
                    disagreements++;
                }
            }
            from = to;
        }
        double[] best = new double[FLOORS.length];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        double[] shape = new double[BINS];
        for (double exponent : EXPONENTS) {
            for (int b = 0; b < BINS; b++) {
                shape[b] = Math.pow(1 - (b + 0.5) / BINS, exponent);
            }
            for (double height : HEIGHTS) {
                if (exponent < SQUARE && height / (exponent + 1) < MUCH_OVERLAP * guessing) {
                    continue;
                }
                for (int f = 0; f < FLOORS.length; f++) {
                    best[f] = Math.max(best[f], likelihood(all, hits, shape, height, FLOORS[f]));
                }
            }
        }
        int top = 0;
        for (int f = 1; f < best.length; f++) {
            top = best[f] > best[top] ? f : top;
        }
        int low = top;
        while (low > 0 && 2 * (best[top] - best[low]) < DROP) {
            low--;
        }
        int high = top;
        while (high < best.length - 1 && 2 * (best[top] - best[high]) < DROP) {
            high++;
        }
        return new NoiseFloor(
                FLOORS[top], FLOORS[low], FLOORS[high], 2 * (best[top] - best[0]), disagreements / Math.max(1, rows));
    }

    private static double likelihood(double[] all, double[] hits, double[] shape, double height, double floor) {
        double sum = 0;
        for (int b = 0; b < BINS; b++) {
            if (all[b] == 0) {
                continue;
            }
            double overlap = Math.min(height * shape[b], MOST_OVERLAP);
            double e = Math.max(1e-9, floor + (1 - floor) * overlap);
            if (hits[b] > 0) {
                sum += hits[b] * Math.log(e);
            }
            sum += (all[b] - hits[b]) * Math.log1p(-e);
        }
        return sum;
    }

    private static double[] geometric(double from, double to, int steps) {
        return IntStream.range(0, steps)
                .mapToDouble(i -> from * Math.pow(to / from, i / (steps - 1.0)))
                .toArray();
    }

    private static double[] floors() {
        double[] some = geometric(0.002, 0.5, 45);
        double[] floors = new double[some.length + 1];
        System.arraycopy(some, 0, floors, 1, some.length);
        return floors;
    }

    /** Share of the surest rows whose label differs, 0..0.5. */
    public double floor() {
        return floor;
    }

    /** The least that it may be, with 95 % certainty. */
    public double low() {
        return low;
    }

    /** The most that it may be, with 95 % certainty. */
    public double high() {
        return high;
    }

    /** Share of all rows whose label differs. */
    public double disagreements() {
        return disagreements;
    }

    /** The square of the normal deviate that the evidence for a floor above 0 is worth; its upper tail is the p-value. */
    public double ratio() {
        return Math.max(0, ratio);
    }

    /**
     * The smallest floor that so many rows show at a chance of error of 1e-4 on average: labels that differ at one rate f
     * everywhere are told from e(r) = 3 f (1 − r)² by 2 n f (2 − ln 3) of twice the log likelihood.
     */
    public static double detectable(int rows) {
        return DECISIVE / (2 * rows * (2 - Math.log(3)));
    }
}
