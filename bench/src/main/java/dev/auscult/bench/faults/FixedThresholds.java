package dev.auscult.bench.faults;

import static dev.auscult.diagnose.cause.Cause.BAD_INITIALIZATION;
import static dev.auscult.diagnose.cause.Cause.CLASS_IMBALANCE;
import static dev.auscult.diagnose.cause.Cause.DATA_LEAK;
import static dev.auscult.diagnose.cause.Cause.FROZEN_PARAMETERS;
import static dev.auscult.diagnose.cause.Cause.LEARNING_RATE_TOO_HIGH;
import static dev.auscult.diagnose.cause.Cause.LEARNING_RATE_TOO_LOW;
import static dev.auscult.diagnose.cause.Cause.MISSING_NONLINEARITY;
import static dev.auscult.diagnose.cause.Cause.NUMERIC_OVERFLOW;
import static dev.auscult.diagnose.cause.Cause.TOO_LITTLE_DATA;
import static dev.auscult.diagnose.cause.Cause.TOO_MANY_EPOCHS;
import static dev.auscult.diagnose.cause.Cause.TOO_MUCH_REGULARIZATION;
import static dev.auscult.diagnose.cause.Cause.UNSCALED_INPUT;
import static dev.auscult.diagnose.cause.Cause.WRONG_LOSS;
import static dev.auscult.diagnose.cause.Cause.WRONG_OUTPUT_ACTIVATION;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.measure.LayerKind;
import dev.auscult.run.LogHistogram;
import dev.auscult.run.ModelGraph;
import dev.auscult.run.ModelGraph.Layer;
import dev.auscult.run.Quantity;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;
import dev.auscult.run.TensorKind;
import dev.auscult.run.TensorSeries;
import dev.auscult.run.TensorSummary;

/**
 * The checks of published tools with the thresholds that they publish, as a baseline to be beaten.
 *
 * <p>AutoTrainer (Zhang et al. 2021), DeepDiagnosis (Wardat et al. 2022), DeepLocalize (Wardat et al. 2021), UMLAUT (Schoop
 * et al. 2021) and Amazon SageMaker Debugger. A check fires when it does so at any record, as the tools do. Each names the
 * causes that its symptom has most likely by those tools' own texts; where they say "learning rate out of range", both ways
 * count as right. Of what a recording does not hold (the range of inputs), the setting tells: data that were standardised
 * exceed ±1, for nothing with a variance of 1 lies within, but a column of two equally frequent values.
 */
final class FixedThresholds {
    private static final Set<Cause> RATE = Set.of(LEARNING_RATE_TOO_HIGH, LEARNING_RATE_TOO_LOW);
    private static final Set<Cause> HIGH = Set.of(LEARNING_RATE_TOO_HIGH);
    private static final Set<Cause> NOT_A_NUMBER = Set.of(NUMERIC_OVERFLOW, LEARNING_RATE_TOO_HIGH);
    private static final Set<Cause> STUCK = Set.of(LEARNING_RATE_TOO_HIGH, LEARNING_RATE_TOO_LOW, FROZEN_PARAMETERS);

    /** All checks; those of a tool in the order in which its causes are believed. */
    static final List<Check> CHECKS = checks();

    private FixedThresholds() {}

    /**
     * A published check.
     *
     * @param tool whose
     * @param symptom what it calls what it sees
     * @param names causes that it takes for most likely
     * @param fires whether it fires
     */
    record Check(String tool, String symptom, Set<Cause> names, Predicate<Readings> fires) {}

    /** The checks that fire on a run, in their order. */
    static List<Check> firing(Readings run) {
        return CHECKS.stream().filter(c -> c.fires().test(run)).toList();
    }

    static List<String> tools() {
        return CHECKS.stream().map(Check::tool).distinct().toList();
    }

    private static List<Check> checks() {
        List<Check> all = new ArrayList<>();
        autoTrainer(all);
        deepDiagnosis(all);
        deepLocalize(all);
        umlaut(all);
        debugger(all);
        return List.copyOf(all);
    }

    private static void autoTrainer(List<Check> to) {
        String tool = "AutoTrainer";
        to.add(new Check(
                tool,
                "loss not finite, or 1000 and above",
                NOT_A_NUMBER,
                r -> Arrays.stream(r.values(Split.TRAIN, Quantity.LOSS)).anyMatch(v -> !(v < 1e3))));
        to.add(new Check(tool, "improper loss", Set.of(WRONG_LOSS), FixedThresholds::improperLoss));
        to.add(new Check(
                tool, "improper activation", Set.of(WRONG_OUTPUT_ACTIVATION), FixedThresholds::improperActivation));
        to.add(new Check(
                tool,
                "exploding gradient: first to last layer above 70, a weight above 5, or a mean activation from 10",
                HIGH,
                r -> r.firstToLast().stream().anyMatch(n -> n[0] > 70)
                        || r.any(TensorKind.WEIGHT, s -> Math.max(Math.abs(s.min()), Math.abs(s.max())) > 5)
                        || r.any(TensorKind.ACTIVATION, s -> s.meanAbsolute() >= 10)
                        || r.any(TensorKind.GRADIENT, s -> s.nonFinite() > 0)));
        to.add(new Check(
                tool,
                "vanishing gradient: first to last layer below 0.001 and first below 0.0001",
                RATE,
                r -> r.firstToLast().stream().anyMatch(n -> n[0] < 1e-3 && n[1] < 1e-4)));
        to.add(new Check(
                tool,
                "dying ReLU: 70 % of a gradient zero",
                Set.of(UNSCALED_INPUT),
                r -> !r.rectified().isEmpty() && r.any(TensorKind.GRADIENT, s -> s.zeroShare() >= 0.7)));
        to.add(new Check(tool, "oscillating loss", HIGH, FixedThresholds::oscillating));
        to.add(new Check(tool, "slow convergence", Set.of(LEARNING_RATE_TOO_LOW), r -> {
            double[] score = r.byEpoch(Split.VALIDATION, Quantity.ACCURACY);
            double best = 0;
            for (int i = 1; i < score.length; i++) {
                best = Math.max(best, score[i] - score[i - 1]);
            }
            return score.length > 1 && best < 0.01;
        }));
        to.add(new Check(tool, "not converging: accuracy below 0.6 after 30 % of the epochs", STUCK, r -> {
            double[] score = r.byEpoch(Split.VALIDATION, Quantity.ACCURACY);
            return score.length > 0
                    && Arrays.stream(score, 0, (int) Math.ceil(0.3 * score.length))
                                    .max()
                                    .orElse(1)
                            < 0.6;
        }));
    }

    /** Two outputs or fewer need a binary loss, more a categorical one; numbers a squared error (rule 24). */
    private static boolean improperLoss(Readings run) {
        ModelGraph graph = run.run().graph().orElse(null);
        if (graph == null || !graph.task().equals("classification")) {
            return false;
        }
        return graph.outputs() <= 2
                ? !graph.loss().startsWith("binary")
                : !graph.loss().equals("cross-entropy");
    }

    /** Something behind the last linear layer, though the loss brings its own softmax or takes numbers as they are. */
    private static boolean improperActivation(Readings run) {
        List<Layer> layers = run.layers();
        return !layers.isEmpty()
                && !LayerKind.activation(layers.get(layers.size() - 1)).isEmpty();
    }

    /** Swings of the accuracy by 0.03 or more, at least a fifth as many as epochs (rule 61). */
    private static boolean oscillating(Readings run) {
        double[] score = run.byEpoch(Split.VALIDATION, Quantity.ACCURACY);
        int swings = 0;
        double peak = Double.NaN;
        for (int i = 1; i + 1 < score.length; i++) {
            if (score[i] > score[i - 1] && score[i] >= score[i + 1]) {
                peak = score[i];
            } else if (score[i] < score[i - 1] && score[i] <= score[i + 1] && peak - score[i] >= 0.03) {
                swings++;
            }
        }
        return score.length > 4 && swings >= 0.2 * score.length;
    }

    private static void deepDiagnosis(List<Check> to) {
        String tool = "DeepDiagnosis";
        to.add(new Check(tool, "not a number", NOT_A_NUMBER, FixedThresholds::notFinite));
        to.add(new Check(tool, "input outside ±1", Set.of(UNSCALED_INPUT), FixedThresholds::unscaled));
        to.add(new Check(
                tool,
                "activation of the last layer",
                Set.of(WRONG_OUTPUT_ACTIVATION),
                FixedThresholds::improperActivation));
        to.add(new Check(
                tool,
                "vanishing gradient: mean below 1e-7",
                RATE,
                r -> r.any(TensorKind.GRADIENT, s -> size(s) < 1e-7)));
        to.add(new Check(
                tool,
                "dead node: 70 % of a ReLU's values zero at the end",
                Set.of(UNSCALED_INPUT),
                r -> r.rectified().stream().anyMatch(t -> t.last().zeroShare() >= 0.7)));
        to.add(new Check(
                tool,
                "saturated activation: half beyond ±5",
                RATE,
                r -> r.beforeSquashing().stream().anyMatch(t -> beyondFive(t) > 0.5)));
        to.add(new Check(tool, "learning rate × gradient / weight outside 1e-5..0.1", RATE, r -> {
            double rate = r.run().settings().number(Setting.LEARNING_RATE).orElse(Double.NaN);
            return Arrays.stream(r.toWeights(TensorKind.GRADIENT)).anyMatch(q -> rate * q > 1e-1 || rate * q < 1e-5);
        }));
        to.add(new Check(
                tool, "loss exactly flat for 5 epochs", STUCK, r -> flat(r.byEpoch(Split.TRAIN, Quantity.LOSS), 5)));
        to.add(new Check(
                tool,
                "accuracy flat for 20 epochs, or exactly 0",
                STUCK,
                r -> flat(r.byEpoch(Split.VALIDATION, Quantity.ACCURACY), 20)
                        || Arrays.stream(r.byEpoch(Split.VALIDATION, Quantity.ACCURACY))
                                .anyMatch(v -> v == 0)));
        to.add(new Check(
                tool,
                "poor weight: variance outside 1e-5..10",
                Set.of(BAD_INITIALIZATION),
                r -> r.any(TensorKind.WEIGHT, s -> variance(s) > 10 || variance(s) < 1e-5)));
    }

    private static void deepLocalize(List<Check> to) {
        String tool = "DeepLocalize";
        to.add(new Check(tool, "numerical error: not finite", NOT_A_NUMBER, FixedThresholds::notFinite));
        to.add(new Check(
                tool,
                "numerical error: a tensor all zero",
                STUCK,
                r -> r.any(TensorKind.WEIGHT, s -> s.l2Norm() == 0)
                        || r.any(TensorKind.GRADIENT, s -> s.l2Norm() == 0)
                        || r.any(TensorKind.ACTIVATION, s -> s.l2Norm() == 0)));
        to.add(new Check(tool, "unchanged weights for 5 records", STUCK, r -> unchanged(r, 5, 0)));
    }

    private static void umlaut(List<Check> to) {
        String tool = "UMLAUT";
        to.add(new Check(
                tool, "loss not a number", NOT_A_NUMBER, r -> !Readings.finite(r.values(Split.TRAIN, Quantity.LOSS))));
        to.add(new Check(tool, "input outside ±1", Set.of(UNSCALED_INPUT), FixedThresholds::unscaled));
        to.add(new Check(tool, "missing activation", Set.of(MISSING_NONLINEARITY), FixedThresholds::missingActivation));
        to.add(new Check(
                tool,
                "activation of the last layer",
                Set.of(WRONG_OUTPUT_ACTIVATION),
                FixedThresholds::improperActivation));
        to.add(new Check(tool, "learning rate above 0.01", HIGH, r -> rate(r) > 0.01));
        to.add(new Check(tool, "learning rate below 1e-7", Set.of(LEARNING_RATE_TOO_LOW), r -> rate(r) < 1e-7));
        to.add(new Check(
                tool,
                "dropout above 0.5",
                Set.of(TOO_MUCH_REGULARIZATION),
                r -> r.layers().stream().anyMatch(l -> option(l, "rate") > 0.5)));
        to.add(new Check(tool, "validation accuracy above 0.95 from epoch 3", Set.of(DATA_LEAK), r -> {
            double[] score = r.byEpoch(Split.VALIDATION, Quantity.ACCURACY);
            return score.length >= 3
                    && Arrays.stream(score, 2, score.length).max().orElse(0) > 0.95;
        }));
        to.add(new Check(
                tool, "overfitting: validation up while training is not, for one epoch", Set.of(TOO_LITTLE_DATA), r -> {
                    double[] train = r.byEpoch(Split.TRAIN, Quantity.LOSS);
                    double[] held = r.byEpoch(Split.VALIDATION, Quantity.LOSS);
                    for (int i = 1; i < Math.min(train.length, held.length); i++) {
                        if (held[i] > held[i - 1] && train[i] <= train[i - 1]) {
                            return true;
                        }
                    }
                    return false;
                }));
    }

    private static void debugger(List<Check> to) {
        String tool = "SageMaker Debugger";
        to.add(new Check(tool, "exploding tensor: not finite", NOT_A_NUMBER, FixedThresholds::notFinite));
        to.add(new Check(
                tool,
                "vanishing gradient: mean below 1e-7",
                RATE,
                r -> r.any(TensorKind.GRADIENT, s -> size(s) < 1e-7)));
        to.add(new Check(
                tool,
                "dead ReLU: half the units never active",
                Set.of(UNSCALED_INPUT),
                r -> r.rectified().stream().anyMatch(t -> t.last().inactiveShare() > 0.5)));
        to.add(new Check(
                tool,
                "update / weight above 10 or below 1e-8",
                RATE,
                r -> Arrays.stream(r.toWeights(TensorKind.UPDATE)).anyMatch(q -> q > 10 || q < 1e-8)));
        to.add(new Check(tool, "unchanged tensor over 3 records", STUCK, r -> unchanged(r, 3, 1e-5)));
        to.add(new Check(
                tool,
                "class imbalance above 10",
                Set.of(CLASS_IMBALANCE),
                r -> r.run()
                        .data()
                        .flatMap(d -> d.part(Split.TRAIN))
                        .map(p -> p.labelCounts().values())
                        .filter(c -> c.size() > 1)
                        .map(c -> c.stream().mapToLong(n -> n).max().orElse(0)
                                > 10 * c.stream().mapToLong(n -> n).min().orElse(1))
                        .orElse(false)));
        to.add(new Check(tool, "loss not decreasing by 0.1 % over 10 records", STUCK, r -> {
            double[] loss = r.values(Split.TRAIN, Quantity.LOSS);
            for (int i = 10; i < loss.length; i++) {
                if (!(loss[i] <= 0.999 * loss[i - 10])) {
                    return true;
                }
            }
            return false;
        }));
        to.add(new Check(tool, "overfit: validation above training loss by 10 %", Set.of(TOO_LITTLE_DATA), r -> {
            double[] train = r.byEpoch(Split.TRAIN, Quantity.LOSS);
            double[] held = r.byEpoch(Split.VALIDATION, Quantity.LOSS);
            int times = 0;
            for (int i = 0; i < Math.min(train.length, held.length); i++) {
                times += (held[i] - train[i]) / train[i] > 0.1 ? 1 : 0;
            }
            return times > 1;
        }));
        to.add(new Check(tool, "overtraining: no better validation for 10 epochs", Set.of(TOO_MANY_EPOCHS), r -> {
            double[] held = r.byEpoch(Split.VALIDATION, Quantity.LOSS);
            double best = Double.POSITIVE_INFINITY;
            int since = 0;
            for (double value : held) {
                since = value < best - 0.01 ? 0 : since + 1;
                best = Math.min(best, value);
                if (since >= 10) {
                    return true;
                }
            }
            return false;
        }));
    }

    private static boolean notFinite(Readings run) {
        return !Readings.finite(run.values(Split.TRAIN, Quantity.LOSS))
                || Arrays.stream(TensorKind.values()).anyMatch(k -> run.any(k, s -> s.nonFinite() > 0));
    }

    private static boolean unscaled(Readings run) {
        String how = run.setting("data.normalize");
        String divisor = run.setting("data.normalize.divide");
        boolean text = run.setting("data.text").isEmpty()
                ? run.run().settings().raw().keySet().stream().anyMatch(k -> k.startsWith("data.text."))
                : !run.setting("data.text").equals("null");
        return !text
                && (how.equals("none")
                        || how.equals("standard")
                        || (!divisor.isEmpty() && Double.parseDouble(divisor) < 1));
    }

    /** A dense layer that another follows with nothing in between. */
    private static boolean missingActivation(Readings run) {
        List<Layer> layers = run.layers();
        for (int i = 0; i + 1 < layers.size(); i++) {
            if (LayerKind.of(layers.get(i)) == LayerKind.LINEAR
                    && LayerKind.activation(layers.get(i)).isEmpty()
                    && LayerKind.of(layers.get(i + 1)) == LayerKind.LINEAR) {
                return true;
            }
        }
        return false;
    }

    private static boolean unchanged(Readings run, int records, double tolerance) {
        for (TensorSeries series : run.matrices(TensorKind.WEIGHT)) {
            int same = 1;
            for (int i = 1; i < series.size(); i++) {
                double before = series.summary(i - 1).l2Norm();
                same = Math.abs(series.summary(i).l2Norm() - before) <= tolerance * before ? same + 1 : 1;
                if (same >= records) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean flat(double[] values, int length) {
        int same = 1;
        for (int i = 1; i < values.length; i++) {
            same = values[i] == values[i - 1] ? same + 1 : 1;
            if (same >= length) {
                return true;
            }
        }
        return false;
    }

    /** Mean magnitude; where it was not recorded the root mean square, which is not smaller. */
    private static double size(TensorSummary summary) {
        return Double.isNaN(summary.meanAbsolute()) ? summary.rootMeanSquare() : summary.meanAbsolute();
    }

    private static double variance(TensorSummary summary) {
        return summary.standardDeviation() * summary.standardDeviation();
    }

    /** Share beyond ±5 at the last record; within the octave from 4 to 8 values are taken as spread evenly. */
    private static double beyondFive(TensorSeries series) {
        TensorSummary last = series.last();
        if (!last.hasHistogram()) {
            return 0;
        }
        LogHistogram histogram = last.requireHistogram();
        double fromEight = histogram.shareAtLeast(3);
        return fromEight + 0.75 * (histogram.shareAtLeast(2) - fromEight);
    }

    private static double rate(Readings run) {
        OptionalDouble rate = run.run().settings().number(Setting.LEARNING_RATE);
        return rate.orElse(Double.NaN);
    }

    private static double option(Layer layer, String name) {
        String text = layer.options().getOrDefault(name, "");
        return LayerKind.of(layer) == LayerKind.DROPOUT && !text.isEmpty() ? Double.parseDouble(text) : 0;
    }
}
