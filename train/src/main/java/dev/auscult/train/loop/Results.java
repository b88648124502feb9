package dev.auscult.train.loop;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.auscult.train.checkpoint.State;

/** Results of evaluations in a checkpoint. */
final class Results {
    private Results() {}

    static void save(State state, String name, Map<String, Double> results) {
        results.forEach((metric, value) -> state.put(name + "/" + metric, value));
    }

    static Map<String, Double> restore(State state, String name) {
        Map<String, Double> results = new LinkedHashMap<>();
        for (String key : state.texts().keySet()) {
            if (key.startsWith(name + "/")) {
                results.put(key.substring(name.length() + 1), state.number(key));
            }
        }
        return results;
    }
}
