package dev.auscult.diagnose.measure;

import java.util.Optional;

/**
 * How a loss moves from one epoch to the next: r[i] = log(v[i+1] / v[i]). A move is big if it is at least the size asked
 * for, up or down, and at least a tenth of what the loss fell in all, so that a loss near zero may flicker.
 *
 * @param moves number of moves
 * @param big number of big moves
 * @param lateMoves number of moves in the later half
 * @param lateBig big moves in the later half
 * @param lateUp big moves upwards in the later half
 * @param typical median size of the big moves as a ratio: 0.41 for 41 %
 */
public record Oscillation(int moves, int big, int lateMoves, int lateBig, int lateUp, double typical) {
    /** Fewer points than this have too few moves in their later half for a pattern. */
    public static final int FEWEST_POINTS = 8;

    private static final double OF_RANGE = 0.1;

    /** The moves of a per-epoch loss; empty with fewer than eight points or a loss that is not positive. */
    public static Optional<Oscillation> of(Curve loss, double size) {
        if (loss.size() < FEWEST_POINTS || loss.min() <= 0) {
            return Optional.empty();
        }
        double[] v = loss.values();
        double range = Math.max(v[0], Robust.quantile(v, 0.9)) - loss.min();
        int moves = v.length - 1;
        int lateFrom = moves / 2;
        int big = 0;
        int lateBig = 0;
        int lateUp = 0;
        double[] sizes = new double[moves];
        for (int i = 0; i < moves; i++) {
            double move = Math.abs(Math.log(v[i + 1] / v[i]));
            boolean isBig = move >= Math.log1p(size) && Math.abs(v[i + 1] - v[i]) >= OF_RANGE * range;
            sizes[i] = isBig ? Math.expm1(move) : Double.NaN;
            if (isBig) {
                big++;
                lateBig += i >= lateFrom ? 1 : 0;
                lateUp += i >= lateFrom && v[i + 1] > v[i] ? 1 : 0;
            }
        }
        return Optional.of(new Oscillation(moves, big, moves - lateFrom, lateBig, lateUp, Robust.median(sizes)));
    }

    /**
     * The moves of a score 0..1 that should rise: a move is big if the lower of two neighbours is below the higher by the
     * share (1 + size)⁻¹, and their distance is at least a tenth of the range; zeros are scores like others. Empty with
     * fewer than eight points.
     */
    public static Optional<Oscillation> ofScore(Curve score, double size) {
        if (score.size() < FEWEST_POINTS || score.min() < 0) {
            return Optional.empty();
        }
        double[] v = score.values();
        double[] shifted = new double[v.length];
        // A floor of a tenth of the range keeps the ratio finite where the score is zero.
        double floor = OF_RANGE * (score.max() - score.min());
        for (int i = 0; i < v.length; i++) {
            shifted[i] = Math.max(v[i], floor);
        }
        return floor > 0 ? of(score.withValues(score.key(), shifted), size) : Optional.empty();
    }

    /** Share of all moves that are big. */
    public double share() {
        return big / (double) moves;
    }

    /** Share of the moves in the later half that are big. */
    public double lateShare() {
        return lateBig / (double) lateMoves;
    }

    /** Whether at least this share of the moves is big, also late in the run, and they go up as well as down. */
    public boolean isUndamped(double atLeast) {
        return share() >= atLeast && lateShare() >= atLeast && lateUp >= 2 && lateBig - lateUp >= 2;
    }
}
