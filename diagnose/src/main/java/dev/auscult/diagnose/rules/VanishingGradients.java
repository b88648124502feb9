package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.Optional;
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
import dev.auscult.diagnose.measure.ParameterRole;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.TensorCurves;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;

/**
 * Flags gradients that fade towards the input while the run has not learned: with r the root mean square of a weight
 * matrix's gradient [records], fade = 10^(mean(log10 r over the first third of the layers) − mean(log10 r over the last
 * third)); and gradients so small against their weights in every layer that a step of plain gradient descent is lost in
 * rounding.
 */
public final class VanishingGradients implements Rule {
    private static final Threshold FADE = new Threshold(
            "fade", 1e-3, "ratio", "below this ratio of first to last layers the first ones hardly learn");
    private static final Threshold RESOLUTION = new Threshold(
            "resolution", 6e-8, "ratio", "a step below this share of the weight is lost in 32-bit rounding");
    private static final Threshold SUSTAINED =
            new Threshold("sustained", 0.75, "share", "of the records must agree, so that single batches do not count");
    private static final Threshold LAYERS =
            new Threshold("layers", 6, "layers", "with fewer weight matrices there is no depth to speak of");
    private static final Threshold RECORDS = new Threshold("records", 5, "records", "fewer say nothing about a run");

    /** Medium at the threshold of 1e-3, high at 1e-5. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(1e-2, 1e-5);

    /** A mean of logarithms needs a floor for zeros: the smallest normal 32-bit number. */
    private static final double FLOOR = 1.2e-38;

    private static final double WARM_UP = 0.1;
    private static final RuleInfo INFO = RuleInfo.stable("GRD101", "vanishing-gradients");
    private static final String RECORD =
            "log histograms of every layer's gradients from the start to the end of the run";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.tensors(TensorKind.GRADIENT), Need.ANY_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(FADE, RESOLUTION, SUSTAINED, LAYERS, RECORDS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        List<TensorSeries> all = ParameterRole.matrices(run, TensorKind.GRADIENT);
        if (run.graph().isPresent() && all.size() < examination.threshold(this, LAYERS)) {
            // Every layer is known, so there is no gap in the log: the network is not deep.
            return Verdict.CLEAR;
        }
        List<TensorSeries> layers =
                all.stream().filter(VanishingGradients::everNonZero).toList();
        int records = layers.stream().mapToInt(TensorSeries::size).min().orElse(0);
        if (layers.size() < examination.threshold(this, LAYERS) || records < examination.threshold(this, RECORDS)) {
            return Verdict.unable(
                    "gradients of "
                            + Numbers.count(layers.size(), "weight matrix").replace("matrixs", "matrices")
                            + " with " + Numbers.count(records, "record") + ", "
                            + Numbers.of(examination.threshold(this, LAYERS)) + " with "
                            + Numbers.of(examination.threshold(this, RECORDS)) + " needed",
                    RECORD);
        }
        if (examination.convergence().isConverged()) {
            return Verdict.CLEAR;
        }
        LossProgress loss = LossProgress.of(run, examination.trainLoss().or(examination::validationLoss));
        Verdict fading = fading(examination, layers, records, loss);
        return fading instanceof Verdict.Found || !loss.isStuck() || Layers.isAdaptive(run)
                ? fading
                : tooSmallToStep(examination, layers);
    }

    private Verdict fading(Examination examination, List<TensorSeries> layers, int records, LossProgress loss) {
        int third = layers.size() / 3;
        int from = (int) (WARM_UP * records);
        double[] fades = new double[records - from];
        boolean[] monotone = new boolean[fades.length];
        for (int i = 0; i < fades.length; i++) {
            double first = meanLog(layers.subList(0, third), from + i);
            double middle = meanLog(layers.subList(third, layers.size() - third), from + i);
            double last = meanLog(layers.subList(layers.size() - third, layers.size()), from + i);
            fades[i] = first - last;
            monotone[i] = first <= middle && middle <= last;
        }
        double limit = Math.log10(examination.threshold(this, FADE));
        long agreeing = IntStream.range(0, fades.length)
                .filter(i -> fades[i] < limit && monotone[i])
                .count();
        if (agreeing < examination.threshold(this, SUSTAINED) * fades.length) {
            return Verdict.CLEAR;
        }
        double fade = Math.pow(10, Robust.median(fades));
        int score = CURVE.score(fade);
        boolean hurts = loss.isStuck() && !Layers.isAdaptive(examination.run());
        List<String> first = names(layers.subList(0, third));
        TensorSeries any = layers.get(0);
        return Verdict.found(new Finding(
                INFO,
                hurts ? score : Layers.mild(score),
                "gradients fade towards the input: " + Numbers.times(fade) + " the size in "
                        + Numbers.count(first.size(), "first layer") + " (" + first.get(0) + ") of that in the last",
                Where.layers(first, any.step(from), any.step(any.size() - 1)),
                Evidence.of(
                        "size of the gradient, first to last third of the layers",
                        fade,
                        "ratio",
                        "median over records of exp(mean log rms, first third - mean log rms, last third)",
                        Evidence.of("records that agree", (double) agreeing / fades.length, "share"),
                        Evidence.of("layers", layers.size(), "layers"))));
    }

    private Verdict tooSmallToStep(Examination examination, List<TensorSeries> layers) {
        Run run = examination.run();
        double rate = examination
                .learningRate()
                .map(Curve::max)
                .orElse(run.settings().number(Setting.LEARNING_RATE).orElse(1));
        double largest = 0;
        for (TensorSeries gradient : layers) {
            Optional<TensorSeries> weight = run.tensors(TensorKind.WEIGHT)
                    .filter(w -> w.key().layer().equals(gradient.key().layer())
                            && w.key().parameter().equals(gradient.key().parameter()))
                    .findFirst();
            double size = weight.map(w -> TensorCurves.rootMeanSquare(w.last())).orElse(0.0);
            double step = rate
                    * Robust.median(TensorCurves.of(gradient, TensorCurves::rootMeanSquare)
                            .values())
                    / size;
            largest = Math.max(largest, Double.isFinite(step) ? step : Double.POSITIVE_INFINITY);
        }
        if (largest >= examination.threshold(this, RESOLUTION)) {
            return Verdict.CLEAR;
        }
        TensorSeries any = layers.get(0);
        return Verdict.found(new Finding(
                INFO,
                CURVE.score(FADE.standard() * largest / RESOLUTION.standard()),
                "gradients are lost in rounding: a step moves no layer by more than " + Numbers.of(largest)
                        + " of its weights, and the loss does not fall",
                Where.layers(names(layers), any.step(0), any.step(any.size() - 1)),
                Evidence.of(
                        "largest step of any layer, relative to its weights",
                        largest,
                        "ratio",
                        "learning rate * rms(gradient) / rms(weight)",
                        Evidence.of("learning rate", rate, ""))));
    }

    private static double meanLog(List<TensorSeries> layers, int record) {
        return layers.stream()
                .mapToDouble(t -> Math.log10(Math.max(FLOOR, TensorCurves.rootMeanSquare(t.summary(record)))))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** A gradient that is zero throughout belongs to a frozen or a dead layer, which other rules judge. */
    private static boolean everNonZero(TensorSeries gradient) {
        Curve sizes = TensorCurves.of(gradient, TensorCurves::rootMeanSquare);
        return !sizes.isEmpty() && sizes.max() > 0;
    }

    private static List<String> names(List<TensorSeries> layers) {
        return layers.stream().map(t -> t.key().layer()).distinct().toList();
    }
}
