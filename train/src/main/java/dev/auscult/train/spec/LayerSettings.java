package dev.auscult.train.spec;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One layer of a spec; two are equal if they say the same, wherever they stand.
 *
 * @param type {@code dense}, {@code conv}, {@code relu} …
 * @param options its settings by the names of {@link LayerVocabulary}, with defaults filled in, each in the Java type of its
 *     {@link OptionKind}; what has no default and was not said is absent
 * @param children layers inside, for {@code residual} and {@code sequential}
 * @param line line of the spec, from 1; 0 if it was derived
 */
public record LayerSettings(String type, Map<String, Object> options, List<LayerSettings> children, int line) {
    public LayerSettings {
        options = Map.copyOf(options);
        children = List.copyOf(children);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LayerSettings layer
                && type.equals(layer.type)
                && options.equals(layer.options)
                && children.equals(layer.children);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, options, children);
    }
}
