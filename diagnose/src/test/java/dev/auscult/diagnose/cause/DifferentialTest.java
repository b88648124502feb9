package dev.auscult.diagnose.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.Test;

class DifferentialTest {
    private static final Differential BEFORE = new Differential(
            Signals.CURVES,
            List.of(suspect(Cause.NO_FAULT, 0.2), suspect(Cause.DATA_LEAK, 0.5), suspect(Cause.LABEL_NOISE, 0.3)),
            "");

    private static Suspect suspect(Cause cause, double probability) {
        return new Suspect(cause, probability, List.of(), List.of(), List.of());
    }

    @Test
    void theMostProbableComesFirst() {
        assertThat(BEFORE.first().cause()).isEqualTo(Cause.DATA_LEAK);
    }

    @Test
    void anObservationIsTakenInByBayes() {
        Differential after = BEFORE.observed(c -> c == Cause.LABEL_NOISE ? 0.8 : 0.1);
        // 0.3 · 0.8 / (0.2 · 0.1 + 0.5 · 0.1 + 0.3 · 0.8)
        assertThat(after.probability(Cause.LABEL_NOISE)).isCloseTo(0.24 / 0.31, within(1e-12));
        assertThat(after.first().cause()).isEqualTo(Cause.LABEL_NOISE);
    }

    @Test
    void twoObservationsMayComeInAnyOrder() {
        double one = BEFORE.observed(c -> c.label().length() / 40.0)
                .observed(c -> c == Cause.NO_FAULT ? 0.9 : 0.3)
                .probability(Cause.DATA_LEAK);
        double other = BEFORE.observed(c -> c == Cause.NO_FAULT ? 0.9 : 0.3)
                .observed(c -> c.label().length() / 40.0)
                .probability(Cause.DATA_LEAK);
        assertThat(one).isCloseTo(other, within(1e-12));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> BEFORE.observed(c -> 0));
    }
}
