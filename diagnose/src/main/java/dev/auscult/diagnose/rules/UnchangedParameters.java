package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
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
 * Flags weights whose statistics are equal bit for bit at every record, over at least half of the run, while others change
 * or while the whole run learns nothing. A step of any size changes some statistic of a matrix.
 */
public final class UnchangedParameters implements Rule {
    private static final Threshold RECORDS =
            new Threshold("records", 3, "records", "fewer cannot tell unchanged from not yet changed");
    private static final Threshold SPAN =
            new Threshold("span", 0.5, "share", "of the run's steps that the records must span");

    private static final RuleInfo INFO = RuleInfo.stable("WGT101", "unchanged-parameters");
    private static final String RECORD = "log histograms of the weights from the start to the end of the run";

    /** Nothing is trained, and the loss says so. */
    private static final int NOTHING_TRAINED = 85;

    /** Nothing changes, but the loss falls: the log is wrong, not the training. */
    private static final int WRONG_LOG = 20;

    /** A gradient arrives, and nothing is done with it. */
    private static final int IGNORED_GRADIENT = 60;

    /** It may be meant; the log does not say. */
    private static final int PERHAPS_MEANT = 25;

    private static final int DECLARED = 5;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.tensors(TensorKind.WEIGHT));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(RECORDS, SPAN);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        List<TensorSeries> weights = run.tensors(TensorKind.WEIGHT)
                .filter(t -> ParameterRole.of(run, t) == ParameterRole.MATRIX)
                .filter(t -> t.size() >= examination.threshold(this, RECORDS))
                .filter(t -> t.step(t.size() - 1) - t.step(0) >= examination.threshold(this, SPAN) * run.lastStep())
                .filter(t -> isTelling(t.summary(0)))
                .toList();
        if (weights.isEmpty()) {
            return Verdict.unable(
                    "no weight matrix has " + Numbers.of(examination.threshold(this, RECORDS)) + " records over "
                            + Numbers.percent(examination.threshold(this, SPAN)) + " of the run",
                    RECORD);
        }
        List<TensorSeries> unchanged =
                weights.stream().filter(UnchangedParameters::isUnchanged).toList();
        if (unchanged.isEmpty()) {
            return Verdict.CLEAR;
        }
        TensorSeries first = unchanged.get(0);
        List<String> names =
                unchanged.stream().map(t -> t.key().layer()).distinct().toList();
        boolean all = unchanged.size() == weights.size();
        Judgement judgement = all
                ? all(LossProgress.of(run, examination.trainLoss().or(examination::validationLoss)), run, unchanged)
                : some(run, unchanged);
        return Verdict.found(new Finding(
                INFO,
                judgement.score,
                (all
                                ? "no weight matrix changes"
                                : "weights never change " + Layers.place(names, weights.size(), names.get(0)))
                        + " over " + Numbers.count(first.size(), "record") + judgement.reason,
                Where.layers(names, first.step(0), first.step(first.size() - 1)),
                Evidence.of(
                        "unchanged weight matrices",
                        unchanged.size(),
                        "matrices",
                        "matrices whose statistics are equal at every record",
                        Evidence.of("weight matrices recorded", weights.size(), "matrices"),
                        Evidence.of("records", first.size(), "records"))));
    }

    private record Judgement(int score, String reason) {}

    /** Low: what keeps the gradient away is another rule's finding. */
    private static final Judgement NO_GRADIENT = new Judgement(
            30, ", and no gradient reaches them: dead units, a detached graph, or layers frozen without saying so");

    private static Judgement all(LossProgress loss, Run run, List<TensorSeries> unchanged) {
        if (isDeclared(run)) {
            return new Judgement(DECLARED, ", as the settings say; what is trained was not recorded");
        }
        if (loss.falls() || loss.fall() > 0.1) {
            return new Judgement(WRONG_LOG, ", though the loss falls: what is logged is not what is trained");
        }
        Gradients gradients = gradients(run, unchanged);
        if (gradients == Gradients.ZERO) {
            return NO_GRADIENT;
        }
        if (loss.isStuck()) {
            return new Judgement(
                    NOTHING_TRAINED,
                    gradients == Gradients.ARRIVE
                            ? ", and the loss does not fall: the optimizer does not update them"
                            : ", and the loss does not fall: no gradient reaches them, or the optimizer does not have them");
        }
        return new Judgement(PERHAPS_MEANT, "");
    }

    private static Judgement some(Run run, List<TensorSeries> unchanged) {
        if (isDeclared(run) || unchanged.stream().allMatch(t -> isFrozenInGraph(run, t))) {
            return new Judgement(DECLARED, ", as when they are frozen on purpose");
        }
        Gradients gradients = gradients(run, unchanged);
        if (gradients == Gradients.ZERO) {
            return NO_GRADIENT;
        }
        // A backbone that is left out of the optimizer is a way to freeze it; what lies behind a trained layer is not.
        return gradients == Gradients.ARRIVE && !isBackbone(run, unchanged)
                ? new Judgement(IGNORED_GRADIENT, ", though gradients arrive: the optimizer does not have them")
                : new Judgement(PERHAPS_MEANT, ", and the settings do not say that they are frozen");
    }

    /** What the log says of the gradients of the parameters that do not change. */
    private enum Gradients {
        UNKNOWN,
        ZERO,
        ARRIVE
    }

    private static Gradients gradients(Run run, List<TensorSeries> unchanged) {
        List<Curve> recorded = unchanged.stream()
                .flatMap(t -> run.tensors(TensorKind.GRADIENT)
                        .filter(g -> g.key().layer().equals(t.key().layer())
                                && g.key().parameter().equals(t.key().parameter())))
                .map(g -> TensorCurves.of(g, TensorCurves::rootMeanSquare))
                .filter(norm -> norm.size() > 0)
                .toList();
        if (recorded.isEmpty()) {
            return Gradients.UNKNOWN;
        }
        return recorded.stream().anyMatch(norm -> Robust.median(norm.values()) > 0) ? Gradients.ARRIVE : Gradients.ZERO;
    }

    private static boolean isBackbone(Run run, List<TensorSeries> unchanged) {
        List<TensorSeries> inOrder = ParameterRole.matrices(run, TensorKind.WEIGHT);
        return inOrder.subList(0, Math.min(unchanged.size(), inOrder.size())).containsAll(unchanged);
    }

    private static boolean isDeclared(Run run) {
        return run.settings().isOn(Setting.FROZEN)
                || run.settings().isOn(Setting.PRETRAINED)
                || run.tensors().stream()
                        .anyMatch(t -> ParameterRole.of(run, t) == ParameterRole.ZERO_START
                                && t.key().path().toLowerCase(Locale.ROOT).contains("lora"));
    }

    private static boolean isFrozenInGraph(Run run, TensorSeries series) {
        return run.graph()
                .filter(g -> g.layers().stream()
                        .anyMatch(l -> l.name().equals(series.key().layer()) && !l.trainable()))
                .isPresent();
    }

    /** One number alone, rounded, could stay the same by chance. */
    private static boolean isTelling(TensorSummary s) {
        return DoubleStream.of(s.l2Norm(), s.mean(), s.standardDeviation(), s.meanAbsolute())
                        .filter(Double::isFinite)
                        .count()
                > 0;
    }

    private static boolean isUnchanged(TensorSeries series) {
        TensorSummary first = series.summary(0);
        return IntStream.range(1, series.size()).allMatch(i -> isSame(first, series.summary(i)));
    }

    private static boolean isSame(TensorSummary a, TensorSummary b) {
        return Double.compare(a.l2Norm(), b.l2Norm()) == 0
                && Double.compare(a.mean(), b.mean()) == 0
                && Double.compare(a.standardDeviation(), b.standardDeviation()) == 0
                && Double.compare(a.meanAbsolute(), b.meanAbsolute()) == 0
                && Double.compare(a.min(), b.min()) == 0
                && Double.compare(a.max(), b.max()) == 0
                && Double.compare(a.zeros(), b.zeros()) == 0;
    }
}
