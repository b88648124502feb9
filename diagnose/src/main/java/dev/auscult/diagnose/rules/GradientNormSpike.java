package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.GradientNorm;
import dev.auscult.diagnose.measure.Robust;

/**
 * Flags single steps whose gradient norm is far above what came just before: z = (ln g − median(w)) / s with w the
 * logarithms of the {@code window} norms before [points] and s their scale from the median absolute deviation, at least
 * 0.1; back below the middle within five points; and more such steps than heavy tails bring.
 */
public final class GradientNormSpike implements Rule {
    private static final Threshold Z =
            new Threshold("z", 8, "standard deviations", "of the logarithm above the median before: a spike");
    private static final Threshold RATIO = new Threshold("ratio", 5, "ratio", "a spike is at least so many medians");
    private static final Threshold WINDOW = new Threshold("window", 64, "points", "what came just before");
    private static final Threshold POINTS = new Threshold("points", 50, "points", "fewer say nothing about tails");

    private static final RuleInfo INFO = RuleInfo.stable("GRD104", "gradient-norm-spike");
    private static final String RECORD = "log the norm of the gradient at every step, before clipping";

    /** Alone a spike is a remark about the data; with a loss that rises after it, it did damage. */
    private static final int ALONE = 20;

    private static final int WITH_LOSS = 45;
    private static final int FEWEST_BEFORE = 25;
    private static final int BACK_WITHIN = 5;
    private static final double LEAST_SCALE = 0.1;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no gradient norm in this log",
                RECORD,
                e -> GradientNorm.of(e.run()).isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(Z, RATIO, WINDOW, POINTS);
    }

    @Override
    public Verdict examine(Examination examination) {
        GradientNorm norm = GradientNorm.of(examination.run()).orElseThrow();
        Curve curve = norm.curve();
        if (curve.size() < examination.threshold(this, POINTS)) {
            return Verdict.unable(
                    "only " + Numbers.count(curve.size(), "gradient norm") + ", "
                            + Numbers.of(examination.threshold(this, POINTS)) + " needed",
                    RECORD);
        }
        double[] logs = Arrays.stream(curve.values()).map(Math::log).toArray();
        List<Integer> spikes = new ArrayList<>();
        int worst = -1;
        double worstRise = 0;
        for (int i = FEWEST_BEFORE; i < logs.length; i++) {
            double rise = rise(examination, logs, i);
            if (rise > 0) {
                spikes.add(i);
                if (rise > worstRise) {
                    worst = i;
                    worstRise = rise;
                }
            }
        }
        double expected = expected(logs.length - FEWEST_BEFORE, examination.threshold(this, Z));
        if (worst < 0 || spikes.size() <= expected + 3 * Math.sqrt(expected)) {
            return Verdict.CLEAR;
        }
        boolean damaged = damage(examination, curve.step(spikes.get(0)), curve.step(worst));
        return Verdict.found(new Finding(
                INFO,
                damaged ? WITH_LOSS : ALONE,
                "the gradient norm jumped to " + Numbers.of(curve.value(worst)) + " at step " + curve.step(worst) + ", "
                        + Numbers.times(Math.exp(worstRise)) + " the level before"
                        + (spikes.size() > 1 ? ", the largest of " + spikes.size() + " spikes" : "")
                        + (damaged ? ", and the loss was higher after it" : ""),
                new Where(
                        norm.series(),
                        norm.layers(),
                        curve.step(spikes.get(0)),
                        curve.step(spikes.get(spikes.size() - 1))),
                Evidence.of(
                        "largest spike",
                        Math.exp(worstRise),
                        "ratio",
                        "norm / median of the norms before",
                        Evidence.of("spikes", spikes.size(), "points"),
                        Evidence.of("spikes expected of heavy tails", expected, "points"))));
    }

    /** Logarithm of the norm over the level before if point i is a spike, else 0. */
    private double rise(Examination examination, double[] logs, int i) {
        double[] before = Arrays.copyOfRange(logs, Math.max(0, i - (int) examination.threshold(this, WINDOW)), i);
        double jump = Math.log(examination.threshold(this, RATIO));
        // Most points are seen to be none without sorting.
        if (2 * Arrays.stream(before).filter(b -> b < logs[i] - jump).count() < before.length) {
            return 0;
        }
        double level = Robust.median(before);
        double rise = logs[i] - level;
        double scale = Math.max(LEAST_SCALE, Robust.scale(before));
        boolean high = rise > examination.threshold(this, Z) * scale && rise > jump;
        // The first point of a higher level is no spike.
        double[] after = Arrays.copyOfRange(logs, i + 1, Math.min(logs.length, i + 1 + BACK_WITHIN));
        boolean back = after.length > 0 && Arrays.stream(after).min().orElse(0) < level + rise / 2;
        return high && back ? rise : 0;
    }

    /** Points beyond z of a Laplace distribution, whose scale is 1.0277 / ln-unit of the robust one: n e^(−1.0277 z) / 2. */
    private static double expected(int n, double z) {
        return n * Math.exp(-Robust.MAD_TO_SD * Math.log(2) * z) / 2;
    }

    private static boolean damage(Examination examination, long firstStep, long worstStep) {
        return examination
                .finestTrainLoss()
                .filter(loss -> {
                    int at = loss.indexAtOrBefore(worstStep);
                    int span = Math.max(5, loss.size() / 20);
                    if (at < span || at + span >= loss.size() || worstStep < firstStep) {
                        return false;
                    }
                    double before = Robust.median(loss.values(at - span, at));
                    // From the second point on: the loss of the spiking batch itself is no damage.
                    double after = Robust.median(loss.values(at + 2, Math.min(loss.size(), at + 2 + span)));
                    return after - before > Math.max(0.1 * Math.abs(before), 3 * loss.noise());
                })
                .isPresent();
    }
}
