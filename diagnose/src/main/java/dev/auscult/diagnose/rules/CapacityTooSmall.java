package dev.auscult.diagnose.rules;

import java.util.List;
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
import dev.auscult.diagnose.measure.Blueprint;
import dev.auscult.diagnose.measure.LayerKind;
import dev.auscult.diagnose.measure.Shortfall;
import dev.auscult.run.ModelGraph;
import dev.auscult.run.ModelGraph.Layer;
import dev.auscult.run.Probe;
import dev.auscult.run.Run;

/**
 * Flags a network that cannot fit its training data and is small: a hidden layer with fewer units than the classes have
 * bits, or few parameters per example. Small alone is no fault.
 */
public final class CapacityTooSmall implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("ARC109", "capacity-too-small");
    private static final Threshold RATIO = new Threshold(
            "ratio", 0.1, "ratio", "parameters per number to predict, below which a network that underfits is small");

    /** By that ratio: a tenth 25, low; a hundredth 50, medium. Other causes of underfitting keep it below high. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(0.1, 0.001);

    private static final int NARROW = 60;
    private static final int NARROW_BY_PLAN = 18;
    private static final int MOST = 60;

    /** A network without hidden layers is small by choice. */
    private static final int LINEAR_BY_CHOICE = 12;

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
        return List.of(RATIO);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        Blueprint blueprint = Plans.blueprint(examination);
        Shortfall shortfall = Shortfall.of(run, examination.trainLoss(), examination.trainScore());
        Optional<Layer> narrow = narrowest(blueprint);
        if (narrow.isPresent() && (!shortfall.known() || shortfall.underfits())) {
            long units = Blueprint.units(narrow.get()).orElse(0);
            long classes = blueprint.graph().outputs();
            return Verdict.found(new Finding(
                    INFO,
                    shortfall.underfits() ? NARROW : NARROW_BY_PLAN,
                    narrow.get().name() + " passes " + Numbers.count(units, "number") + " on for " + classes
                            + " classes" + underfits(shortfall),
                    Plans.where(run, List.of(narrow.get().name())),
                    Evidence.of(
                            "units of the narrowest hidden layer",
                            (double) units,
                            "units",
                            "compared with log2 of the number of classes",
                            Evidence.of(
                                    "log2 of the number of classes", Math.log((double) classes) / Math.log(2), "bits"),
                            Evidence.of("training score at the end", shortfall.score(), ""))));
        }
        if (!shortfall.known()) {
            return Verdict.unable(
                    "no training loss of twelve points tells whether the network underfits",
                    "train and log the training loss, or run `auscult check`, which tries to overfit one batch");
        }
        double examples = run.probe(Probe.Kind.CAPACITY)
                .map(p -> Plans.number(p, "examples"))
                .orElse(Double.NaN);
        double parameters = blueprint.trainedParameters().orElse(0);
        if (!shortfall.underfits() || !(examples > 0) || !(parameters > 0)) {
            return shortfall.underfits()
                    ? Verdict.unable("the numbers of parameters and training examples are not in this log", Plans.CHECK)
                    : Verdict.CLEAR;
        }
        double ratio = parameters / (examples * Math.max(1, blueprint.graph().outputs()));
        if (ratio >= examination.threshold(this, RATIO)) {
            return Verdict.CLEAR;
        }
        boolean hidden = blueprint.linear().size() > 1 || blueprint.linear().isEmpty();
        return Verdict.found(new Finding(
                INFO,
                hidden ? Math.min(MOST, CURVE.score(ratio)) : LINEAR_BY_CHOICE,
                Numbers.of(parameters) + " parameters for " + Numbers.of(examples) + " training examples"
                        + underfits(shortfall),
                Plans.where(run, List.of()),
                Evidence.of(
                        "parameters per number to predict",
                        ratio,
                        "ratio",
                        "trained parameters / (training examples × outputs)",
                        Evidence.of("trained parameters", parameters, "parameters"),
                        Evidence.of("training examples", examples, "examples"),
                        Evidence.of("loss left of that of a constant prediction", shortfall.left(), "share"),
                        Evidence.of("training score at the end", shortfall.score(), ""))));
    }

    private static String underfits(Shortfall shortfall) {
        return shortfall.underfits()
                ? ", and the training "
                        + (Double.isNaN(shortfall.score())
                                ? "loss stays at " + Numbers.percent(shortfall.left()) + " of where it began"
                                : "score stays at " + Numbers.of(shortfall.score()))
                : "";
    }

    /** The first hidden layer of a classifier with fewer units than its classes have bits. */
    private static Optional<Layer> narrowest(Blueprint blueprint) {
        ModelGraph graph = blueprint.graph();
        if (!graph.task().equals("classification")
                || graph.outputs() < 3
                || blueprint.head().isEmpty()) {
            return Optional.empty();
        }
        Layer head = blueprint.head().get().linear();
        return blueprint.outermost().stream()
                .filter(l -> LayerKind.of(l) == LayerKind.LINEAR && !l.equals(head))
                .filter(l -> LayerKind.normal(l.type()).equals("dense"))
                .filter(l ->
                        Blueprint.units(l).orElse(Long.MAX_VALUE) < Math.log((double) graph.outputs()) / Math.log(2))
                .findFirst();
    }
}
