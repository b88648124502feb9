package dev.auscult.diagnose.cause;

import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The noisy-OR network over one view of a run: which symptoms each cause brings about or prevents.
 *
 * <p>Symptoms say the same thing more than once, since they come from the same curves. The evidence of each therefore counts by
 * its reliability 0..1: the likelihood of a cause is {@code Π P(symptom | cause)^reliability}, a logarithmic opinion pool
 * (Genest and Zidek 1986, Statistical Science 1(1), eq. 4.3). One cause is taken to be present, or none.
 */
public final class CauseNetwork {
    /** Probabilities stay this far from 0 and 1: no symptom alone rules a cause out. */
    static final double LEAST = 0.01;

    private final NavigableMap<String, Gate> gates = new TreeMap<>();

    /**
     * One symptom of the network.
     *
     * @param reliability how much its evidence counts, 0..1
     * @param leak probability that a healthy run shows it
     * @param links of the causes that bring it about (above 0) or prevent it (below 0); the others have none
     */
    public record Gate(double reliability, double leak, Map<Cause, Double> links) {
        public Gate {
            EnumMap<Cause, Double> copy = new EnumMap<>(Cause.class);
            copy.putAll(links);
            links = java.util.Collections.unmodifiableMap(copy);
        }

        /** Probability that a run with this cause alone shows the symptom. */
        public double shown(Cause cause) {
            Double link = links.get(cause);
            double p = link == null ? leak : NoisyOr.shown(leak, link);
            return Math.min(1 - LEAST, Math.max(LEAST, p));
        }

        /** Natural logarithm of how much more probable what was seen is with the cause than in a healthy run. */
        double evidence(Cause cause, boolean is) {
            double with = shown(cause);
            double without = shown(Cause.NO_FAULT);
            return reliability * Math.log(is ? with / without : (1 - with) / (1 - without));
        }
    }

    /** A network of these symptoms, by name. */
    public CauseNetwork(Map<String, Gate> gates) {
        this.gates.putAll(gates);
    }

    /** The symptoms by name. */
    public NavigableMap<String, Gate> gates() {
        return java.util.Collections.unmodifiableNavigableMap(gates);
    }

    /**
     * The probability of each cause given what is shown (Bayes).
     *
     * @param priors probability of each cause before anything is seen
     * @param shown symptoms that are shown, and those that are not; those that the network does not know tell nothing
     */
    public Map<Cause, Double> posterior(Map<Cause, Double> priors, Map<String, Boolean> shown) {
        Map<Cause, Double> score = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            score.put(cause, Math.log(priors.getOrDefault(cause, 0.0)));
        }
        shown.forEach((name, is) -> {
            Gate gate = gates.get(name);
            if (gate != null) {
                gate.links().keySet().forEach(cause -> score.merge(cause, gate.evidence(cause, is), Double::sum));
            }
        });
        double most = score.values().stream().mapToDouble(v -> v).max().orElse(0);
        double sum =
                score.values().stream().mapToDouble(v -> Math.exp(v - most)).sum();
        Map<Cause, Double> posterior = new EnumMap<>(Cause.class);
        score.forEach((cause, value) -> posterior.put(cause, Math.exp(value - most) / sum));
        return posterior;
    }
}
