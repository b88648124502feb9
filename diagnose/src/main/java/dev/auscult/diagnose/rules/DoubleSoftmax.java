package dev.auscult.diagnose.rules;

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
import dev.auscult.diagnose.measure.LossKind;
import dev.auscult.run.ModelGraph.Layer;

/**
 * Flags a softmax or sigmoid at the end of a network whose loss applies it again. A softmax of probabilities lies between
 * 1 / (1 + (C - 1) e) and e / (e + C - 1), so that the loss cannot fall below log(e + C - 1) - 1.
 */
public final class DoubleSoftmax implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("ARC103", "double-softmax");
    private static final Threshold FLOOR = new Threshold(
            "floor", 0.05, "share", "of the loss of guessing that can never be removed, above which it is told");

    /** By that share: two classes (45 %) 55, ten (63 %) 70, a thousand (85 %) 84. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.1, 0.7);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(
                Plans.GRAPH,
                new Need(
                        "the loss of the network is not in this log",
                        "train with `auscult train`, or run `auscult check`, which record the loss",
                        e -> e.run().graph().filter(g -> !g.loss().isEmpty()).isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(FLOOR);
    }

    @Override
    public Verdict examine(Examination examination) {
        Blueprint blueprint = Plans.blueprint(examination);
        LossKind loss = LossKind.of(blueprint.graph().loss());
        List<Layer> outermost = blueprint.outermost();
        List<Layer> softmaxes = outermost.stream()
                .skip(blueprint
                        .head()
                        .map(h -> (long) outermost.indexOf(h.linear()))
                        .orElse((long) outermost.size() - 1))
                .filter(l -> LayerKind.activation(l).equals(loss.isBinary() ? "sigmoid" : "softmax"))
                .toList();
        boolean own = loss == LossKind.CROSS_ENTROPY || loss == LossKind.BINARY;
        boolean other = loss == LossKind.CROSS_ENTROPY_OF_PROBABILITIES || loss == LossKind.BINARY_OF_PROBABILITIES;
        if (softmaxes.isEmpty() || !(own || (other && softmaxes.size() > 1))) {
            return Verdict.CLEAR;
        }
        long units = blueprint
                .head()
                .map(Head::units)
                .orElse(OptionalLong.empty())
                .orElse(blueprint.graph().outputs());
        long classes = loss.isBinary() ? 2 : units;
        if (classes < 2) {
            return Verdict.CLEAR;
        }
        double guessing = Math.log((double) classes);
        // A sigmoid of a probability lies in [1/2, e/(1+e)]: the best a balanced set can pay is the mean of both ends.
        double floor = loss.isBinary()
                ? (Math.log(2) + Math.log1p(Math.exp(-1))) / 2
                : Math.log1p((classes - 1) * Math.exp(-1));
        double share = floor / guessing;
        if (share <= examination.threshold(this, FLOOR)) {
            return Verdict.CLEAR;
        }
        String twice = loss.isBinary() ? "sigmoid" : "softmax";
        int score = CURVE.score(share);
        return Verdict.found(new Finding(
                INFO,
                examination.convergence().scoreAtGoal() ? Layers.mild(score) : score,
                "the network ends in a " + twice + " and " + blueprint.graph().loss() + (own ? " applies it again" : "")
                        + (own ? "" : " follows another") + ": the loss cannot fall below " + Numbers.of(floor) + ", "
                        + Numbers.percent(share) + " of that of guessing",
                Plans.where(
                        examination.run(), softmaxes.stream().map(Layer::name).toList()),
                Evidence.of(
                        "floor of the loss / loss of guessing",
                        share,
                        "share",
                        loss.isBinary() ? "(log 2 + log(1 + 1/e)) / 2 / log 2" : "(log(e + C - 1) - 1) / log C",
                        Evidence.of("floor", floor, "nats"),
                        Evidence.of("C, classes", (double) classes, ""))));
    }
}
