package dev.auscult.train.model;

import java.util.Set;

import dev.auscult.train.engine.Tensor;

/** The activations: functions of each number, and softmax. */
final class Activations {
    private static final Set<String> NAMES = Set.of(
            "relu",
            "leaky-relu",
            "elu",
            "selu",
            "gelu",
            "silu",
            "tanh",
            "sigmoid",
            "softmax",
            "log-softmax",
            "softplus");
    private static final double LEAKY_SLOPE = 0.01;
    private static final double ELU_ALPHA = 1;

    private Activations() {}

    static boolean contains(String name) {
        return NAMES.contains(name);
    }

    /** A layer of its own, with the options that the spec gives it. */
    static Layer build(Site site) {
        site.gives(site.input());
        double slope = site.has("slope") ? site.number("slope") : LEAKY_SLOPE;
        double alpha = site.has("alpha") ? site.number("alpha") : ELU_ALPHA;
        return named(site.settings().type(), slope, alpha);
    }

    /** An activation with the usual options. */
    static Layer named(String name) {
        return named(name, LEAKY_SLOPE, ELU_ALPHA);
    }

    private static Layer named(String name, double slope, double alpha) {
        return switch (name) {
            case "relu" -> (in, flow) -> in.relu();
            case "leaky-relu" -> (in, flow) -> in.leakyRelu(slope);
            case "elu" -> (in, flow) -> in.elu(alpha);
            case "selu" -> (in, flow) -> in.selu();
            case "gelu" -> (in, flow) -> in.gelu();
            case "silu" -> (in, flow) -> in.silu();
            case "tanh" -> (in, flow) -> in.tanh();
            case "sigmoid" -> (in, flow) -> in.sigmoid();
            case "softmax" -> (in, flow) -> in.softmax(lastAxis(in));
            case "log-softmax" -> (in, flow) -> in.logSoftmax(lastAxis(in));
            case "softplus" -> (in, flow) -> in.softplus();
            default -> throw new ModelException("no activation is called " + name);
        };
    }

    private static int lastAxis(Tensor tensor) {
        return tensor.shape().length - 1;
    }
}
