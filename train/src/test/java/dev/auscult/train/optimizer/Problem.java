package dev.auscult.train.optimizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Scope;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.spec.OptimizerSettings;

/** The problem of {@code bench/oracle/optimizers.py}: mean((tanh(X·W + b) − Y)²). */
@SuppressWarnings("try") // scopes are opened for what their end does
final class Problem implements AutoCloseable {
    final Engine engine;
    final Tensor weight;
    final Tensor bias;

    private final Tensor x;
    private final Tensor y;

    Problem(Engine engine, DType type) {
        this.engine = engine;
        try (Scope scope = engine.scope()) {
            double[] start = row("start");
            x = engine.of(row("X"), 12, 3).to(type).keep();
            y = engine.of(row("Y"), 12, 2).to(type).keep();
            weight = engine.of(start, 3, 2).to(type).copy().keep().requiresGradient(true);
            bias = engine.of(Arrays.copyOfRange(start, 6, 8), 2)
                    .to(type)
                    .copy()
                    .keep()
                    .requiresGradient(true);
        }
    }

    static List<String[]> lines() {
        try (InputStream in = Objects.requireNonNull(Problem.class.getResourceAsStream("/oracle/optimizers.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] numbers(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double[] row(String name) {
        return lines().stream()
                .filter(cells -> cells[0].equals(name))
                .map(cells -> numbers(cells[1]))
                .findFirst()
                .orElseThrow();
    }

    List<Parameter> parameters() {
        return List.of(new Parameter("0-dense", "weight", weight, true), new Parameter("0-dense", "bias", bias, true));
    }

    /** Clears the gradients and gathers them anew. */
    double loss() {
        try (Scope scope = engine.scope()) {
            weight.clearGradient();
            bias.clearGradient();
            Tensor off = x.matmul(weight).add(bias).tanh().sub(y);
            Tensor loss = off.mul(off).mean();
            loss.backward();
            return loss.item();
        }
    }

    double[] weights() {
        double[] all = Arrays.copyOf(weight.toDoubles(), 8);
        System.arraycopy(bias.toDoubles(), 0, all, 6, 2);
        return all;
    }

    static Map<String, String> map(String text) {
        Map<String, String> map = new HashMap<>();
        for (String pair : text.split(" ", -1)) {
            String[] sides = pair.split("=", -1);
            map.put(sides[0], sides[1]);
        }
        return map;
    }

    static OptimizerSettings settings(String type, String text) {
        Map<String, String> map = map(text);
        List<OptimizerSettings.Group> groups = new ArrayList<>();
        if (map.containsKey("bias-factor") || map.containsKey("bias-decay")) {
            String decay = map.get("bias-decay");
            groups.add(new OptimizerSettings.Group(
                    "*.bias",
                    Double.parseDouble(map.getOrDefault("bias-factor", "1")),
                    decay == null ? null : Double.valueOf(decay),
                    false));
        }
        return new OptimizerSettings(
                type,
                Double.parseDouble(map.getOrDefault("lr", "0.1")),
                Double.parseDouble(map.getOrDefault("momentum", "0")),
                Boolean.parseBoolean(map.get("nesterov")),
                Double.parseDouble(map.getOrDefault("beta1", "0.9")),
                Double.parseDouble(map.getOrDefault("beta2", "0.999")),
                Double.parseDouble(map.getOrDefault("epsilon", "1e-8")),
                Double.parseDouble(map.getOrDefault("weight-decay", "0")),
                map.getOrDefault("decay", "coupled"),
                Boolean.parseBoolean(map.get("decay-biases")),
                Integer.parseInt(map.getOrDefault("history", "10")),
                Integer.parseInt(map.getOrDefault("iterations", "20")),
                groups);
    }

    @Override
    public void close() {
        for (Tensor tensor : List.of(x, y, weight, bias)) {
            tensor.close();
        }
    }
}
