package dev.auscult.run;

import java.util.Locale;
import java.util.Objects;

/**
 * Which tensor a statistic was taken from.
 *
 * @param layer path of the layer, {@code /} or {@code .} between its parts as logged
 * @param parameter name of the parameter ({@code weight}, {@code bias}, {@code kernel}); empty for activations
 * @param kind what kind of tensor
 */
public record TensorKey(String layer, String parameter, TensorKind kind) {

    public TensorKey {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(parameter, "parameter");
        Objects.requireNonNull(kind, "kind");
    }

    /** Layer and parameter as one path, for people. */
    public String path() {
        return parameter.isEmpty() ? layer : layer + "." + parameter;
    }

    /** Kind and path: {@code gradient fc1.weight}. */
    public String label() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + path();
    }
}
