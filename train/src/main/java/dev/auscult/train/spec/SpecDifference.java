package dev.auscult.train.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * A key that two specs give different values.
 *
 * @param key its path: {@code training.epochs}
 * @param before value in the first spec as YAML on one line; empty where it has none
 * @param after value in the second
 */
public record SpecDifference(String key, String before, String after) {
    /** What differs, sorted by key; lists count as one value. */
    public static List<SpecDifference> between(Spec first, Spec second) {
        Map<String, String> one = new LinkedHashMap<>();
        Map<String, String> other = new LinkedHashMap<>();
        flatten("", SpecTree.of(first), one);
        flatten("", SpecTree.of(second), other);
        List<SpecDifference> differences = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        for (String key : keys) {
            String before = one.getOrDefault(key, "");
            String after = other.getOrDefault(key, "");
            if (!Objects.equals(before, after)) {
                differences.add(new SpecDifference(key, before, after));
            }
        }
        return List.copyOf(differences);
    }

    private static void flatten(String prefix, Map<?, ? extends @Nullable Object> tree, Map<String, String> into) {
        tree.forEach((key, value) -> {
            String path = prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key;
            if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                flatten(path, map, into);
            } else {
                into.put(path, YamlText.inline(value));
            }
        });
    }

    @Override
    public String toString() {
        return key + " is " + (after.isEmpty() ? "not there" : after) + ", was "
                + (before.isEmpty() ? "not there" : before);
    }
}
