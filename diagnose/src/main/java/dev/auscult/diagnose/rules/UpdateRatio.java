package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
import dev.auscult.run.TensorSummary;

/**
 * Flags layers whose steps are far too large or too small for their weights: median over the records after warm-up and
 * before half of the run of log10(norm(update) / norm(weight)) per weight matrix.
 */
public final class UpdateRatio implements Rule {
    private static final Threshold LARGEST =
            new Threshold("largest", -1, "decades", "above it a step replaces a tenth of the weights and more");
    private static final Threshold SMALLEST = new Threshold(
            "smallest", -5, "decades", "below it 100 000 steps do not move the weights by their own size");
    private static final Threshold SUSTAINED = new Threshold("sustained", 0.75, "share", "of the records must agree");
    private static final Threshold RECORDS = new Threshold("records", 5, "records", "fewer say nothing about a run");

    /** By decades beyond the limit: low at once, medium from one decade, high from two and a half. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.3, 2.5);

    private static final double WARM_UP = 0.1;

    /** Later a schedule may have taken the learning rate down on purpose. */
    private static final double UNTIL = 0.5;

    private static final RuleInfo INFO = RuleInfo.stable("WGT102", "update-ratio");
    private static final String RECORD = "record the weights and the change of the weights in a step, every few steps";

    private record Layer(String name, double decades, long from, long to) {}

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(
                Need.tensors(TensorKind.WEIGHT),
                new Need(
                        "no updates (changes of the weights in a step) in this log",
                        RECORD,
                        e -> e.run().tensors(TensorKind.UPDATE).findAny().isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(LARGEST, SMALLEST, SUSTAINED, RECORDS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        List<Layer> layers = new ArrayList<>();
        int most = 0;
        for (TensorSeries weight : ParameterRole.matrices(run, TensorKind.WEIGHT)) {
            Optional<TensorSeries> update = run.tensors(TensorKind.UPDATE)
                    .filter(u -> u.key().layer().equals(weight.key().layer())
                            && u.key().parameter().equals(weight.key().parameter()))
                    .findFirst();
            if (update.isPresent()) {
                Curve decades = decades(run, weight, update.get());
                most = Math.max(most, decades.size());
                if (decades.size() >= examination.threshold(this, RECORDS)) {
                    layers.add(new Layer(
                            weight.key().layer(),
                            agreed(examination, decades),
                            decades.firstStep(),
                            decades.lastStep()));
                }
            }
        }
        if (layers.isEmpty()) {
            return Verdict.unable(
                    "at most " + Numbers.count(most, "record")
                            + " of an update and its weights between warm-up and half" + " of the run, "
                            + Numbers.of(examination.threshold(this, RECORDS)) + " needed",
                    RECORD);
        }
        List<Layer> large = layers.stream()
                .filter(l -> l.decades > examination.threshold(this, LARGEST))
                .toList();
        List<Layer> small = layers.stream()
                .filter(l -> l.decades < examination.threshold(this, SMALLEST))
                .toList();
        if (large.isEmpty() && small.isEmpty()) {
            return Verdict.CLEAR;
        }
        LossProgress loss = LossProgress.of(run, examination.trainLoss().or(examination::validationLoss));
        List<Finding> findings = new ArrayList<>();
        if (!large.isEmpty()) {
            Layer worst = Collections.max(large, Comparator.comparingDouble(Layer::decades));
            double beyond = worst.decades - examination.threshold(this, LARGEST);
            findings.add(finding("large", large, worst, layers.size(), beyond, loss.isBad()));
        }
        if (!small.isEmpty()) {
            Layer worst = Collections.min(small, Comparator.comparingDouble(Layer::decades));
            double beyond = examination.threshold(this, SMALLEST) - worst.decades;
            boolean hurts = loss.isStuck() && 2 * small.size() > layers.size();
            findings.add(finding("small", small, worst, layers.size(), beyond, hurts));
        }
        return Verdict.of(findings);
    }

    private static Finding finding(String size, List<Layer> seen, Layer worst, int of, double beyond, boolean hurts) {
        List<String> names = seen.stream().map(Layer::name).distinct().toList();
        double ratio = Math.pow(10, worst.decades);
        return new Finding(
                INFO,
                hurts ? CURVE.score(beyond) : Layers.mild(CURVE.score(beyond)),
                "steps are too " + size + " for the weights " + Layers.place(names, of, worst.name)
                        + ": a step changes them by " + Numbers.of(ratio) + " of their size",
                Where.layers(names, worst.from, worst.to),
                Evidence.of(
                        "norm of the update over norm of the weights in " + worst.name,
                        ratio,
                        "ratio",
                        "median over records of norm(update) / norm(weight)",
                        Evidence.of("layers concerned", names.size(), "layers")));
    }

    /** The median, if enough records lie on the same side of the limits; else a value between them. */
    private double agreed(Examination examination, Curve decades) {
        double median = Robust.median(decades.values());
        double largest = examination.threshold(this, LARGEST);
        double smallest = examination.threshold(this, SMALLEST);
        long outside = Arrays.stream(decades.values())
                .filter(d -> median > largest ? d > largest : d < smallest)
                .count();
        boolean sustained = outside >= examination.threshold(this, SUSTAINED) * decades.size();
        return sustained ? median : Math.max(smallest, Math.min(largest, median));
    }

    private static Curve decades(Run run, TensorSeries weight, TensorSeries update) {
        Map<Long, TensorSummary> weights = new HashMap<>();
        for (int i = 0; i < weight.size(); i++) {
            weights.put(weight.step(i), weight.summary(i));
        }
        int[] at = {0};
        Curve all = TensorCurves.of(update, u -> {
            TensorSummary w = weights.get(update.step(at[0]++));
            // An update of exactly zero is a skipped step or a frozen layer, which another rule judges.
            return w == null ? Double.NaN : Math.log10(u.l2Norm() / w.l2Norm());
        });
        double start = run.settings().number(Setting.WARMUP_STEPS).orElse(0);
        double from = Math.max(WARM_UP * run.lastStep(), start);
        double to = Math.max(UNTIL * run.lastStep(), from + (UNTIL - WARM_UP) * run.lastStep());
        int first = all.indexAtOrBefore((long) from) + 1;
        int last = all.indexAtOrBefore((long) to) + 1;
        return all.slice(Math.min(first, last), last);
    }
}
