package dev.auscult.train.regularize;

import java.util.Map;
import java.util.TreeSet;

/** Reads what a checkpoint kept. */
final class Saved {
    private Saved() {}

    static double number(Map<String, Double> state, String name) {
        return value(state, name);
    }

    static <V> V value(Map<String, V> state, String name) {
        V value = state.get(name);
        if (value == null) {
            throw new IllegalArgumentException("saved state holds " + new TreeSet<>(state.keySet()) + ", wanted " + name
                    + ": it was saved with other settings");
        }
        return value;
    }
}
