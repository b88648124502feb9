package dev.auscult.diagnose.measure;

/**
 * How much a curve that should fall still falls over the last fifth of its points.
 *
 * <p>Of ten points or more, the median of those between 65 % and 80 % against that of the last tenth; the fall is beyond
 * noise at two standard errors of the difference, or where the last 30 % fall from each point to the next or have a falling
 * Mann–Kendall trend (1 %). Of fewer points, the point at 80 % against the last, and both of the last two intervals must fall.
 *
 * @param before level before the last fifth
 * @param end level at the end
 * @param beyondNoise whether the fall is more than noise
 */
public record LateGain(double before, double end, boolean beyondNoise) {
    private static final int SHORT = 10;
    private static final int BLOCKS = 200;

    /** Measures a curve with at least three points. */
    public static LateGain of(Curve whole) {
        Curve curve = whole.reduced(BLOCKS);
        int n = curve.size();
        if (n < SHORT) {
            double before = curve.value((int) Math.floor(0.8 * (n - 1)));
            boolean falls = curve.value(n - 1) < curve.value(n - 2) && curve.value(n - 2) < curve.value(n - 3);
            return new LateGain(before, curve.last(), falls);
        }
        int tenth = Math.max(2, n / 10);
        Curve earlier = curve.slice((int) (0.65 * n), (int) (0.8 * n));
        Curve late = curve.slice(n - tenth, n);
        double before = Robust.median(earlier.values());
        double end = Robust.median(late.values());
        Curve tail = curve.slice((int) (0.7 * n), n);
        double noise = tail.size() >= 5 ? tail.noise() : curve.noise();
        double error = 2 * noise * Math.sqrt(1.0 / earlier.size() + 1.0 / late.size());
        boolean steady = tail.trend().falls() || isMonotone(tail);
        return new LateGain(before, end, before - end > error || (before > end && steady));
    }

    /** Four or more points that each lie below the one before: by chance one in 24 or less. */
    private static boolean isMonotone(Curve tail) {
        for (int i = 1; i < tail.size(); i++) {
            if (tail.value(i) >= tail.value(i - 1)) {
                return false;
            }
        }
        return tail.size() >= 4;
    }

    /** The fall, in the unit of the curve. */
    public double fall() {
        return before - end;
    }

    /** The fall as a share of the level before; 0 if that is 0. */
    public double relative() {
        return before == 0 ? 0 : fall() / Math.abs(before);
    }
}
