package dev.auscult.diagnose;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A value that a finding rests on, and the values that it came from: a tree.
 *
 * @param name what the value is, with its place
 * @param value the value
 * @param unit unit; empty for pure numbers
 * @param formula how it was computed from its children or from the series, as text; empty for plain readings
 * @param children the values that it came from
 */
public record Evidence(String name, double value, String unit, String formula, List<Evidence> children) {
    public Evidence {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(formula, "formula");
        children = List.copyOf(children);
    }

    /** A plain reading. */
    public static Evidence of(String name, double value, String unit) {
        return new Evidence(name, value, unit, "", List.of());
    }

    /** A computed value. Children that could not be measured (NaN, infinite) are evidence of nothing and left out. */
    public static Evidence of(String name, double value, String unit, String formula, Evidence... children) {
        List<Evidence> measured =
                Stream.of(children).filter(c -> Double.isFinite(c.value)).toList();
        return new Evidence(name, value, unit, formula, measured);
    }
}
