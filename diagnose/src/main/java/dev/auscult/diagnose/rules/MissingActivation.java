package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

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
import dev.auscult.run.ModelGraph.Layer;

/**
 * Flags dense or convolutional layers that follow each other with nothing but affine layers between them: their product
 * is one affine map, so that the second adds weights and no function.
 */
public final class MissingActivation implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("ARC101", "missing-activation");
    private static final Threshold SHARE = new Threshold(
            "share",
            0,
            "share",
            "of the steps between layers with weights that are only affine, above which it is told");

    /** By the share of steps between linear layers that lack a nonlinearity: a half 41, medium; all of them 63. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.1, 1.3);

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
        return List.of(SHARE);
    }

    /** Two linear layers with only affine layers between them. */
    private record Pair(Layer first, Layer second) {}

    @Override
    public Verdict examine(Examination examination) {
        Blueprint blueprint = Plans.blueprint(examination);
        List<Layer> linear = blueprint.linear();
        if (linear.size() < 2) {
            return Verdict.CLEAR;
        }
        List<Pair> pairs = new ArrayList<>();
        blueprint.sequences().forEach(sequence -> collect(sequence, pairs));
        int steps = linear.size() - 1;
        double share = (double) pairs.size() / steps;
        if (pairs.isEmpty() || share <= examination.threshold(this, SHARE)) {
            return Verdict.CLEAR;
        }
        Pair first = pairs.get(0);
        return Verdict.found(new Finding(
                INFO,
                Plans.unlessLearned(examination, CURVE.score(share)),
                "no nonlinearity between " + first.first.name() + " and " + first.second.name()
                        + (pairs.size() > 1 ? " and " + Numbers.count(pairs.size() - 1, "more pair") : "")
                        + (pairs.size() == steps
                                        && blueprint.leaves().stream().noneMatch(MissingActivation::isNonlinear)
                                ? ": the whole network is one linear map"
                                : ": each pair is one linear map"),
                Plans.where(
                        examination.run(),
                        pairs.stream()
                                .flatMap(p -> Stream.of(p.first.name(), p.second.name()))
                                .distinct()
                                .toList()),
                Evidence.of(
                        "share of linear layers followed by another without a nonlinearity",
                        share,
                        "share",
                        "pairs / (linear layers - 1)",
                        Evidence.of("pairs without a nonlinearity between them", pairs.size(), "pairs"),
                        Evidence.of("dense and convolutional layers", linear.size(), "layers"))));
    }

    private static void collect(List<Layer> sequence, List<Pair> to) {
        Layer open = null;
        for (Layer layer : sequence) {
            switch (LayerKind.of(layer)) {
                case LINEAR -> {
                    if (open != null && !isMeant(open, layer)) {
                        to.add(new Pair(open, layer));
                    }
                    open = isNonlinear(layer) ? null : layer;
                }
                case BATCH_NORM, DROPOUT, RESHAPING -> {
                    // affine, or a random zero: what was open stays open
                }
                default -> open = null;
            }
        }
    }

    private static boolean isNonlinear(Layer layer) {
        return switch (LayerKind.of(layer)) {
            case LINEAR, ACTIVATION -> !LayerKind.activation(layer).isEmpty();
            case BATCH_NORM, DROPOUT, RESHAPING -> false;
            default -> true;
        };
    }

    /**
     * Pairs that are built so on purpose: a narrow first layer factorises the map of both (a linear code, a low-rank
     * layer), pointwise and grouped convolutions factorise a convolution, patches are projected before anything else, and
     * a frozen layer is not the plan's.
     */
    private static boolean isMeant(Layer first, Layer second) {
        if (!first.trainable() || !second.trainable()) {
            return true;
        }
        if (isFactor(first) || isFactor(second)) {
            return true;
        }
        OptionalLong middle = Blueprint.units(first);
        OptionalLong last = Blueprint.units(second);
        OptionalLong before = Blueprint.inputs(first);
        return middle.isPresent()
                && last.isPresent()
                && before.isPresent()
                && middle.getAsLong() < Math.min(before.getAsLong(), last.getAsLong());
    }

    private static boolean isFactor(Layer layer) {
        String kernel = extent(layer, "kernel");
        boolean pointwise = kernel.equals("1");
        boolean grouped = !layer.options().getOrDefault("groups", "1").equals("1");
        boolean patches = !kernel.isEmpty() && !pointwise && kernel.equals(extent(layer, "stride"));
        return pointwise || grouped || patches;
    }

    /** {@code 3} for {@code 3}, {@code [3]} and {@code [3, 3]}; the whole text where the axes differ. */
    private static String extent(Layer layer, String option) {
        String[] axes = layer.options()
                .getOrDefault(option, "")
                .replaceAll("[\\[\\]() ]", "")
                .split("[,x]", -1);
        return Stream.of(axes).distinct().count() == 1 ? axes[0] : String.join("x", axes);
    }
}
