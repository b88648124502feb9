package dev.auscult.diagnose.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sudden rises of a positive loss above its own recent level, in the logarithm, where the noise of a loss is even.
 *
 * <p>With l the logarithm of the loss and b[i] the median of the ten values before, the rise is r[i] = l[i] − b[i]. The
 * first five points have fewer before them; there b[i] is the higher of the medians of what is before and of the five
 * values after, so that the steep beginning of a healthy run is no spike. A spike is a rise of at least the height asked
 * for, six standard deviations of the noise of l (of all and of the fifty points before) and, with 30 points or more, 4.5
 * times the 90 % quantile of the rises (without the ten from this point on, which a step lifts too), which for normal
 * noise is the same again and for heavy tails more; and at least a tenth of what the loss fell in all.
 */
public final class Spikes {
    /** Points that make a level. */
    public static final int BEFORE = 5;

    /** Runs longer than this are first reduced to block means. */
    private static final int MOST_POINTS = 50_000;

    private static final int LEVEL = 10;
    private static final int LOCAL = 50;
    private static final double SIGMAS = 6;
    private static final double QUANTILES = 4.5;
    private static final double OF_RANGE = 0.1;
    private static final double BACK = Math.log(1.25);

    /**
     * One spike.
     *
     * @param at index of its first point
     * @param top index of its highest point
     * @param back index of the first point that is back at the level before; −1 if the loss does not come back
     * @param ratio highest value over the level before
     */
    public record Spike(int at, int top, int back, double ratio) {
        public boolean recovered() {
            return back >= 0;
        }
    }

    private Spikes() {}

    /** The curve on which {@link #of} counts its indices. */
    public static Curve prepared(Curve loss) {
        return loss.reduced(MOST_POINTS);
    }

    /** The spikes of at least {@code height} times the level before, in order; none for a loss that is not positive. */
    public static List<Spike> of(Curve prepared, double height) {
        int n = prepared.size();
        if (n <= BEFORE || prepared.min() <= 0) {
            return List.of();
        }
        double[] l = Arrays.stream(prepared.values()).map(Math::log).toArray();
        double[] level = new double[n];
        double[] rise = new double[n];
        Arrays.fill(level, Double.NaN);
        Arrays.fill(rise, Double.NaN);
        for (int i = 1; i < n; i++) {
            level[i] = level(l, i);
            rise[i] = l[i] - level[i];
        }
        double scale = noise(l);
        double least = Math.max(Math.log(height), SIGMAS * scale);
        double range = prepared.startLevel() - prepared.min();
        List<Spike> spikes = new ArrayList<>();
        for (int i = 1; i < n; i++) {
            boolean high = rise[i] >= least
                    && prepared.value(i) - Math.exp(level[i]) >= OF_RANGE * range
                    && rise[i] >= SIGMAS * noise(Arrays.copyOfRange(l, Math.max(0, i - LOCAL), i))
                    && (n < 30 || rise[i] >= QUANTILES * usualRise(rise, i));
            if (high) {
                Spike spike = follow(l, i, level[i], Math.max(BACK, 2 * scale));
                spikes.add(spike);
                if (!spike.recovered()) {
                    break;
                }
                i = spike.back;
            }
        }
        return spikes;
    }

    /** The 90 % quantile of the rises; without those just after point i, since a step lifts them all. */
    private static double usualRise(double[] rise, int i) {
        double[] others = rise.clone();
        Arrays.fill(others, i, Math.min(others.length, i + LEVEL), Double.NaN);
        return Robust.quantile(others, 0.9);
    }

    private static double level(double[] l, int i) {
        double before = Robust.median(Arrays.copyOfRange(l, Math.max(0, i - LEVEL), i));
        if (i >= BEFORE) {
            return before;
        }
        double after = Robust.median(Arrays.copyOfRange(l, i + 1, Math.min(l.length, i + 1 + BEFORE)));
        return Math.max(before, after);
    }

    /** Noise around the course of the loss, since the course itself spreads the rises while the loss falls fast. */
    private static double noise(double[] l) {
        double noise = Robust.noise(l);
        return Double.isNaN(noise) ? 0 : noise;
    }

    private static Spike follow(double[] l, int at, double level, double near) {
        int top = at;
        for (int i = at; i < l.length; i++) {
            if (l[i] <= level + near) {
                return new Spike(at, top, i, Math.exp(l[top] - level));
            }
            if (l[i] > l[top]) {
                top = i;
            }
        }
        return new Spike(at, top, -1, Math.exp(l[top] - level));
    }
}
