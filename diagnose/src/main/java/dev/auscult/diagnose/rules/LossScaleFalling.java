package dev.auscult.diagnose.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.LossProgress;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Setting;

/**
 * Flags a dynamic loss scale s [points] of mixed-precision training that collapses: below 1 at the end, or halved again
 * and again over the last third, log2(s(2/3) / s(end)), without ever being raised.
 */
public final class LossScaleFalling implements Rule {
    private static final Threshold LOWEST =
            new Threshold("lowest", 1, "scale", "below it the scale makes gradients smaller, which it never needs to");
    private static final Threshold HALVINGS =
            new Threshold("halvings", 5, "halvings", "at least so many over the last third, without a raise");
    private static final Threshold POINTS = new Threshold("points", 10, "points", "fewer say nothing about a trend");

    /** By halvings below 1 (or below the level at two thirds): medium from 5, high from 12. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(1, 12);

    /** Precisions that need no loss scale, in the words of the training spec. */
    private static final Set<String> WIDE = Set.of("float32", "bfloat16");

    private static final RuleInfo INFO = RuleInfo.preview("NUM102", "loss-scale-falling");
    private static final String RECORD = "log the loss scale every few steps";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return !run.settings().text(Setting.PRECISION).map(WIDE::contains).orElse(false);
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no loss scale in this log", RECORD, e -> lossScale(e.run()).isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(LOWEST, HALVINGS, POINTS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Curve scale = lossScale(examination.run()).orElseThrow();
        if (scale.size() < examination.threshold(this, POINTS)) {
            return Verdict.unable(
                    "only " + Numbers.count(scale.size(), "loss scale") + ", "
                            + Numbers.of(examination.threshold(this, POINTS)) + " needed",
                    RECORD);
        }
        int from = 2 * scale.size() / 3;
        double[] tail = scale.values(from, scale.size());
        boolean raised = IntStream.range(1, tail.length).anyMatch(i -> tail[i] > tail[i - 1]);
        double end = scale.endLevel();
        double halvings = Math.log(tail[0] / Math.max(scale.last(), Double.MIN_NORMAL)) / Math.log(2);
        boolean changes = scale.max() > scale.min();
        boolean below = changes && end < examination.threshold(this, LOWEST);
        boolean falling = !raised && halvings >= examination.threshold(this, HALVINGS);
        if (!below && !falling) {
            return Verdict.CLEAR;
        }
        double depth = Math.max(
                falling ? halvings : 0,
                below
                        ? Math.log(examination.threshold(this, LOWEST) / Math.max(end, Double.MIN_NORMAL)) / Math.log(2)
                        : 0);
        LossProgress loss =
                LossProgress.of(examination.run(), examination.trainLoss().or(examination::validationLoss));
        boolean learns = loss.known() && !loss.isBad();
        return Verdict.found(new Finding(
                INFO,
                learns ? Layers.mild(CURVE.score(depth)) : CURVE.score(depth),
                "the loss scale collapses: " + Numbers.of(scale.max()) + " → " + Numbers.of(scale.last())
                        + (falling
                                ? ", halved " + Math.round(halvings) + " times in the last third without a raise"
                                : ""),
                Where.series(scale.label(), scale.step(from), scale.lastStep()),
                Evidence.of(
                        "loss scale at the end",
                        end,
                        "",
                        "median of the last tenth",
                        Evidence.of("halvings in the last third", halvings, "halvings"))));
    }

    private static Optional<Curve> lossScale(Run run) {
        return run.metrics().stream()
                .filter(s -> s.key().quantity() == Quantity.OTHER)
                .filter(s ->
                        NAMES.matcher(s.key().name().toLowerCase(Locale.ROOT)).find())
                .max(Comparator.comparingInt(Series::size))
                .map(Curve::of);
    }

    private static final Pattern NAMES = Pattern.compile("(loss|grad|amp)[ /._-]?scaler?(?![a-z])");
}
