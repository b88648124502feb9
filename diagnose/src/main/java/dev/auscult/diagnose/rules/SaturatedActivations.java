package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

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
import dev.auscult.diagnose.measure.DepthOrder;
import dev.auscult.diagnose.measure.LossProgress;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.TensorCurves;
import dev.auscult.run.Run;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;
import dev.auscult.run.TensorSummary;

/**
 * Flags hidden layers whose tanh or sigmoid sits in its flat part. The mean derivative follows exactly from the moments of
 * the activations a: E[1 − a²] for tanh, E[a − a²] for the logistic function, here divided by its value at zero (1 and
 * 1/4) [records]; E[a²] = l2Norm² / count.
 */
public final class SaturatedActivations implements Rule {
    private static final Threshold SLOPE = new Threshold(
            "slope", 0.1, "ratio", "below this share of the slope at zero hardly any gradient passes the layer");
    private static final Threshold SUSTAINED = new Threshold("sustained", 0.75, "share", "of the records must agree");
    private static final Threshold RECORDS = new Threshold("records", 4, "records", "fewer say nothing about a run");

    /** Medium just below the threshold of 0.1, high at 0.02. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(0.2, 0.02);

    /** Gates and attention saturate because it is their task; the last layer because it is sure. */
    private static final Pattern BY_DESIGN = Pattern.compile("lstm|gru|rnn|gat(e|ing)|attn|attention|softmax|prob|mask|"
            + "relu|logit|pred|head|classif|output|(^|[./_])out$|score");

    /** An activation that never comes near its bounds need not be bounded at all. */
    private static final double NEAR_BOUND = 0.98;

    private static final double EXACT = 1e-4;
    private static final RuleInfo INFO = RuleInfo.stable("ACT102", "saturated-activations");
    private static final String RECORD = "record histograms of the activations of the hidden layers";

    private record Layer(TensorSeries series, double slope) {}

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.tensors(TensorKind.ACTIVATION));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SLOPE, SUSTAINED, RECORDS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        List<TensorSeries> all =
                DepthOrder.of(run, run.tensors(TensorKind.ACTIVATION).toList());
        // The last layer may saturate: it is sure of its answer.
        List<TensorSeries> hidden = all.subList(0, all.size() - 1).stream()
                .filter(t -> t.size() >= examination.threshold(this, RECORDS))
                .filter(t ->
                        !Double.isNaN(t.last().min()) && !Double.isNaN(t.last().max()))
                .filter(t -> !Double.isNaN(TensorCurves.rootMeanSquare(t.last()))
                        && !Double.isNaN(t.last().mean()))
                .toList();
        if (hidden.isEmpty()) {
            return Verdict.unable(
                    "no hidden layer has " + Numbers.of(examination.threshold(this, RECORDS))
                            + " records with minimum, maximum and moments",
                    RECORD);
        }
        List<Layer> saturated = new ArrayList<>();
        for (TensorSeries series : hidden) {
            Curve slopes = slopes(series);
            double limit = examination.threshold(this, SLOPE);
            long below = Arrays.stream(slopes.values()).filter(s -> s < limit).count();
            if (!slopes.isEmpty()
                    && below >= examination.threshold(this, SUSTAINED) * slopes.size()
                    && Robust.median(slopes.tail(0.5).values()) < limit) {
                saturated.add(new Layer(series, Robust.median(slopes.tail(0.5).values())));
            }
        }
        if (saturated.isEmpty()) {
            return Verdict.CLEAR;
        }
        Layer worst = Collections.min(saturated, Comparator.comparingDouble(Layer::slope));
        List<String> names =
                saturated.stream().map(l -> l.series.key().layer()).distinct().toList();
        LossProgress loss = LossProgress.of(run, examination.trainLoss().or(examination::validationLoss));
        int score = CURVE.score(worst.slope);
        return Verdict.found(new Finding(
                INFO,
                loss.isBad() ? score : Layers.mild(score),
                "activations are saturated "
                        + Layers.place(names, hidden.size(), worst.series.key().layer()) + ": their mean slope is "
                        + Numbers.percent(Math.max(0, worst.slope)) + " of that at zero",
                Where.layers(names, worst.series.step(0), worst.series.step(worst.series.size() - 1)),
                Evidence.of(
                        "mean slope of " + worst.series.key().layer() + " over the slope at zero",
                        worst.slope,
                        "ratio",
                        isTanh(worst.series) ? "1 - E[a^2]" : "4 (E[a] - E[a^2])",
                        Evidence.of("layers concerned", names.size(), "layers"))));
    }

    /** Mean slope over the slope at zero; empty if the layer is not known to be bounded. */
    private static Curve slopes(TensorSeries series) {
        boolean named =
                BY_DESIGN.matcher(series.key().layer().toLowerCase(Locale.ROOT)).find();
        if (!named && isTanh(series)) {
            return TensorCurves.of(series, s -> 1 - meanSquare(s));
        }
        if (!named && isLogistic(series)) {
            return TensorCurves.of(series, s -> 4 * (s.mean() - meanSquare(s)));
        }
        return TensorCurves.of(series, s -> Double.NaN);
    }

    private static double meanSquare(TensorSummary summary) {
        double size = TensorCurves.rootMeanSquare(summary);
        return size * size;
    }

    private static boolean isTanh(TensorSeries series) {
        Curve min = TensorCurves.of(series, TensorSummary::min);
        Curve max = TensorCurves.of(series, TensorSummary::max);
        return !min.isEmpty()
                && !max.isEmpty()
                && min.min() >= -1 - 1e-6
                && max.max() <= 1 + 1e-6
                && min.min() < -NEAR_BOUND
                && max.max() > NEAR_BOUND;
    }

    /** Zeros are those of a ReLU or of dropout; a mean that never moves is 1/C of a softmax over C classes. */
    private static boolean isLogistic(TensorSeries series) {
        Curve min = TensorCurves.of(series, TensorSummary::min);
        Curve max = TensorCurves.of(series, TensorSummary::max);
        Curve mean = TensorCurves.of(series, TensorSummary::mean);
        boolean moves = !mean.isEmpty() && mean.max() - mean.min() > EXACT * Math.abs(mean.max());
        return !min.isEmpty()
                && !max.isEmpty()
                && min.min() > 0
                && max.max() <= 1 + 1e-6
                && max.max() > NEAR_BOUND
                && moves;
    }
}
