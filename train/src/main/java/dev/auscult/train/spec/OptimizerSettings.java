package dev.auscult.train.spec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The optimizer.
 *
 * @param type {@code sgd}, {@code adam}, {@code adamw}, {@code rmsprop}, {@code adagrad}, {@code lbfgs}, {@code prodigy},
 *     {@code schedule-free-adamw}
 * @param learningRate η₀
 * @param momentum of {@code sgd} and {@code rmsprop}
 * @param nesterov look ahead along the momentum ({@code sgd})
 * @param beta1 decay of the mean of gradients ({@code adam} and its kin)
 * @param beta2 decay of the mean of squared gradients ({@code adam} and its kin; α of {@code rmsprop})
 * @param epsilon added to the denominator
 * @param weightDecay λ
 * @param decay {@code coupled} (λw is added to the gradient, L2) or {@code decoupled} (w shrinks by ηλ, AdamW)
 * @param decayBiases whether biases and normalisation parameters decay as well
 * @param historySize pairs that {@code lbfgs} remembers
 * @param iterations inner iterations of {@code lbfgs} per step
 * @param groups parameters with settings of their own; the first that matches counts
 */
public record OptimizerSettings(
        String type,
        double learningRate,
        double momentum,
        boolean nesterov,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        String decay,
        boolean decayBiases,
        int historySize,
        int iterations,
        List<Group> groups) {
    public OptimizerSettings {
        groups = List.copyOf(groups);
    }

    /** The group that a parameter belongs to, the first that matches; empty for the usual settings. */
    public Optional<Group> groupOf(String path) {
        return groups.stream().filter(group -> group.matches(path)).findFirst();
    }

    /**
     * Parameters with settings of their own.
     *
     * @param match glob on the path of the parameter: {@code 1-conv*}, {@code *.bias}
     * @param learningRate factor on the learning rate
     * @param weightDecay λ of this group; null: as the others
     * @param frozen whether they are left as they are
     */
    public record Group(
            String match, double learningRate, @Nullable Double weightDecay, boolean frozen) {
        /** Whether the path of a parameter fits: {@code *} stands for any characters, also slashes, {@code ?} for one. */
        public boolean matches(String path) {
            StringBuilder pattern = new StringBuilder();
            for (int i = 0; i < match.length(); i++) {
                char c = match.charAt(i);
                pattern.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(String.valueOf(c));
                        });
            }
            return Pattern.matches(pattern.toString(), path);
        }
    }
}
