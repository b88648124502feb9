package dev.auscult.intake.dvclive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import dev.auscult.intake.RunSink;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metrics.json of a DVCLive folder: the last value of every metric, of which some have no table. */
final class LastValues {
    private static final int MOST_BYTES = 1 << 22;
    private static final int DEEPEST = 16;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private LastValues() {}

    /** Adds the metrics that are not among those read. */
    static void read(Path file, Set<String> known, RunSink sink) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode root = JSON.readTree(in.readNBytes(MOST_BYTES));
            JsonNode step = root.path("step");
            add("", root, step.isIntegralNumber() ? step.asLong() : 0, known, sink, 0);
        } catch (JacksonException broken) {
            sink.problem(0, "metrics.json is not valid JSON; it was skipped");
        }
    }

    private static void add(String name, JsonNode node, long step, Set<String> known, RunSink sink, int depth) {
        if (node.isNumber() && !name.equals("step") && !known.contains(name)) {
            sink.run().series(name).add(step, node.asDouble());
        } else if (node.isObject() && depth < DEEPEST) {
            for (Map.Entry<String, JsonNode> child : node.properties()) {
                String path = name.isEmpty() ? child.getKey() : name + "/" + child.getKey();
                add(path, child.getValue(), step, known, sink, depth + 1);
            }
        }
    }
}
