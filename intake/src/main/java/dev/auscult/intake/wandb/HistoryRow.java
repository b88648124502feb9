package dev.auscult.intake.wandb;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import dev.auscult.intake.tensors.Buckets;
import dev.auscult.intake.tensors.TensorNames;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.TensorKey;
import dev.auscult.run.TensorSummary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts one row of the history, everything logged at one step, into a run. */
final class HistoryRow {
    /** The optimizer's own counter, which Lightning and Hugging Face log beside wandb's count of log calls. */
    private static final String[] STEPS = {"trainer/global_step", "train/global_step", "global_step"};

    private static final String[] EPOCHS = {"epoch", "train/epoch", "trainer/epoch"};

    private static final Set<String> AXES =
            Set.of("trainer/global_step", "train/global_step", "global_step", "epoch", "train/epoch", "trainer/epoch");

    private final RunBuilder run;
    private final Buckets buckets = new Buckets();
    private long step;
    private double epoch;
    private double wallTime;
    private long values;

    HistoryRow(RunBuilder run) {
        this.run = run;
    }

    /** Number of values so far. */
    long values() {
        return values;
    }

    /**
     * Adds a row.
     *
     * @param row what was logged
     * @param position step where the row does not name it
     */
    void add(ObjectNode row, long position) {
        step = (long) first(row, STEPS).orElse(first(row, "_step").orElse((double) position));
        epoch = first(row, EPOCHS).orElse(Double.NaN);
        wallTime = first(row, "_timestamp").orElse(Double.NaN);
        for (Map.Entry<String, JsonNode> item : row.properties()) {
            if (!item.getKey().startsWith("_") && !AXES.contains(item.getKey())) {
                value(item.getKey(), item.getValue());
            }
        }
    }

    private void value(String name, JsonNode node) {
        OptionalDouble number = number(node);
        if (number.isPresent()) {
            run.series(name).add(step, epoch, wallTime, number.getAsDouble());
            values++;
        } else if (node instanceof ObjectNode object) {
            if (!object.has("_type")) {
                object.properties().forEach(inner -> value(name + "/" + inner.getKey(), inner.getValue()));
            } else if (object.path("_type").asString("").equals("histogram")) {
                histogram(name, object);
            }
        }
    }

    /** Either counts and one more edges, or counts and a first edge and a width ({@code packedBins}). */
    private void histogram(String name, ObjectNode node) {
        Optional<TensorKey> key = TensorNames.tensor(name);
        if (key.isEmpty()) {
            return;
        }
        JsonNode counts = node.path("values");
        JsonNode bins = node.path("bins");
        JsonNode packed = node.path("packedBins");
        double min = number(packed.path("min")).orElse(Double.NaN);
        double width = number(packed.path("size")).orElse(Double.NaN);
        for (int i = 0; i < counts.size(); i++) {
            double count = number(counts.path(i)).orElse(0);
            if (bins.isArray()) {
                buckets.add(edge(bins, i), edge(bins, i + 1), count);
            } else {
                buckets.add(min + i * width, min + (i + 1) * width, count);
            }
        }
        TensorSummary summary = buckets.takeSummary();
        if (summary != null) {
            run.tensor(key.get()).add(step, wallTime, summary);
            values++;
        }
    }

    private static double edge(JsonNode bins, int i) {
        return number(bins.path(i)).orElse(Double.NaN);
    }

    private static OptionalDouble first(ObjectNode row, String... names) {
        for (String name : names) {
            JsonNode node = row.get(name);
            OptionalDouble number = node == null ? OptionalDouble.empty() : number(node);
            if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
                return number;
            }
        }
        return OptionalDouble.empty();
    }

    /** JSON has no NaN: it comes as a bare word or as a string. */
    private static OptionalDouble number(JsonNode node) {
        if (node.isNumber()) {
            return OptionalDouble.of(node.doubleValue());
        }
        if (!node.isString()) {
            return OptionalDouble.empty();
        }
        return switch (node.stringValue()) {
            case "NaN" -> OptionalDouble.of(Double.NaN);
            case "Infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-Infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> OptionalDouble.empty();
        };
    }
}
