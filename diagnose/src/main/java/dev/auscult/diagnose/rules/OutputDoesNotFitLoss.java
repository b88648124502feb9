package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.measure.Blueprint;
import dev.auscult.diagnose.measure.Blueprint.Head;
import dev.auscult.diagnose.measure.LossKind;
import dev.auscult.run.ModelGraph;
import dev.auscult.run.Probe;

/**
 * Compares the end of the network with its loss and its task: an output that cannot say what the loss asks for, or says
 * it twice over.
 */
public final class OutputDoesNotFitLoss implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("ARC102", "output-does-not-fit-loss");
    private static final Threshold SPREAD = new Threshold(
            "spread",
            0.25,
            "variance",
            "squared error of the best constant above which the targets do not fit into an interval of length 1");

    /** The gradient is zero everywhere, or an answer cannot be given: nothing can be learned. */
    private static final int IMPOSSIBLE = 92;

    /** Some of what is asked for cannot be given. */
    private static final int PARTLY_IMPOSSIBLE = 78;

    /** The answer can be given, but the way to it is bad. */
    private static final int BAD_WAY = 50;

    /** Works, and is not what is usually meant. */
    private static final int UNUSUAL = 25;

    private static final int REMARK = 10;

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
                        e -> e.run()
                                .graph()
                                .filter(g -> LossKind.of(g.loss()) != LossKind.UNKNOWN)
                                .isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SPREAD);
    }

    private record Misfit(int score, String what) {}

    @Override
    public Verdict examine(Examination examination) {
        Blueprint blueprint = Plans.blueprint(examination);
        Optional<Head> known = blueprint.head();
        if (known.isEmpty()) {
            return Verdict.unable(
                    "the last layer with weights is neither dense nor convolutional",
                    "end the network with a dense layer");
        }
        Head head = known.get();
        ModelGraph graph = blueprint.graph();
        LossKind loss = LossKind.of(graph.loss());
        List<Misfit> misfits = new ArrayList<>();
        if (head.units().isEmpty()) {
            return Verdict.unable(
                    "the number of outputs of " + head.linear().name() + " is not in this log",
                    "record the shapes of the layers");
        }
        long units = head.units().getAsLong();
        counts(graph, loss, units, head.linear().outputShape().size() > 1).ifPresent(misfits::add);
        activation(examination, graph, loss, head.activation(), units).ifPresent(misfits::add);
        List<Finding> findings = new ArrayList<>();
        for (Misfit misfit : misfits) {
            boolean certain = misfit.score >= PARTLY_IMPOSSIBLE;
            findings.add(new Finding(
                    INFO,
                    certain ? misfit.score : Plans.unlessLearned(examination, misfit.score),
                    misfit.what,
                    Plans.where(examination.run(), List.of(head.linear().name())),
                    Evidence.of(
                            "outputs of " + head.linear().name(),
                            (double) units,
                            "outputs",
                            "units of the last layer with weights, "
                                    + (head.activation().isEmpty() ? "no activation" : head.activation())
                                    + " behind it, loss " + graph.loss(),
                            Evidence.of(
                                    "classes or numbers to predict",
                                    graph.outputs() > 0 ? (double) graph.outputs() : Double.NaN,
                                    ""))));
        }
        return Verdict.of(findings);
    }

    private static Optional<Misfit> counts(ModelGraph graph, LossKind loss, long units, boolean perPosition) {
        long wanted = graph.outputs();
        if (loss.isCategorical() && units == 1) {
            return Optional.of(new Misfit(
                    IMPOSSIBLE,
                    "one output with " + graph.loss() + ": the softmax of one number is always 1, so the loss and all"
                            + " gradients are 0"));
        }
        if (wanted <= 0) {
            return Optional.empty();
        }
        String pair = Numbers.count(units, "output") + " for " + wanted;
        return switch (graph.task()) {
            case "classification" -> {
                if (loss.isBinary() && units == 1 && wanted > 2) {
                    yield Optional.of(new Misfit(
                            IMPOSSIBLE,
                            "one output with " + graph.loss() + " cannot tell " + wanted + " classes apart"));
                }
                if (loss.isBinary() && units == wanted && wanted > 2) {
                    yield Optional.of(new Misfit(
                            UNUSUAL,
                            graph.loss() + " asks " + wanted
                                    + " yes-or-no questions where one of the classes is right; cross-entropy lets them"
                                    + " compete"));
                }
                boolean binary = wanted == 2 && units == 1;
                if (units < wanted && !binary) {
                    yield Optional.of(new Misfit(IMPOSSIBLE, pair + " classes: the last ones cannot be predicted"));
                }
                yield units > wanted && !(wanted == 2 && loss.isDistance())
                        ? Optional.of(new Misfit(REMARK, pair + " classes: the others are never right"))
                        : Optional.empty();
            }
            case "regression", "multi-label" ->
                units == wanted || perPosition
                        ? Optional.empty()
                        : Optional.of(new Misfit(
                                PARTLY_IMPOSSIBLE,
                                pair + (graph.task().equals("regression") ? " numbers" : " labels")
                                        + " to predict: the loss broadcasts one against the other or fails"));
            default -> Optional.empty();
        };
    }

    private Optional<Misfit> activation(
            Examination examination, ModelGraph graph, LossKind loss, String activation, long units) {
        boolean softmax = activation.equals("softmax");
        if (loss == LossKind.CROSS_ENTROPY) {
            return switch (activation) {
                case "relu", "relu6" ->
                    Optional.of(new Misfit(
                            BAD_WAY,
                            "a ReLU before " + graph.loss() + ": no logit can be negative, and an output that is 0 for"
                                    + " all examples has no gradient"));
                case "sigmoid", "tanh" ->
                    Optional.of(new Misfit(
                            BAD_WAY,
                            "a " + activation + " before " + graph.loss()
                                    + ": bounded logits keep the loss above a floor" + floor(activation, units)));
                default -> Optional.empty();
            };
        }
        if (loss == LossKind.BINARY && List.of("relu", "relu6", "tanh").contains(activation)) {
            return Optional.of(new Misfit(
                    BAD_WAY,
                    "a " + activation + " before " + graph.loss() + ": "
                            + (activation.equals("tanh")
                                    ? "no probability leaves the interval from 0.27 to 0.73"
                                    : "no probability can be below one half")));
        }
        if (loss.isDistance() && graph.task().equals("classification")) {
            return Optional.of(
                    softmax
                            ? new Misfit(
                                    UNUSUAL,
                                    graph.loss() + " on probabilities of classes: the gradient fades where the"
                                            + " prediction is surely wrong")
                            : new Misfit(REMARK, graph.loss() + " on classes; cross-entropy is the usual loss"));
        }
        if (loss.isDistance() && graph.task().equals("regression")) {
            return bounded(examination, graph, loss, activation, units);
        }
        return Optional.empty();
    }

    private static String floor(String activation, long units) {
        if (units < 2) {
            return "";
        }
        double reach = activation.equals("tanh") ? 2 : 1;
        return " of " + Numbers.of(Math.log1p((units - 1) * Math.exp(-reach)));
    }

    private Optional<Misfit> bounded(
            Examination examination, ModelGraph graph, LossKind loss, String activation, long units) {
        if (activation.equals("softmax")) {
            return Optional.of(
                    units == 1
                            ? new Misfit(IMPOSSIBLE, "a softmax over one output is always 1")
                            : new Misfit(BAD_WAY, "a softmax before " + graph.loss() + ": the outputs add up to 1"));
        }
        if (activation.equals("relu")) {
            return Optional.of(new Misfit(
                    UNUSUAL,
                    "a ReLU before " + graph.loss()
                            + ": no prediction can be negative, and an output that is 0 has no gradient"));
        }
        double length = activation.equals("sigmoid") ? 1 : activation.equals("tanh") ? 2 : 0;
        if (length == 0) {
            return Optional.empty();
        }
        // Popoviciu: numbers in an interval of length l have a variance of at most l²/4.
        double limit = length * length * examination.threshold(this, SPREAD);
        double spread = loss == LossKind.SQUARED
                ? examination
                        .run()
                        .probe(Probe.Kind.LOSS_AT_START)
                        .map(p -> Plans.number(p, "expected"))
                        .orElse(Double.NaN)
                : Double.NaN;
        return Optional.of(
                spread > limit
                        ? new Misfit(
                                PARTLY_IMPOSSIBLE,
                                "a " + activation + " before " + graph.loss() + ", but the targets have a variance of "
                                        + Numbers.of(spread) + ", which an interval of length "
                                        + Numbers.of(length) + " does not hold")
                        : new Misfit(
                                REMARK,
                                "a " + activation + " before " + graph.loss() + ": right only for targets "
                                        + (length == 1 ? "from 0 to 1" : "from -1 to 1")));
    }
}
