package dev.auscult.train.schedule;

import java.util.Map;
import java.util.TreeSet;

/** Reads the numbers of a saved state. */
final class StateReader {
    private StateReader() {}

    static double number(Map<String, Double> state, String name) {
        Double value = state.get(name);
        if (value == null) {
            throw new IllegalArgumentException("saved state of a schedule holds " + new TreeSet<>(state.keySet())
                    + ", wanted " + name + ": it was saved with another schedule");
        }
        return value;
    }
}
