package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
import dev.auscult.diagnose.measure.LossProgress;
import dev.auscult.diagnose.measure.Pruned;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.TensorCurves;
import dev.auscult.run.Run;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;
import dev.auscult.run.TensorSummary;

/**
 * Flags units that never fire: share of units of a layer without any activity since the last record, or all of a layer's
 * activations (or their gradients) exactly zero, each as the median over the second half of the records.
 */
public final class DeadUnits implements Rule {
    private static final Threshold DEAD =
            new Threshold("dead", 0.5, "share", "above this share of units that never fire a layer has lost its width");
    private static final Threshold ZEROS = new Threshold(
            "zeros", 0.98, "share", "above this share of zeros hardly any unit can be active; normal is 0.5 to 0.8");
    private static final Threshold RECORDS =
            new Threshold("records", 4, "records", "fewer cannot tell never from not yet");

    /** Low at half of the units, medium at three quarters, high at nine tenths. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.55, 0.9);

    private static final int WHOLE_LAYER = 60;
    private static final int WHOLE_LAYER_AND_STUCK = 92;

    /** Sparse by design: a selection, a mask, or rows that were not looked up. */
    private static final Pattern SPARSE = Pattern.compile(
            "mask|pad|rout|top_?k|expert|gat(e|ing)|sparse|one_?hot|dropout|embed|alpha|attn|attention");

    private static final RuleInfo INFO = RuleInfo.stable("ACT101", "dead-units");
    private static final String RECORD =
            "record activations (histograms, zero counts, share of inactive units) every few hundred steps";

    private record Layer(TensorSeries series, double share, boolean whole) {
        String name() {
            return series.key().layer();
        }
    }

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no activation statistics in this log",
                RECORD,
                e -> e.run().tensors().stream().anyMatch(DeadUnits::isActivation)));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(DEAD, ZEROS, RECORDS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        List<Layer> layers = new ArrayList<>();
        List<Layer> dead = new ArrayList<>();
        for (TensorSeries series : run.tensors()) {
            if (isActivation(series) && series.size() >= examination.threshold(this, RECORDS)) {
                layer(examination, series).ifPresent(layer -> {
                    layers.add(layer);
                    if (layer.whole || layer.share > examination.threshold(this, DEAD)) {
                        dead.add(layer);
                    }
                });
            }
        }
        if (layers.isEmpty()) {
            return Verdict.unable(
                    "no layer has " + Numbers.of(examination.threshold(this, RECORDS))
                            + " records that tell how many activations are zero",
                    RECORD);
        }
        if (dead.isEmpty()) {
            return Verdict.CLEAR;
        }
        Layer worst = Collections.max(dead, Comparator.comparingDouble(Layer::share));
        LossProgress loss = LossProgress.of(run, examination.trainLoss().or(examination::validationLoss));
        List<String> names = dead.stream().map(Layer::name).distinct().toList();
        int of = (int) layers.stream().map(Layer::name).distinct().count();
        int score = worst.whole && worst.share >= 1
                ? loss.isStuck() ? WHOLE_LAYER_AND_STUCK : WHOLE_LAYER
                : CURVE.score(worst.share);
        TensorSeries any = worst.series;
        return Verdict.found(new Finding(
                INFO,
                loss.isBad() || (worst.whole && !loss.known()) ? score : Layers.mild(score),
                (worst.whole
                                ? Numbers.percent(worst.share) + " of the activations are zero "
                                : Numbers.percent(worst.share) + " of the units never fire ")
                        + Layers.place(names, of, worst.name()),
                Where.layers(names, any.step(any.size() / 2), any.step(any.size() - 1)),
                Evidence.of(
                        "share in " + worst.name(),
                        worst.share,
                        "share",
                        "median over the second half of the records",
                        Evidence.of("layers concerned", names.size(), "layers"),
                        Evidence.of("layers recorded", of, "layers"))));
    }

    /** What a layer's records say; empty where they do not tell. */
    private Optional<Layer> layer(Examination examination, TensorSeries series) {
        String name = series.key().layer();
        // Units that the settings take out never fire, and they are not missed.
        Run run = examination.run();
        double inactive = Pruned.amongTheRest(run, late(TensorCurves.of(series, TensorSummary::inactiveShare)));
        Curve zeroCurve = TensorCurves.of(series, TensorCurves::zeroShare);
        double zeros = late(zeroCurve);
        if (Double.isNaN(inactive) && Double.isNaN(zeros)) {
            return Optional.empty();
        }
        boolean sparse = SPARSE.matcher(name.toLowerCase(Locale.ROOT)).find() && zeros < 1;
        double limit = 1 - (1 - examination.threshold(this, ZEROS)) * (1 - Pruned.units(run));
        boolean sustained = !zeroCurve.isEmpty() && zeroCurve.tail(0.5).min() >= limit;
        if (sustained && !sparse) {
            return Optional.of(new Layer(series, zeros, true));
        }
        boolean gradient = series.key().kind() == TensorKind.ACTIVATION_GRADIENT;
        return Optional.of(new Layer(series, gradient || sparse || Double.isNaN(inactive) ? 0 : inactive, false));
    }

    private static double late(Curve curve) {
        return curve.isEmpty() ? Double.NaN : Robust.median(curve.tail(0.5).values());
    }

    private static boolean isActivation(TensorSeries series) {
        return series.key().kind() == TensorKind.ACTIVATION || series.key().kind() == TensorKind.ACTIVATION_GRADIENT;
    }
}
