package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

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
import dev.auscult.diagnose.measure.GradientNorm;
import dev.auscult.diagnose.measure.LossProgress;
import dev.auscult.diagnose.measure.TensorCurves;
import dev.auscult.run.TensorKind;

/**
 * Flags gradients that are NaN or infinite: in the norm of the whole gradient or in the statistics of single tensors
 * [records]. A few such steps are part of mixed-precision training, which skips them.
 */
public final class GradientNotFinite implements Rule {
    private static final Threshold SKIPPED = new Threshold(
            "skipped", 0.05, "share", "up to this share of the steps a loss scaler skips steps on purpose");
    private static final Threshold ENDING =
            new Threshold("ending", 3, "records", "this many at the end without a finite one and it has not recovered");

    private static final RuleInfo INFO = RuleInfo.stable("GRD103", "gradient-not-finite");

    /** Lost: no later step can repair NaN weights. */
    private static final int LOST = 95;

    private static final int NOT_RECOVERED = 75;
    private static final int RECOVERED = 5;

    /** Medium from three tenths of the steps, high at two thirds: each is a batch that taught nothing. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.1, 0.7);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no gradients in this log",
                "log the norm of the gradient every few steps",
                e -> GradientNorm.of(e.run()).isPresent()
                        || e.run().tensors(TensorKind.GRADIENT).findAny().isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SKIPPED, ENDING);
    }

    @Override
    public Verdict examine(Examination examination) {
        TreeMap<Long, Boolean> bad = new TreeMap<>();
        List<String> series = new ArrayList<>();
        List<String> layers = new ArrayList<>();
        GradientNorm.of(examination.run()).ifPresent(norm -> {
            series.addAll(norm.series());
            for (int i = 0; i < norm.size(); i++) {
                bad.merge(norm.step(i), !Double.isFinite(norm.value(i)), Boolean::logicalOr);
            }
        });
        examination.run().tensors(TensorKind.GRADIENT).forEach(tensor -> {
            boolean any = false;
            for (int i = 0; i < tensor.size(); i++) {
                boolean here = TensorCurves.isNonFinite(tensor.summary(i));
                bad.merge(tensor.step(i), here, Boolean::logicalOr);
                any |= here;
            }
            if (any) {
                layers.add(tensor.key().layer());
            }
        });
        List<Long> steps =
                bad.keySet().stream().filter(s -> bad.getOrDefault(s, false)).toList();
        if (steps.isEmpty()) {
            return Verdict.CLEAR;
        }
        return Verdict.found(finding(
                examination,
                bad,
                steps,
                new Where(series, layers.stream().distinct().toList(), steps.get(0), steps.get(steps.size() - 1))));
    }

    private Finding finding(Examination examination, NavigableMap<Long, Boolean> bad, List<Long> steps, Where where) {
        double share = (double) steps.size() / bad.size();
        long ending = bad.descendingMap().values().stream().takeWhile(b -> b).count();
        LossProgress loss =
                LossProgress.of(examination.run(), examination.trainLoss().or(examination::validationLoss));
        boolean atEnd = ending >= Math.min(examination.threshold(this, ENDING), bad.size());
        int score;
        String what;
        if (atEnd && loss.endsNonFinite()) {
            score = LOST;
            what = " and does not recover, nor does the loss";
        } else if (atEnd && loss.falls()) {
            // Broken weights cannot learn: what is broken is the number that was logged.
            score = RECOVERED;
            what = ", but the loss goes on falling: the number that is logged is not the gradient that is used";
        } else if (atEnd) {
            score = loss.isBad() || !loss.endsFinite() ? NOT_RECOVERED : Layers.mild(NOT_RECOVERED);
            what = " and does not recover";
        } else if (share <= examination.threshold(this, SKIPPED)) {
            score = RECOVERED;
            what = " and recovers, as when a loss scaler skips a step";
        } else {
            score = loss.isBad() ? CURVE.score(share) : Layers.mild(CURVE.score(share));
            what = " and recovers";
        }
        return new Finding(
                INFO,
                score,
                "the gradient is NaN or infinite at " + Numbers.count(steps.size(), "recorded step") + " of "
                        + bad.size() + ", first at step " + steps.get(0) + what,
                where,
                Evidence.of(
                        "share of the records that are not finite",
                        share,
                        "share",
                        "records with NaN or infinity / records",
                        Evidence.of("of these at the end without a finite one", (double) ending, "records")));
    }
}
