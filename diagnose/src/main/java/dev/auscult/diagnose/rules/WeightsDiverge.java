package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

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
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;

/**
 * Flags weights that grow without bound while the loss does not improve: with n the L2 norm of a weight matrix
 * [records], growth = n(end) / n(start), and the growth of the second half at least as large, in ratio, as that of the
 * first. Healthy weights grow like the logarithm or the root of the step: fast first, then slower.
 */
public final class WeightsDiverge implements Rule {
    private static final Threshold GROWTH = new Threshold(
            "growth", 10, "ratio", "above this ratio of the last to the first norm the weights have left");
    private static final Threshold RECORDS = new Threshold("records", 8, "records", "fewer say nothing about a shape");

    /** Medium at the threshold of 10, high at 100. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(3, 100);

    /** The logarithmic growth per record in the second half against that in the first. */
    private static final double AS_MUCH = 0.8;

    private static final RuleInfo INFO = RuleInfo.stable("WGT103", "weights-diverge");
    private static final String RECORD = "log histograms or norms of the weights from the start to the end of the run";

    private record Layer(TensorSeries series, double growth) {}

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.tensors(TensorKind.WEIGHT), Need.ANY_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(GROWTH, RECORDS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        List<TensorSeries> matrices = ParameterRole.matrices(run, TensorKind.WEIGHT).stream()
                .filter(t ->
                        TensorCurves.of(t, TensorCurves::rootMeanSquare).size() >= examination.threshold(this, RECORDS))
                .toList();
        if (matrices.isEmpty()) {
            return Verdict.unable(
                    "no weight matrix has " + Numbers.of(examination.threshold(this, RECORDS)) + " records of its norm",
                    RECORD);
        }
        List<Layer> grown = new ArrayList<>();
        for (TensorSeries series : matrices) {
            Curve norm = TensorCurves.of(series, TensorCurves::rootMeanSquare);
            double start = norm.value(0);
            double middle = Robust.median(norm.values(norm.size() / 2 - 1, norm.size() / 2 + 2));
            double end = norm.endLevel();
            // Per record: the level at the end is a median, which lies before the last record.
            int half = norm.size() / 2;
            double early = Math.log(middle / start) / half;
            double late = Math.log(end / middle) / (norm.size() - 1 - norm.endSpan() / 2.0 - half);
            if (start > 0 && end / start > examination.threshold(this, GROWTH) && late >= AS_MUCH * early) {
                grown.add(new Layer(series, end / start));
            }
        }
        LossProgress loss = LossProgress.of(run, examination.trainLoss().or(examination::validationLoss));
        if (grown.isEmpty() || !loss.isBad()) {
            return Verdict.CLEAR;
        }
        Layer worst = Collections.max(grown, Comparator.comparingDouble(Layer::growth));
        List<String> names =
                grown.stream().map(l -> l.series.key().layer()).distinct().toList();
        return Verdict.found(new Finding(
                INFO,
                CURVE.score(worst.growth),
                "weights grow without bound "
                        + Layers.place(
                                names, matrices.size(), worst.series.key().layer()) + ", "
                        + Numbers.times(worst.growth) + " over the run and faster at the end, while the loss "
                        + (loss.suffers() ? "gets worse" : "does not improve"),
                Where.layers(names, worst.series.step(0), worst.series.step(worst.series.size() - 1)),
                Evidence.of(
                        "growth of the norm of " + worst.series.key().layer(),
                        worst.growth,
                        "ratio",
                        "median norm of the last records / norm at the first record",
                        Evidence.of("layers concerned", names.size(), "layers"))));
    }
}
