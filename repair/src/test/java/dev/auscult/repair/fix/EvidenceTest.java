package dev.auscult.repair.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.repair.compare.Comparison;
import org.junit.jupiter.api.Test;

/** How much evidence is enough. */
class EvidenceTest {
    private static Comparison gains(double... gains) {
        return Comparison.of("validation/accuracy", true, new double[gains.length], gains);
    }

    @Test
    void fiveSeedsThatAllGainSufficeAtFirst() {
        Evidence evidence = new Evidence(5);
        evidence.proofBegins();
        assertThat(evidence.pairs()).isEqualTo(5);
        assertThat(evidence.suffices(gains(.1, .2, .1, .2, .1))).isTrue();
        assertThat(evidence.suffices(gains(.1, .2, .1, .2, -.1))).isFalse();
        assertThat(evidence.suffices(gains(.1, .2, .1, .2, 0))).isFalse();
    }

    @Test
    void aGainOfOneSeedAloneIsTooSmallBesideItsScatter() {
        Evidence evidence = new Evidence(5);
        evidence.proofBegins();
        assertThat(evidence.suffices(gains(.5, .001, .001, .001, .001))).isFalse();
    }

    @Test
    void theMoreProofsTheMoreSeeds() {
        Evidence evidence = new Evidence(5);
        int[] pairs = new int[7];
        for (int i = 0; i < pairs.length; i++) {
            evidence.proofBegins();
            assertThat(evidence.level()).isEqualTo(0.05 / (i + 1));
            pairs[i] = evidence.pairs();
        }
        assertThat(pairs).containsExactly(5, 6, 6, 7, 7, 7, 8);
    }

    @Test
    void aProofThatCannotSucceedAnyMoreIsSeenEarly() {
        Evidence evidence = new Evidence(5);
        evidence.proofBegins();
        assertThat(evidence.canBecome(gains(.1))).isTrue();
        assertThat(evidence.canBecome(gains(.1, .1))).isTrue();
        assertThat(evidence.canBecome(gains(.1, -.01))).isFalse();
        assertThat(evidence.canBecome(gains(0))).isFalse();
    }

    @Test
    void withFewerSeedsTheyAllHaveToGain() {
        Evidence evidence = new Evidence(3);
        evidence.proofBegins();
        assertThat(evidence.pairs()).isEqualTo(3);
        assertThat(evidence.suffices(gains(.1, .1, .2))).isTrue();
        assertThat(evidence.suffices(gains(.1, .1, 0))).isFalse();
    }
}
