package dev.auscult.diagnose.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class CauseNetworkTest {
    private static final List<Cause> THREE = List.of(Cause.NO_FAULT, Cause.DEAD_UNITS, Cause.LABEL_NOISE);
    private static final Map<Cause, Double> PRIORS =
            Map.of(Cause.NO_FAULT, 0.5, Cause.DEAD_UNITS, 0.3, Cause.LABEL_NOISE, 0.2);

    private static CauseNetwork toy() {
        return new CauseNetwork(Map.of(
                "a", new CauseNetwork.Gate(1, 0.1, Map.of(Cause.DEAD_UNITS, 0.8)),
                "b", new CauseNetwork.Gate(1, 0.6, Map.of(Cause.DEAD_UNITS, -0.5, Cause.LABEL_NOISE, 0.5)),
                "c", new CauseNetwork.Gate(1, 0.2, Map.of(Cause.LABEL_NOISE, 0.9))));
    }

    @Test
    void agreesWithAddingUpTheJointDistribution() {
        CauseNetwork network = toy();
        for (int pattern = 0; pattern < 8; pattern++) {
            Map<String, Boolean> seen = new HashMap<>();
            Map<Cause, Double> joint = new EnumMap<>(Cause.class);
            for (Cause cause : THREE) {
                double p = PRIORS.get(cause);
                for (int i = 0; i < 3; i++) {
                    String name = List.of("a", "b", "c").get(i);
                    boolean is = (pattern >> i & 1) != 0;
                    seen.put(name, is);
                    CauseNetwork.Gate gate = network.gates().get(name);
                    Double link = gate.links().get(cause);
                    double shown = link == null ? gate.leak() : NoisyOr.shown(gate.leak(), link);
                    p *= is ? shown : 1 - shown;
                }
                joint.put(cause, p);
            }
            double sum = joint.values().stream().mapToDouble(v -> v).sum();
            Map<Cause, Double> posterior = network.posterior(PRIORS, seen);
            for (Cause cause : THREE) {
                assertThat(posterior.get(cause)).isCloseTo(joint.get(cause) / sum, within(1e-12));
            }
        }
    }

    @Test
    void whatIsUnknownTellsNothing() {
        Map<Cause, Double> posterior = toy().posterior(PRIORS, Map.of("never heard of", true));
        THREE.forEach(cause -> assertThat(posterior.get(cause)).isCloseTo(PRIORS.get(cause), within(1e-12)));
    }

    @Test
    void aSymptomThatACauseBringsAboutRaisesItAndItsAbsenceLowersIt() {
        double before = toy().posterior(PRIORS, Map.of()).get(Cause.DEAD_UNITS);
        assertThat(toy().posterior(PRIORS, Map.of("a", true)).get(Cause.DEAD_UNITS))
                .isGreaterThan(before);
        assertThat(toy().posterior(PRIORS, Map.of("a", false)).get(Cause.DEAD_UNITS))
                .isLessThan(before);
        assertThat(toy().posterior(PRIORS, Map.of("b", true)).get(Cause.DEAD_UNITS))
                .isLessThan(before);
    }

    @Test
    void anUnreliableSymptomMovesLess() {
        CauseNetwork half =
                new CauseNetwork(Map.of("a", new CauseNetwork.Gate(0.5, 0.1, Map.of(Cause.DEAD_UNITS, 0.8))));
        double sure = toy().posterior(PRIORS, Map.of("a", true)).get(Cause.DEAD_UNITS);
        double unsure = half.posterior(PRIORS, Map.of("a", true)).get(Cause.DEAD_UNITS);
        assertThat(unsure).isBetween(PRIORS.get(Cause.DEAD_UNITS), sure);
    }

    @Test
    void probabilitiesSumToOne() {
        double sum = toy().posterior(PRIORS, Map.of("a", true, "c", true)).values().stream()
                .mapToDouble(v -> v)
                .sum();
        assertThat(sum).isCloseTo(1, within(1e-12));
    }
}
