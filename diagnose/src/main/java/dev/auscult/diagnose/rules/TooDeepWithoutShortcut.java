package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.List;

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
import dev.auscult.run.Probe;

/**
 * Flags long chains of layers with weights that have neither shortcuts nor a normalisation: the gradient is a product of
 * as many matrices.
 */
public final class TooDeepWithoutShortcut implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("ARC105", "too-deep-without-shortcut");
    private static final Threshold DEPTH =
            new Threshold("layers", 20, "layers", "with weights in one plain chain, above which it is too deep");
    private static final Threshold SATURATING =
            new Threshold("saturating", 8, "layers", "the same for chains whose activations are sigmoid or tanh");
    private static final Threshold REACH = new Threshold(
            "reach", 10, "ratio", "within which gradients of the first and the last layer count as alike");

    /** By depth / limit: just above it 26, low; one and a half times 43, medium; three times 75. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(1, 3);

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
        return List.of(DEPTH, SATURATING, REACH);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Layer> chain = longest(Plans.blueprint(examination));
        long saturating = chain.stream()
                .filter(l -> LayerKind.activation(l).equals("sigmoid")
                        || LayerKind.activation(l).equals("tanh"))
                .count();
        List<Layer> weighted =
                chain.stream().filter(l -> LayerKind.of(l) == LayerKind.LINEAR).toList();
        boolean saturates = 2 * saturating >= weighted.size();
        double limit = examination.threshold(this, saturates ? SATURATING : DEPTH);
        boolean selfNormalising =
                chain.stream().anyMatch(l -> LayerKind.activation(l).equals("selu"));
        double reach = reach(examination, weighted);
        boolean passes = Math.abs(Math.log(reach)) <= Math.log(examination.threshold(this, REACH));
        if (weighted.size() <= limit || selfNormalising || passes) {
            return Verdict.CLEAR;
        }
        int score = CURVE.score(weighted.size() / limit);
        return Verdict.found(new Finding(
                INFO,
                Plans.unlessLearned(examination, score),
                Numbers.count(weighted.size(), "layer") + " with weights in a row, "
                        + (saturates ? "with saturating activations and " : "") + "without shortcut or normalisation ("
                        + weighted.get(0).name() + " to "
                        + weighted.get(weighted.size() - 1).name() + ")"
                        + (Double.isNaN(reach)
                                ? ""
                                : "; the gradient at the first is " + Numbers.times(reach) + " that at the last"),
                Plans.where(
                        examination.run(), weighted.stream().map(Layer::name).toList()),
                Evidence.of(
                        "depth of the chain / limit",
                        weighted.size() / limit,
                        "ratio",
                        "layers with weights without shortcut or normalisation / limit",
                        Evidence.of("layers with weights in the chain", weighted.size(), "layers"),
                        Evidence.of("limit", limit, "layers"),
                        Evidence.of("gradient at the first / at the last layer, untrained", reach, "ratio"))));
    }

    private static List<Layer> longest(Blueprint blueprint) {
        List<Layer> best = List.of();
        for (List<Layer> sequence : blueprint.sequences()) {
            List<Layer> chain = new ArrayList<>();
            for (Layer layer : sequence) {
                switch (LayerKind.of(layer)) {
                    case BATCH_NORM, EXAMPLE_NORM, RESIDUAL, ATTENTION, RECURRENT, EMBEDDING, OTHER -> {
                        // a max-pooling layer is no help and no hindrance
                        if (!LayerKind.normal(layer.type()).contains("pool")) {
                            chain = new ArrayList<>();
                        }
                    }
                    default -> {
                        if (layer.trainable()) {
                            chain.add(layer);
                        } else {
                            chain = new ArrayList<>();
                        }
                    }
                }
                if (weights(chain) > weights(best)) {
                    best = List.copyOf(chain);
                }
            }
        }
        return best;
    }

    private static long weights(List<Layer> chain) {
        return chain.stream().filter(l -> LayerKind.of(l) == LayerKind.LINEAR).count();
    }

    /** Gradient at the output of the first layer over that of the last but one; NaN where it was not measured. */
    private static double reach(Examination examination, List<Layer> chain) {
        if (chain.size() < 3) {
            return Double.NaN;
        }
        String last = chain.get(chain.size() - 2).name();
        return examination
                .run()
                .probe(Probe.Kind.DEPTH_SCALE)
                .map(p -> gradient(p, chain.get(0).name()) / gradient(p, last))
                .orElse(Double.NaN);
    }

    private static double gradient(Probe probe, String layer) {
        return probe.parts().stream()
                .filter(p -> p.name().equals(layer))
                .mapToDouble(p -> Plans.number(p, "gradient-rms"))
                .findFirst()
                .orElse(Double.NaN);
    }
}
