package dev.auscult.diagnose.measure;

import java.util.Arrays;

/**
 * How far a curve that should fall has climbed back above its lowest level, and whether that is more than noise.
 *
 * <p>The lowest level is the minimum of a running median over a tenth of the points, so that one lucky point is no
 * bottom; the end is {@link Curve#endLevel}, so that one unlucky point is no climb. The climb is beyond noise when it
 * exceeds three standard errors of such medians, or half of that with a rising Mann–Kendall trend since the bottom (1 %).
 *
 * @param curve the curve, as at most 200 block means
 * @param bottomAt index of the lowest level
 * @param bottom lowest level
 * @param end level at the end
 * @param sustained how many points at the end lie at least half-way up the climb
 * @param beyondNoise whether the climb is more than noise
 */
public record Rise(Curve curve, int bottomAt, double bottom, double end, int sustained, boolean beyondNoise) {
    /** Points at the end that must have climbed; of a short curve, where each point is a whole evaluation, two. */
    private static final int SUSTAINED = 3;

    private static final int SHORT = 10;

    /** A climb that noise of evaluations over a whole data set, a few percent each, does not make three times. */
    private static final double FAR = 0.3;

    private static final int BLOCKS = 200;

    /** Measures the climb of a curve with at least one point. */
    public static Rise of(Curve whole) {
        Curve curve = whole.reduced(BLOCKS);
        int n = curve.size();
        int half = halfWindow(n);
        Curve smooth = curve.smoothed(half);
        int bottomAt = smooth.argMin();
        double bottom = smooth.value(bottomAt);
        double end = curve.endLevel();
        double climb = end - bottom;
        int sustained = 0;
        while (sustained < n - bottomAt && smooth.value(n - 1 - sustained) >= bottom + climb / 2) {
            sustained++;
        }
        return new Rise(curve, bottomAt, bottom, end, sustained, isBeyondNoise(curve, bottomAt, climb, 2 * half + 1));
    }

    private static boolean isBeyondNoise(Curve curve, int bottomAt, double climb, int window) {
        Curve since = curve.slice(bottomAt, curve.size());
        double noise = since.size() >= 4 ? since.noise() : curve.noise();
        double bound = Double.isNaN(noise) ? 0 : 3 * noise * Math.min(1, Math.sqrt(3.0 / window));
        return climb > 0
                && (climb > bound || (climb > bound / 2 && since.trend().rises()));
    }

    /** Half of the window of a running median over a tenth of n points; none for short curves. */
    static int halfWindow(int n) {
        return n < SHORT ? 0 : Math.max(1, n / 20);
    }

    /** The climb above the bottom, in the unit of the curve. */
    public double climb() {
        return end - bottom;
    }

    /** The climb as a share of the bottom; NaN unless the bottom is positive. */
    public double relative() {
        return bottom > 0 ? climb() / bottom : Double.NaN;
    }

    /** Where the bottom lies, as a share 0..1 of the points. */
    public double bottomShare() {
        return curve.size() < 2 ? 1 : bottomAt / (curve.size() - 1.0);
    }

    /** Whether the climb is more than noise and lasts to the end. */
    public boolean isReal() {
        boolean brief = curve.size() < SHORT;
        // The noise of a handful of points cannot be told from their course; three evaluations far above are no
        // accident.
        return (brief && lastAreFar()) || (beyondNoise && sustained >= (brief ? 2 : SUSTAINED));
    }

    private boolean lastAreFar() {
        int from = curve.size() - SUSTAINED;
        return bottom > 0
                && bottomAt < from
                && curve.slice(from, curve.size()).min() >= (1 + FAR) * bottom
                && curve.slice(bottomAt, curve.size()).trend().z() > 1.64;
    }

    /** How far the curve had come down before, counted from a start that may be known better from another curve. */
    public double descentFrom(double otherStart) {
        return Math.max(curve.startLevel(), otherStart) - bottom;
    }

    /** The level of another curve around the bottom, given at the points of this one. */
    public double levelAtBottom(double[] aligned) {
        int half = halfWindow(aligned.length);
        int from = Math.max(0, bottomAt - half);
        return Robust.median(Arrays.copyOfRange(aligned, from, Math.min(aligned.length, bottomAt + half + 1)));
    }
}
