package dev.auscult.diagnose.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.auscult.run.Grain;

/** How densely a curve was logged: once per epoch or every few steps. */
public final class Cadence {
    /** Fewer epochs than this show no course. */
    public static final int FEWEST_EPOCHS = 5;

    /** Fewer single steps than this drown in the noise of their batches. */
    public static final int FEWEST_STEPS = 20;

    private Cadence() {}

    /** Whether each point speaks for an epoch or more; held-out data always does. */
    public static boolean isPerEpoch(Curve curve) {
        if (curve.key().split().isHeldOut() || curve.key().grain() == Grain.EPOCH) {
            return true;
        }
        if (curve.key().grain() == Grain.STEP || !curve.hasEpochs() || curve.size() < 2) {
            return false;
        }
        double[] gaps = new double[curve.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = curve.epoch(i + 1) - curve.epoch(i);
        }
        return Robust.median(gaps) > 0.99;
    }

    /** Number of points from which a course can be told. */
    public static int needed(Curve curve) {
        return isPerEpoch(curve) ? FEWEST_EPOCHS : FEWEST_STEPS;
    }

    /** "3 points, 20 needed", for verdicts that cannot tell. */
    public static String tooFew(Curve curve, int needed) {
        return curve.name() + " has " + curve.size() + (curve.size() == 1 ? " point, " : " points, ") + needed
                + " needed";
    }

    /** The mean of each epoch; the curve itself if it is per epoch already, empty if it has no epoch axis. */
    public static Optional<Curve> epochMeans(Curve curve) {
        if (isPerEpoch(curve)) {
            return Optional.of(curve);
        }
        if (!curve.hasEpochs()) {
            return Optional.empty();
        }
        List<Integer> ends = new ArrayList<>();
        for (int i = 1; i <= curve.size(); i++) {
            if (i == curve.size() || Math.floor(curve.epoch(i)) != Math.floor(curve.epoch(i - 1))) {
                ends.add(i);
            }
        }
        long[] steps = new long[ends.size()];
        double[] epochs = new double[ends.size()];
        double[] means = new double[ends.size()];
        int from = 0;
        for (int e = 0; e < means.length; e++) {
            int to = ends.get(e);
            steps[e] = curve.step(to - 1);
            epochs[e] = Math.floor(curve.epoch(to - 1));
            means[e] = Robust.mean(curve.values(from, to));
            from = to;
        }
        return Optional.of(new Curve(curve.key(), curve.label(), steps, epochs, means, 0));
    }
}
