package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
import dev.auscult.diagnose.measure.LossProgress;
import dev.auscult.diagnose.measure.TensorCurves;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;
import dev.auscult.run.TensorSummary;

/** Flags weights, updates and activations that hold NaN or infinity [records], worst when they still do at the end. */
public final class NonFiniteTensors implements Rule {
    private static final Threshold ENDING =
            new Threshold("ending", 2, "records", "this many at the end and the run has not recovered");

    private static final RuleInfo INFO = RuleInfo.stable("NUM101", "non-finite-tensors");
    private static final String RECORD =
            "log histograms of weights and activations, with the count of NaN and infinity";

    /** Weights that are NaN stay NaN. */
    private static final int LOST = 95;

    private static final int ACTIVATIONS = 70;
    private static final int RECOVERED = 30;

    /** A constant number from the first record on is written there on purpose. */
    private static final int BY_DESIGN = 5;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no weights, updates or activations in this log",
                RECORD,
                e -> e.run().tensors().stream().anyMatch(NonFiniteTensors::isSubject)));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(ENDING);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<TensorSeries> subjects = examination.run().tensors().stream()
                .filter(NonFiniteTensors::isSubject)
                .toList();
        if (subjects.stream().noneMatch(NonFiniteTensors::isTold)) {
            return Verdict.unable("the records of this log do not tell whether elements are finite", RECORD);
        }
        LossProgress loss =
                LossProgress.of(examination.run(), examination.trainLoss().or(examination::validationLoss));
        TensorSeries worst = null;
        int worstScore = -1;
        List<TensorSeries> seen = new ArrayList<>();
        for (TensorSeries series : subjects) {
            if (IntStream.range(0, series.size()).anyMatch(i -> TensorCurves.isNonFinite(series.summary(i)))) {
                seen.add(series);
                int score = score(examination, series, loss);
                if (score > worstScore) {
                    worst = series;
                    worstScore = score;
                }
            }
        }
        if (worst == null) {
            return Verdict.CLEAR;
        }
        TensorSeries place = worst;
        int[] bad = IntStream.range(0, place.size())
                .filter(i -> TensorCurves.isNonFinite(place.summary(i)))
                .toArray();
        long first = place.step(bad[0]);
        return Verdict.found(new Finding(
                INFO,
                worstScore,
                place.key().label() + " holds NaN or infinity at " + Numbers.count(bad.length, "record") + " of "
                        + place.size() + ", first at step " + first
                        + (seen.size() > 1 ? "; so do " + (seen.size() - 1) + " other tensors" : ""),
                Where.layers(
                        seen.stream().map(t -> t.key().layer()).distinct().toList(),
                        first,
                        place.step(bad[bad.length - 1])),
                Evidence.of(
                        "records with NaN or infinity",
                        bad.length,
                        "records",
                        "records with a count of non-finite elements above 0, or an infinite extreme",
                        Evidence.of("tensors concerned", seen.size(), "tensors"),
                        Evidence.of("tensors recorded", subjects.size(), "tensors"))));
    }

    private int score(Examination examination, TensorSeries series, LossProgress loss) {
        int ending = 0;
        while (ending < series.size() && TensorCurves.isNonFinite(series.summary(series.size() - 1 - ending))) {
            ending++;
        }
        boolean lasts = ending >= Math.min(examination.threshold(this, ENDING), series.size());
        boolean weight = series.key().kind() == TensorKind.WEIGHT;
        if (!weight && ending == series.size() && loss.endsFinite()) {
            return BY_DESIGN;
        }
        // A network whose loss is a number does not use what is NaN.
        if (!lasts || (loss.endsFinite() && !loss.isBad())) {
            return RECOVERED;
        }
        return weight || loss.endsNonFinite() ? LOST : ACTIVATIONS;
    }

    private static boolean isTold(TensorSeries series) {
        TensorSummary last = series.last();
        return !Double.isNaN(last.nonFinite()) || !Double.isNaN(last.max()) || !Double.isNaN(last.l2Norm());
    }

    private static boolean isSubject(TensorSeries series) {
        return series.key().kind() == TensorKind.WEIGHT
                || series.key().kind() == TensorKind.UPDATE
                || series.key().kind() == TensorKind.ACTIVATION;
    }
}
