package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
import dev.auscult.diagnose.measure.DepthOrder;
import dev.auscult.diagnose.measure.LossProgress;
import dev.auscult.diagnose.measure.ParameterRole;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.TensorCurves;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;

/**
 * Flags a start from which signals cannot pass: at the first record the root mean square of the activations changes by
 * the same factor from layer to layer (median of the ratios of neighbours, and their product over the depth), or the
 * weights of most matrices are one constant, so that all units of a layer do the same.
 */
public final class InitializationScale implements Rule {
    private static final Threshold FACTOR = new Threshold(
            "factor", 2, "ratio", "above it, or below its inverse, the signal changes too fast per layer");
    private static final Threshold PRODUCT =
            new Threshold("product", 10, "ratio", "above it, or below its inverse, the change over the depth matters");
    private static final Threshold LAYERS =
            new Threshold("layers", 4, "layers", "with fewer there is no factor per layer to speak of");
    private static final Threshold START =
            new Threshold("start", 0.02, "share", "of the run within which the first record must lie");

    /** By the product over the depth in decades: medium at 2.5 decades, high at 6. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.5, 6);

    private static final int CONSTANT = 60;
    private static final RuleInfo INFO = RuleInfo.stable("WGT104", "initialization-scale");
    private static final String RECORD = "record weights and activations at the first step";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "neither weights nor activations in this log",
                RECORD,
                e -> Stream.of(TensorKind.WEIGHT, TensorKind.ACTIVATION)
                        .anyMatch(k -> e.run().tensors(k).findAny().isPresent())));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(FACTOR, PRODUCT, LAYERS, START);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        if (run.settings().isOn(Setting.PRETRAINED) || run.settings().isOn(Setting.RESUMED)) {
            return Verdict.CLEAR;
        }
        List<TensorSeries> weights = ParameterRole.matrices(run, TensorKind.WEIGHT).stream()
                .filter(t ->
                        isAtStart(examination, t) && !Double.isNaN(t.summary(0).standardDeviation()))
                .toList();
        List<TensorSeries> activations = DepthOrder.of(
                        run, run.tensors(TensorKind.ACTIVATION).toList())
                .stream()
                .filter(t -> isAtStart(examination, t) && TensorCurves.rootMeanSquare(t.summary(0)) > 0)
                .toList();
        boolean deep = activations.size() > examination.threshold(this, LAYERS);
        if (weights.isEmpty() && !deep) {
            return Verdict.unable(
                    "no weights, and activations of " + Numbers.count(activations.size(), "layer")
                            + ", at the start of the run; "
                            + Numbers.of(examination.threshold(this, LAYERS) + 1) + " layers needed",
                    RECORD);
        }
        LossProgress loss = LossProgress.of(run, examination.trainLoss().or(examination::validationLoss));
        List<Finding> findings = new ArrayList<>();
        constant(weights, loss).ifPresent(findings::add);
        if (deep) {
            scale(examination, activations.subList(0, activations.size() - 1), loss)
                    .ifPresent(findings::add);
        }
        return Verdict.of(findings);
    }

    /** A few matrices of zeros are a way to start residual branches and heads; most of them are not. */
    private static Optional<Finding> constant(List<TensorSeries> weights, LossProgress loss) {
        List<String> constant = weights.stream()
                .filter(t -> t.summary(0).standardDeviation()
                        <= 1e-7 * Math.abs(t.summary(0).mean()))
                .map(t -> t.key().layer())
                .distinct()
                .toList();
        if (constant.size() < 2 || 2 * constant.size() <= weights.size()) {
            return Optional.empty();
        }
        TensorSeries any = weights.get(0);
        return Optional.of(new Finding(
                INFO,
                loss.isBad() ? CONSTANT : Layers.mild(CONSTANT),
                "all weights of a layer start with the same value "
                        + Layers.place(constant, weights.size(), constant.get(0)) + ", so that its units stay alike",
                Where.layers(constant, any.step(0), any.step(0)),
                Evidence.of(
                        "matrices with one value at the start",
                        constant.size(),
                        "matrices",
                        "matrices with standard deviation 0 at the first record",
                        Evidence.of("weight matrices", weights.size(), "matrices"))));
    }

    private Optional<Finding> scale(Examination examination, List<TensorSeries> hidden, LossProgress loss) {
        double[] decades = new double[hidden.size() - 1];
        for (int i = 0; i < decades.length; i++) {
            decades[i] =
                    Math.log10(TensorCurves.rootMeanSquare(hidden.get(i + 1).summary(0))
                            / TensorCurves.rootMeanSquare(hidden.get(i).summary(0)));
        }
        double factor = Robust.median(decades);
        double product = Arrays.stream(decades).sum();
        long agreeing = Arrays.stream(decades).filter(d -> d * factor > 0).count();
        boolean geometric = Math.abs(factor) > Math.log10(examination.threshold(this, FACTOR))
                && Math.abs(product) > Math.log10(examination.threshold(this, PRODUCT))
                && factor * product > 0
                && agreeing >= 0.75 * decades.length;
        if (!geometric) {
            return Optional.empty();
        }
        int score = CURVE.score(Math.abs(product));
        long step = hidden.get(0).step(0);
        return Optional.of(new Finding(
                INFO,
                loss.isBad() ? score : Layers.mild(score),
                "the signal " + (factor < 0 ? "fades" : "blows up") + " with depth at the start: its size changes "
                        + Numbers.times(Math.pow(10, factor)) + " per layer, " + Numbers.times(Math.pow(10, product))
                        + " over " + Numbers.count(hidden.size(), "layer"),
                Where.layers(hidden.stream().map(t -> t.key().layer()).toList(), step, step),
                Evidence.of(
                        "size of the last over the first hidden activations",
                        Math.pow(10, product),
                        "ratio",
                        "product of the ratios of neighbouring root mean squares at the first record",
                        Evidence.of("median ratio of neighbours", Math.pow(10, factor), "ratio"))));
    }

    private boolean isAtStart(Examination examination, TensorSeries series) {
        long first = series.step(0);
        return first <= 1
                || first
                        <= examination.threshold(this, START)
                                * examination.run().lastStep();
    }
}
