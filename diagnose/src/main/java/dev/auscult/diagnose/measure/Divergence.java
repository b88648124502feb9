package dev.auscult.diagnose.measure;

import java.util.Arrays;

/**
 * How far a loss ends above the lowest level that it reached. Levels are medians, so that a single low or high point does
 * not count.
 *
 * @param lowestAt index of the lowest point of the smoothed loss
 * @param lowest lowest level
 * @param start level at the start
 * @param end level at the end
 * @param lowestLate lowest level among the last 5 % of the points (at least 3)
 * @param noise standard deviation of the noise up to the lowest point; NaN if that came too early to tell
 */
public record Divergence(int lowestAt, double lowest, double start, double end, double lowestLate, double noise) {
    /** Rise in standard deviations of the noise that no accident makes. */
    private static final double SIGMAS = 6;

    /** Share of the descent that a rise must undo to matter, however large its ratio to a loss near zero. */
    private static final double DESCENT_UNDONE = 0.05;

    /** The same in decades: from 1 to 0.001 and back to 0.01 undoes a third. */
    private static final double LOG_DESCENT_UNDONE = 1 / 3.0;

    /** For a loss that may be negative ratios mean nothing: half of the descent undone. */
    private static final double SIGNED_DESCENT_UNDONE = 0.5;

    /** Measures a loss with at least five points. */
    public static Divergence of(Curve loss) {
        int n = loss.size();
        Curve smooth = loss.smoothed(n >= 20 ? 2 : n >= 10 ? 1 : 0);
        int at = smooth.argMin();
        int late = Math.min(n, Math.max(3, (int) Math.ceil(0.05 * n)));
        double lowestLate = Arrays.stream(smooth.values(n - late, n)).min().orElse(Double.NaN);
        double noise = at >= 4 ? Robust.noise(loss.values(0, at + 1)) : Double.NaN;
        return new Divergence(at, smooth.value(at), loss.startLevel(), loss.endLevel(), lowestLate, noise);
    }

    /** End over lowest level; for a loss that may be negative 1 + four times the share of the descent undone. */
    public double ratio() {
        return lowest > 0 ? end / lowest : start > lowest ? 1 + 4 * undone() : 1;
    }

    /** Share of the descent that the rise undid; above 1 if the loss ends above its start. */
    public double undone() {
        return (end - lowest) / (start - lowest);
    }

    /** Whether the loss ends at least this many times above its lowest level, for good and beyond noise. */
    public boolean isDiverged(double ratio) {
        if (end - lowest <= SIGMAS * noise) {
            return false;
        }
        if (lowest <= 0) {
            return start > lowest
                    && undone() >= SIGNED_DESCENT_UNDONE
                    && lowestLate >= lowest + SIGNED_DESCENT_UNDONE * (end - lowest);
        }
        boolean sustained = lowestLate >= lowest * (1 + ratio) / 2;
        boolean matters = start <= lowest
                || (undone() >= DESCENT_UNDONE
                        && Math.log(end / lowest) >= LOG_DESCENT_UNDONE * Math.log(start / lowest));
        return end >= ratio * lowest && sustained && matters;
    }
}
