package dev.auscult.train.spec;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The loss.
 *
 * @param type {@code cross-entropy}, {@code binary-cross-entropy} (on logits), {@code mse}, {@code mae}, {@code huber},
 *     {@code focal}, {@code hinge}; {@code mse} on classes compares the outputs with one-hot classes; empty: the one that
 *     suits the task
 * @param reduction {@code mean} or {@code sum} over the examples
 * @param delta where {@code huber} turns from square to linear
 * @param gamma exponent of {@code focal}
 * @param classWeights weight of each class; null: equal ones, or those of {@code data.imbalance}
 */
public record LossSettings(
        String type,
        String reduction,
        double delta,
        double gamma,
        @Nullable List<Double> classWeights) {
    public LossSettings {
        classWeights = classWeights == null ? null : List.copyOf(classWeights);
    }
}
