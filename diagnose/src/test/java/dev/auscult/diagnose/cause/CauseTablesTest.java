package dev.auscult.diagnose.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

class CauseTablesTest {
    private static final CauseTables SHIPPED = CauseModel.shipped().tables();

    @Test
    void everyCauseHasAPriorAndTheySumToOne() {
        assertThat(SHIPPED.priors()).containsOnlyKeys(Cause.values());
        assertThat(SHIPPED.priors().values().stream().mapToDouble(v -> v).sum()).isCloseTo(1, within(1e-12));
        assertThat(SHIPPED.priors().values()).allMatch(p -> p > 0);
    }

    @Test
    void everyCauseHasSymptomsInAFullRecording() {
        Set<Cause> linked = EnumSet.of(Cause.NO_FAULT);
        SHIPPED.networks()
                .get(Signals.FULL)
                .gates()
                .values()
                .forEach(g -> linked.addAll(g.links().keySet()));
        assertThat(linked).containsExactlyInAnyOrder(Cause.values());
    }

    @Test
    void everyNumberIsAProbability() {
        assertThat(SHIPPED.networks()).containsOnlyKeys(Signals.values());
        SHIPPED.networks()
                .values()
                .forEach(network -> network.gates().forEach((name, gate) -> {
                    assertThat(gate.reliability()).as(name).isBetween(0.0, 1.0);
                    assertThat(gate.leak()).as(name).isBetween(0.0, 1.0);
                    Arrays.stream(Cause.values())
                            .forEach(c -> assertThat(gate.shown(c)).as(name).isBetween(0.01, 0.99));
                }));
    }

    @Test
    void everySymptomOfTheNetworkHasWords() {
        SHIPPED.networks()
                .values()
                .forEach(network -> network.gates().keySet().forEach(name -> {
                    assertThat(SymptomWords.text(name, true))
                            .as(name)
                            .doesNotContain("{}")
                            .isNotEqualTo(name);
                    assertThat(SymptomWords.text(name, false)).as(name).isNotEqualTo(SymptomWords.text(name, true));
                }));
    }

    @Test
    void theLearnedTableIsSmall() throws IOException {
        try (InputStream in = CauseTables.class.getResourceAsStream("model/network.txt")) {
            assertThat(in).isNotNull();
            assertThat(in.readAllBytes()).hasSizeLessThan(300_000);
        }
    }

    @Test
    void aWrittenNetworkReadsBackTheSameInAnyLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            CauseNetwork network = new CauseNetwork(Map.of(
                    "b>0.5", new CauseNetwork.Gate(0.25, 0.1, Map.of(Cause.DEAD_UNITS, -0.5)),
                    "a", new CauseNetwork.Gate(1, 0.07, Map.of(Cause.DATA_LEAK, 0.93, Cause.LABEL_NOISE, 0.2))));
            List<String> lines = CauseTables.write(network);
            assertThat(lines).containsExactly("a 1 .07 label-noise=.2 data-leak=.93", "b>0.5 .25 .1 dead-units=-.5");
            List<String> text = List.of("# a comment", "[TENSORS]", lines.get(0), lines.get(1));
            assertThat(CauseTables.networks(text).get(Signals.TENSORS).gates()).isEqualTo(network.gates());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void anUnknownCauseIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CauseTables.networks(List.of("[FULL]", "a 1 .1 bad-luck=.5")))
                .withMessageContaining("bad-luck");
    }
}
