package dev.auscult.train.spec;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One key of a section or a layer: what it takes, what it means, and its value where the spec is silent.
 *
 * @param name the key in YAML
 * @param kind what its value looks like
 * @param required whether the spec must say it
 * @param fallback value where the spec is silent, in the Java type of the kind; null: none, or derived from the data
 * @param fallbackByType fallback for one type of the section, where it differs ({@code learning-rate} of {@code sgd})
 * @param types types of the section that have this key; empty: all
 * @param bounds which numbers are allowed
 * @param words which words are allowed, for kinds that take words
 * @param doc what it means, in one sentence
 */
public record Option(
        String name,
        OptionKind kind,
        boolean required,
        @Nullable Object fallback,
        Map<String, Object> fallbackByType,
        List<String> types,
        Bounds bounds,
        List<String> words,
        String doc) {
    public Option {
        fallbackByType = Map.copyOf(fallbackByType);
        types = List.copyOf(types);
        words = List.copyOf(words);
    }

    /** Value where the spec is silent and the section is of a type; null: none. */
    public @Nullable Object fallback(String type) {
        Object special = fallbackByType.get(type);
        return special == null ? fallback : special;
    }

    /** Whether a section of a type has this key. */
    public boolean belongsTo(String type) {
        return types.isEmpty() || types.contains(type);
    }

    static Option of(String name, OptionKind kind, @Nullable Object fallback, String doc) {
        return new Option(name, kind, false, fallback, Map.of(), List.of(), Bounds.ANY, List.of(), doc);
    }

    static Option word(String name, @Nullable String fallback, List<String> words, String doc) {
        return new Option(name, OptionKind.WORD, false, fallback, Map.of(), List.of(), Bounds.ANY, words, doc);
    }

    static Option number(String name, double fallback, String doc) {
        return of(name, OptionKind.NUMBER, fallback, doc);
    }

    static Option integer(String name, long fallback, String doc) {
        return of(name, OptionKind.INTEGER, fallback, doc).in(Bounds.NOT_NEGATIVE);
    }

    static Option truth(String name, boolean fallback, String doc) {
        return of(name, OptionKind.TRUTH, fallback, doc);
    }

    Option in(Bounds allowed) {
        return new Option(name, kind, required, fallback, fallbackByType, types, allowed, words, doc);
    }

    Option oneOf(String... allowed) {
        return new Option(name, kind, required, fallback, fallbackByType, types, bounds, List.of(allowed), doc);
    }

    Option needed() {
        return new Option(name, kind, true, fallback, fallbackByType, types, bounds, words, doc);
    }

    Option onlyFor(String... having) {
        return new Option(name, kind, required, fallback, fallbackByType, List.of(having), bounds, words, doc);
    }

    Option fallbacks(Map<String, Object> byType) {
        return new Option(name, kind, required, fallback, byType, types, bounds, words, doc);
    }
}
