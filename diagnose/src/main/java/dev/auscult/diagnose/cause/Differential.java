package dev.auscult.diagnose.cause;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The differential diagnosis of a run: its possible causes, the most probable first; {@link Cause#NO_FAULT} is one of them.
 *
 * @param signals what it rests on
 * @param suspects every cause; probabilities sum to 1
 * @param tellsApart what would tell the first two apart, one sentence; empty where the first is certain
 */
public record Differential(Signals signals, List<Suspect> suspects, String tellsApart) {
    /** From this probability on a cause counts as certain. */
    public static final double CERTAIN = 0.9;

    public Differential {
        Objects.requireNonNull(signals, "signals");
        Objects.requireNonNull(tellsApart, "tellsApart");
        suspects = suspects.stream()
                .sorted(Comparator.comparingDouble(Suspect::probability)
                        .reversed()
                        .thenComparing(Suspect::cause))
                .toList();
    }

    public Suspect first() {
        return suspects.get(0);
    }

    /** Whether the first can be acted on without a further experiment. */
    public boolean isCertain() {
        return first().probability() >= CERTAIN;
    }

    /** The probability of a cause. */
    public double probability(Cause cause) {
        return suspects.stream()
                .filter(s -> s.cause() == cause)
                .mapToDouble(Suspect::probability)
                .sum();
    }

    /** The probabilities by cause. */
    public Map<Cause, Double> probabilities() {
        Map<Cause, Double> all = new EnumMap<>(Cause.class);
        suspects.forEach(s -> all.merge(s.cause(), s.probability(), Double::sum));
        return all;
    }

    /**
     * The differential after something more was observed (Bayes).
     *
     * @param likelihood probability of the observation under each cause
     */
    public Differential observed(ToDoubleFunction<Cause> likelihood) {
        double sum = 0;
        for (Suspect suspect : suspects) {
            sum += suspect.probability() * likelihood.applyAsDouble(suspect.cause());
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("an observation must be possible under a cause that is possible");
        }
        double all = sum;
        List<Suspect> updated = suspects.stream()
                .map(s -> s.withProbability(s.probability() * likelihood.applyAsDouble(s.cause()) / all))
                .toList();
        return new Differential(signals, updated, tellsApart);
    }
}
