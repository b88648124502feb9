package dev.auscult.intake.wandb;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.intake.protobuf.MalformedMessageException;
import dev.auscult.intake.protobuf.ProtoCursor;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the items of a history or configuration record (key = 1, nested_key = 2, value_json = 16) into one tree. */
final class Items {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final int KEY = 1 << 3 | ProtoCursor.BYTES;
    private static final int NESTED_KEY = 2 << 3 | ProtoCursor.BYTES;
    private static final int VALUE_JSON = 16 << 3 | ProtoCursor.BYTES;

    private final ObjectNode tree = JSON.createObjectNode();

    ObjectNode tree() {
        return tree;
    }

    /** Reads the item that comes next; an item that is no JSON is left out. */
    void add(ProtoCursor in) throws MalformedMessageException {
        int end = in.inside();
        List<String> path = new ArrayList<>();
        String json = "";
        while (in.before(end)) {
            int key = in.key();
            switch (key) {
                case KEY, NESTED_KEY -> path.add(in.text());
                case VALUE_JSON -> json = in.text();
                default -> in.skip(key);
            }
        }
        if (path.isEmpty() || json.isEmpty()) {
            return;
        }
        JsonNode value;
        try {
            value = JSON.readTree(json);
        } catch (JacksonException notJson) {
            return;
        }
        ObjectNode parent = tree;
        for (String name : path.subList(0, path.size() - 1)) {
            if (parent.get(name) instanceof ObjectNode known) {
                parent = known;
            } else {
                parent = parent.putObject(name);
            }
        }
        parent.set(path.get(path.size() - 1), value);
    }
}
