package dev.auscult.repair.trial;

import java.nio.file.Path;

import dev.auscult.repair.trial.TrialRequest.Stop;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request on its way to another process: one line of JSON. */
final class TrialOrder {
    private static final JsonMapper JSON = new JsonMapper();

    private TrialOrder() {}

    static String write(TrialRequest request) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", request.name());
        node.put("text", request.text());
        node.put("base", request.base().toAbsolutePath().toString());
        node.put("seed", request.seed());
        node.put("folder", request.folder().toAbsolutePath().toString());
        node.put("stop", request.stop().name());
        return JSON.writeValueAsString(node);
    }

    static TrialRequest read(String line) {
        JsonNode node = JSON.readTree(line);
        return new TrialRequest(
                node.path("name").asString(""),
                node.path("text").asString(""),
                Path.of(node.path("base").asString("")),
                node.path("seed").asLong(0),
                Path.of(node.path("folder").asString("")),
                Stop.valueOf(node.path("stop").asString("")));
    }
}
