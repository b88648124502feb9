package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

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
import dev.auscult.diagnose.measure.Blueprint;
import dev.auscult.diagnose.measure.Blueprint.Head;
import dev.auscult.diagnose.measure.LayerKind;
import dev.auscult.run.ModelGraph.Layer;

/**
 * Flags dropout that leaves too little: a sum over n inputs of which each is kept with probability q has a relative
 * scatter of about √((1 - q) / (q n)) (Wager et al. 2013), so that a high rate hurts in a small layer and not in a wide one.
 */
public final class DropoutTooHigh implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("ARC107", "dropout-too-high");
    private static final Threshold RATE =
            new Threshold("rate", 0.5, "share", "of the units dropped, at or below which a rate is usual");
    private static final Threshold SCATTER = new Threshold(
            "scatter",
            0.25,
            "ratio",
            "standard deviation over mean of a sum of what is left, above which it is too much");

    /** By the scatter: 0.25 is 25, low; 0.35 41, medium; 1 is 86. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(0.25, 0.75);

    /** The prediction itself is dropped. */
    private static final int OUTPUT = 60;

    /** Li et al. 2019 measured a loss of accuracy; wide residual networks do it and are well. */
    private static final int BEFORE_NORM = 10;

    private static final int EVERYTHING = 95;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Plans.GRAPH);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(RATE, SCATTER);
    }

    @Override
    public Verdict examine(Examination examination) {
        Blueprint blueprint = Plans.blueprint(examination);
        List<Finding> findings = new ArrayList<>();
        List<Layer> behindHead = blueprint.head().map(Head::after).orElse(List.of());
        for (List<Layer> sequence : blueprint.sequences()) {
            for (int i = 0; i < sequence.size(); i++) {
                Layer layer = sequence.get(i);
                double rate = LayerKind.of(layer) == LayerKind.DROPOUT ? rate(layer) : Double.NaN;
                if (!(rate > 0)) {
                    continue;
                }
                if (rate >= 1) {
                    findings.add(finding(examination, layer, EVERYTHING, rate, " drops everything"));
                } else if (behindHead.contains(layer)) {
                    findings.add(finding(
                            examination,
                            layer,
                            Plans.unlessLearned(examination, OUTPUT),
                            rate,
                            " drops " + Numbers.percent(rate) + " of the predictions: it is behind the last layer"));
                } else if (isTooMuch(examination, layer, rate)) {
                    double scatter = scatter(layer, rate);
                    findings.add(finding(
                            examination,
                            layer,
                            Plans.unlessLearned(examination, CURVE.score(scatter)),
                            rate,
                            " drops " + Numbers.percent(rate) + " of "
                                    + Blueprint.width(layer).orElse(0) + " values, which scatters what the next layer"
                                    + " sums by " + Numbers.percent(scatter)));
                } else if (isBeforeNorm(sequence, i)) {
                    findings.add(finding(
                            examination,
                            layer,
                            BEFORE_NORM,
                            rate,
                            " stands before a batch normalisation, whose statistics then differ between training and"
                                    + " evaluation"));
                }
            }
        }
        return Verdict.of(findings);
    }

    private static Finding finding(Examination examination, Layer layer, int score, double rate, String what) {
        return new Finding(
                INFO,
                score,
                layer.name() + what,
                Plans.where(examination.run(), List.of(layer.name())),
                Evidence.of(
                        "rate",
                        rate,
                        "share",
                        "share of the values set to 0 while training",
                        Evidence.of(
                                "relative scatter of a sum",
                                scatter(layer, rate),
                                "ratio",
                                "sqrt(rate / ((1 - rate) n))",
                                Evidence.of("n, values per example", width(layer), "values"))));
    }

    private boolean isTooMuch(Examination examination, Layer layer, double rate) {
        return rate > examination.threshold(this, RATE) && scatter(layer, rate) > examination.threshold(this, SCATTER);
    }

    private static double scatter(Layer layer, double rate) {
        return Math.sqrt(rate / ((1 - rate) * width(layer)));
    }

    private static double width(Layer layer) {
        OptionalLong width = Blueprint.width(layer);
        return width.isPresent() && width.getAsLong() > 0 ? width.getAsLong() : Double.NaN;
    }

    /** With at most linear layers and activations between the two. */
    private static boolean isBeforeNorm(List<Layer> sequence, int at) {
        for (int i = at + 1; i < sequence.size(); i++) {
            switch (LayerKind.of(sequence.get(i))) {
                case BATCH_NORM -> {
                    return true;
                }
                case LINEAR, ACTIVATION, RESHAPING -> {
                    // the scatter is passed on
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    private static double rate(Layer layer) {
        String text = layer.options().getOrDefault("rate", layer.options().getOrDefault("p", ""));
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }
}
