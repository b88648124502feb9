package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

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
import dev.auscult.diagnose.measure.DepthTrend;
import dev.auscult.diagnose.measure.LayerKind;
import dev.auscult.run.ModelGraph.Layer;
import dev.auscult.run.Probe;
import dev.auscult.run.Probe.Part;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;

/**
 * Flags starts from which a network cannot learn, or only slowly: hidden layers whose weights are one constant, so that
 * their units stay copies of each other, and scales with which the signal grows or fades by the same factor from layer to
 * layer, as measured before the first update, or by the formula of He et al. 2015 where it was not measured.
 */
public final class BadInitializer implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("ARC104", "bad-initializer");
    private static final Threshold FACTOR = new Threshold(
            "factor", 2, "ratio", "above it, or below its inverse, the signal changes too fast per layer");
    private static final Threshold PRODUCT =
            new Threshold("product", 10, "ratio", "above it, or below its inverse, the change over the depth matters");
    private static final Threshold LAYERS =
            new Threshold("layers", 4, "layers", "hidden layers; with fewer there is no factor per layer to speak of");

    /** By decades over the depth: two 37, low; three 50; six 75, high. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.5, 6);

    /** Nothing but copies behind this layer. */
    private static final int CONSTANT = 75;

    /** The shortcut carries what the body does not. */
    private static final int CONSTANT_IN_BODY = 30;

    /** No example differs from another from this layer on. */
    private static final int NO_SIGNAL = 80;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "neither initializers nor the scale by depth in this log",
                Plans.CHECK,
                e -> e.run().probe(Probe.Kind.DEPTH_SCALE).isPresent()
                        || Blueprint.of(e.run())
                                .filter(b -> b.linear().stream()
                                        .anyMatch(l -> !l.initializer().isEmpty()))
                                .isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(FACTOR, PRODUCT, LAYERS);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        if (run.settings().isOn(Setting.PRETRAINED) || run.settings().isOn(Setting.RESUMED)) {
            return Verdict.CLEAR;
        }
        List<Finding> findings = new ArrayList<>();
        Optional<Blueprint> blueprint = Blueprint.of(run);
        blueprint.flatMap(b -> constant(examination, b)).ifPresent(findings::add);
        Optional<Probe> probe = run.probe(Probe.Kind.DEPTH_SCALE);
        if (findings.isEmpty()) {
            if (probe.isPresent()) {
                measured(examination, blueprint, probe.get()).ifPresent(findings::add);
            } else {
                blueprint.flatMap(b -> computed(examination, b)).ifPresent(findings::add);
            }
        }
        return Verdict.of(findings);
    }

    private static Optional<Finding> constant(Examination examination, Blueprint blueprint) {
        List<Layer> all = new ArrayList<>();
        boolean outside = false;
        for (List<Layer> sequence : blueprint.sequences()) {
            List<Layer> linear = sequence.stream()
                    .filter(l -> LayerKind.of(l) == LayerKind.LINEAR)
                    .toList();
            // The last of a body may start at zero so that the block starts as its shortcut; so may the last of all.
            for (int i = 0; i + 1 < linear.size(); i++) {
                Layer layer = linear.get(i);
                boolean several = Blueprint.units(layer).orElse(2) > 1;
                if (layer.trainable() && several && isConstant(layer)) {
                    all.add(layer);
                    outside |= sequence.equals(blueprint.outermost());
                }
            }
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        int score = outside ? CONSTANT : CONSTANT_IN_BODY;
        return Optional.of(new Finding(
                INFO,
                Plans.unlessLearned(examination, score),
                "all weights of " + all.get(0).name()
                        + (all.size() > 1 ? " and of " + Numbers.count(all.size() - 1, "other hidden layer") : "")
                        + " start with the same value (" + all.get(0).initializer()
                        + "), so that its units stay copies of each other",
                Plans.where(examination.run(), all.stream().map(Layer::name).toList()),
                Evidence.of(
                        "hidden layers with one value for all weights",
                        all.size(),
                        "layers",
                        "hidden dense and convolutional layers with initializer zeros, ones or constant",
                        Evidence.of(
                                "dense and convolutional layers",
                                blueprint.linear().size(),
                                "layers"))));
    }

    private static boolean isConstant(Layer layer) {
        return switch (type(layer)) {
            case "zeros", "zero", "ones", "one", "constant" -> true;
            default -> false;
        };
    }

    private static String type(Layer layer) {
        return layer.initializer().strip().split("[ (:=]", -1)[0].toLowerCase(Locale.ROOT);
    }

    private static double amount(Layer layer) {
        String[] words = layer.initializer().strip().replace(")", "").split("[ (:=]+", -1);
        try {
            return words.length < 2 ? Double.NaN : Double.parseDouble(words[words.length - 1]);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    private Optional<Finding> measured(Examination examination, Optional<Blueprint> blueprint, Probe probe) {
        List<Part> linear = probe.parts().stream()
                .filter(p -> Double.isFinite(Plans.number(p, "activation-std")))
                .filter(p -> isLinear(p, blueprint))
                .toList();
        List<Part> hidden = linear.isEmpty() ? linear : linear.subList(0, linear.size() - 1);
        Optional<Part> dead = hidden.stream()
                .filter(p -> Plans.number(p, "activation-std") == 0)
                .findFirst();
        if (dead.isPresent()) {
            return Optional.of(new Finding(
                    INFO,
                    Plans.unlessLearned(examination, NO_SIGNAL),
                    "the output of " + dead.get().name()
                            + " is one constant in the untrained network, whatever the input",
                    Plans.where(examination.run(), List.of(dead.get().name())),
                    Evidence.of(
                            "standard deviation of the output of " + dead.get().name(),
                            0,
                            "",
                            "over the units and examples of one batch")));
        }
        if (hidden.size() < Math.max(2, examination.threshold(this, LAYERS))) {
            return Optional.empty();
        }
        DepthTrend trend = DepthTrend.of(hidden.stream()
                .mapToDouble(p -> Plans.number(p, "activation-std"))
                .toArray());
        if (!trend.isGeometric(examination.threshold(this, FACTOR), examination.threshold(this, PRODUCT))) {
            return Optional.empty();
        }
        double first = Plans.number(hidden.get(0), "gradient-rms");
        double last = Plans.number(hidden.get(hidden.size() - 1), "gradient-rms");
        int score = CURVE.score(Math.abs(Math.log10(trend.product())));
        return Optional.of(new Finding(
                INFO,
                Plans.unlessLearned(examination, score),
                scaleText(trend) + ", measured before the first update",
                Plans.where(examination.run(), hidden.stream().map(Part::name).toList()),
                evidence(
                        trend,
                        "standard deviation of the outputs of the last / of the first hidden layer",
                        Evidence.of("gradient at the first / at the last hidden layer", first / last, "ratio"))));
    }

    private static boolean isLinear(Part part, Optional<Blueprint> blueprint) {
        if (blueprint.isPresent()) {
            return blueprint.get().linear().stream().anyMatch(l -> l.name().equals(part.name()));
        }
        return part.name().matches("(?i).*(dense|conv|linear|fc)[^/]*");
    }

    /** What the formula says of plain distributions with a scale of their own, without a normalisation that mends it. */
    private Optional<Finding> computed(Examination examination, Blueprint blueprint) {
        if (blueprint.has(LayerKind.BATCH_NORM)
                || blueprint.has(LayerKind.EXAMPLE_NORM)
                || blueprint.has(LayerKind.RESIDUAL)) {
            return Optional.empty();
        }
        List<Layer> linear = blueprint.linear();
        double product = 1;
        List<Layer> hidden = new ArrayList<>();
        for (int i = 0; i + 1 < linear.size(); i++) {
            double gain = gain(linear.get(i));
            if (!Double.isNaN(gain)) {
                hidden.add(linear.get(i));
                product *= gain;
            }
        }
        if (hidden.size() < 2) {
            return Optional.empty();
        }
        double factor = Math.pow(product, 1.0 / hidden.size());
        DepthTrend trend = new DepthTrend(hidden.size(), factor, product, 1);
        if (!trend.isGeometric(examination.threshold(this, FACTOR), examination.threshold(this, PRODUCT))) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                INFO,
                Layers.mild(CURVE.score(Math.abs(Math.log10(product)))),
                scaleText(trend) + ", by the formula for " + hidden.get(0).initializer(),
                Plans.where(examination.run(), hidden.stream().map(Layer::name).toList()),
                evidence(trend, "product of sqrt(n_in Var(w) c), with c = 1/2 behind a ReLU and 1 otherwise")));
    }

    private static double gain(Layer layer) {
        double amount = amount(layer);
        OptionalDouble fan = Blueprint.fanIn(layer);
        double variance = switch (type(layer)) {
            case "normal" -> amount * amount;
            case "uniform" -> amount * amount / 3;
            default -> Double.NaN;
        };
        return fan.isPresent() ? Math.sqrt(fan.getAsDouble() * variance / 2) : Double.NaN;
    }

    private static String scaleText(DepthTrend trend) {
        return "the signal " + (trend.factor() < 1 ? "fades" : "blows up") + " with depth: its size changes "
                + Numbers.times(trend.factor()) + " per layer, " + Numbers.times(trend.product()) + " over "
                + Numbers.count(trend.layers(), "hidden layer");
    }

    private static Evidence evidence(DepthTrend trend, String formula, Evidence... more) {
        List<Evidence> children = new ArrayList<>(List.of(more));
        children.add(0, Evidence.of("ratio of neighbours", trend.factor(), "ratio"));
        return Evidence.of(
                "change over the depth", trend.product(), "ratio", formula, children.toArray(new Evidence[0]));
    }
}
