package dev.auscult.diagnose.cause;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.measure.Blueprint;
import dev.auscult.diagnose.measure.LayerKind;
import dev.auscult.run.DataProfile;
import dev.auscult.run.ModelGraph.Layer;
import dev.auscult.run.Probe;
import dev.auscult.run.Split;

/** What network and active checks show. */
final class NetworkSymptoms {
    private NetworkSymptoms() {}

    static void gather(Examination examination, Symptoms.Gathering to) {
        Blueprint.of(examination.run()).ifPresent(b -> network(examination, b, to));
        for (Probe probe : examination.run().probes()) {
            probe(probe, to);
        }
    }

    private static void network(Examination examination, Blueprint blueprint, Symptoms.Gathering to) {
        List<Layer> leaves = blueprint.leaves();
        long linear = blueprint.linear().size();
        to.above("linear-layers", (double) linear, 1, 3, 6, 12);
        long activations = 0;
        long squashing = 0;
        boolean norm = false;
        boolean recurrent = false;
        boolean shaped = false;
        for (Layer layer : leaves) {
            String name = (layer.activation().isEmpty() ? layer.type() : layer.activation()).toLowerCase(Locale.ROOT);
            boolean active = name.matches("relu|leaky-relu|elu|selu|gelu|silu|tanh|sigmoid|softplus");
            activations += active ? 1 : 0;
            squashing += name.equals("sigmoid") ? 1 : 0;
            norm |= layer.type().endsWith("norm");
            recurrent |= layer.type().matches("rnn|lstm|gru");
            String init = layer.initializer();
            shaped |= init.matches(".*(zeros|constant|normal).*") && !init.matches(".*(he|glorot|lecun|orthogonal).*");
        }
        boolean shortcut = blueprint.has(LayerKind.RESIDUAL)
                || leaves.stream().anyMatch(l -> l.type().contains("transformer"));
        double dropped = 0;
        for (Layer layer : leaves) {
            String rate = layer.options().getOrDefault("rate", "");
            if (layer.type().equals("dropout") && !rate.isEmpty()) {
                dropped = Math.max(dropped, number(rate));
            }
        }
        to.above("dropout-layer", dropped, 0.05, 0.55, 0.75, 0.85, 0.95);
        to.put("no-activation", activations == 0 && linear > 1 && !recurrent);
        to.above("sigmoid-layers", (double) squashing, 0, 2);
        to.put("has-norm", norm);
        to.put("has-shortcut", shortcut);
        to.put("recurrent", recurrent);
        to.put("initializer-fixed", shaped);
        leaves.stream()
                .map(Layer::initializer)
                .filter(i -> i.contains("normal"))
                .forEach(i -> {
                    double sd = number(i);
                    to.above("initializer-normal", sd, 0.003, 0.3);
                });
        drawn(leaves, to);
        to.put(
                "initializer-negative",
                leaves.stream().anyMatch(l -> l.initializer().matches("constant -.*")));
        to.put(
                "initializer-constant",
                leaves.stream()
                        .anyMatch(l -> l.initializer().matches(".*(zeros|constant).*")
                                && l.type().matches("dense|conv|rnn|lstm|gru|embedding")));
        String last = leaves.isEmpty() ? "" : leaves.get(leaves.size() - 1).type();
        to.put("ends-in-rectifier", last.equals("relu"));
        to.put("ends-bounded", last.matches("softmax|sigmoid|tanh"));
        to.put("ends-in-activation", last.matches("softmax|sigmoid|relu|tanh|log-softmax"));
        String loss = examination.run().graph().map(g -> g.loss()).orElse("");
        String task = examination.run().graph().map(g -> g.task()).orElse("");
        if (!loss.isEmpty() && !task.isEmpty()) {
            to.put("distance-on-classes", task.equals("classification") && loss.matches("mse|mae|huber"));
            to.put("absolute-loss", loss.equals("mae"));
        }
        long narrowest = Long.MAX_VALUE;
        List<Layer> weights = blueprint.linear();
        for (int i = 0; i + 1 < weights.size(); i++) {
            narrowest = Math.min(narrowest, Blueprint.units(weights.get(i)).orElse(Long.MAX_VALUE));
        }
        if (narrowest < Long.MAX_VALUE) {
            to.above("narrowest", (double) narrowest, 2, 6, 300);
        }
        long rows = examination
                .run()
                .data()
                .flatMap(d -> d.part(Split.TRAIN))
                .map(DataProfile.Part::rows)
                .orElse(0L);
        if (rows > 0 && blueprint.trainedParameters().isPresent()) {
            to.above(
                    "parameters-per-row", (double) blueprint.trainedParameters().getAsLong() / rows, 1, 10, 100, 1000);
        }
    }

    /**
     * Deviations of initial weights that were set by hand, beside {@code 1/√fan-in}, which keeps the size of a signal (LeCun,
     * Bottou, Orr and Müller 1998, Efficient BackProp, eq. 16); rectifiers want √2 times as much.
     */
    private static void drawn(List<Layer> leaves, Symptoms.Gathering to) {
        double widest = 0;
        double narrowest = Double.MAX_VALUE;
        for (Layer layer : leaves) {
            OptionalDouble fan = Blueprint.fanIn(layer);
            if (layer.initializer().matches("normal .*") && layer.type().matches("dense|conv") && fan.isPresent()) {
                double ratio = number(layer.initializer()) * Math.sqrt(fan.getAsDouble());
                widest = Math.max(widest, ratio);
                narrowest = Math.min(narrowest, ratio);
            }
        }
        if (widest > 0) {
            to.above("initializer-widest", widest, 3, 10, 30, 100);
            to.above("initializer-narrowest", narrowest, 0.001, 0.02, 0.2);
        }
    }

    private static double number(String text) {
        String digits = text.replaceAll("[^0-9.eE-]+", " ").strip();
        try {
            return Double.parseDouble(digits.split(" ", -1)[0]);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static void probe(Probe probe, Symptoms.Gathering to) {
        Map<String, Double> n = probe.numbers();
        switch (probe.kind()) {
            case LOSS_AT_START ->
                to.above(
                        "start-to-expected",
                        n.getOrDefault("loss", Double.NaN) / n.getOrDefault("expected", Double.NaN),
                        0.8,
                        1.3,
                        2,
                        10);
            case DEPTH_SCALE -> {
                List<Probe.Part> parts = probe.parts();
                if (parts.size() >= 2) {
                    double first = parts.get(0).number("activation-std").orElse(Double.NaN);
                    double last =
                            parts.get(parts.size() - 1).number("activation-std").orElse(Double.NaN);
                    double gradientFirst = parts.get(0).number("gradient-rms").orElse(Double.NaN);
                    double gradientLast =
                            parts.get(parts.size() - 1).number("gradient-rms").orElse(Double.NaN);
                    to.above("activation-last", last, 1e-3, 0.05, 5, 100);
                    to.above("activation-first", first, 0.02, 3, 20, 200);
                    to.above("activation-depth-ratio", last / first, 1e-3, 0.05, 10);
                    to.above("gradient-depth-ratio", gradientFirst / gradientLast, 1e-6, 1e-3, 0.02, 5, 100);
                }
            }
            case WIRING -> {
                long still = probe.parts().stream()
                        .filter(p -> p.number("trainable").orElse(0) > 0
                                && p.number("gradient-norm").orElse(1) == 0)
                        .count();
                to.above("parameters-without-gradient", (double) still, 0, 3);
            }
            default -> {
                // The rules say what these show.
            }
        }
    }
}
