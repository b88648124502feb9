package dev.auscult.diagnose;

import java.util.Objects;

/**
 * A number that decides, and that a user may change.
 *
 * @param key kebab-case name within its rule
 * @param standard the value unless the user says otherwise
 * @param unit unit, or {@code ratio}, {@code share}, {@code points}
 * @param meaning one clause: what happens above or below it
 */
public record Threshold(String key, double standard, String unit, String meaning) {
    public Threshold {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(meaning, "meaning");
    }
}
