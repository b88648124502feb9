package dev.auscult.diagnose.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class NoisyOrTest {
    @RepeatedTest(20)
    void isTheSumOverEveryWayInWhichCausesActOrFailToAct(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        double leak = random.nextDouble();
        double[] links = random.doubles(5, -1, 1).toArray();
        double expected = 0;
        // Bit 0 is the leak, bit i + 1 whether the mechanism of cause i acts.
        for (int acting = 0; acting < 1 << (links.length + 1); acting++) {
            boolean brought = (acting & 1) != 0;
            boolean prevented = false;
            double p = brought ? leak : 1 - leak;
            for (int i = 0; i < links.length; i++) {
                boolean acts = (acting >> (i + 1) & 1) != 0;
                p *= acts ? Math.abs(links[i]) : 1 - Math.abs(links[i]);
                brought |= acts && links[i] > 0;
                prevented |= acts && links[i] < 0;
            }
            expected += brought && !prevented ? p : 0;
        }
        assertThat(NoisyOr.shown(leak, links)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void aLinkGivesBackTheProbabilityThatItWasMadeFrom() {
        for (double leak = 0.05; leak < 1; leak += 0.1) {
            for (double shown = 0; shown <= 1; shown += 0.125) {
                assertThat(NoisyOr.shown(leak, NoisyOr.link(leak, shown))).isCloseTo(shown, within(1e-12));
            }
        }
    }

    @Test
    void moreCausesMakeASymptomMoreProbable() {
        assertThat(NoisyOr.shown(0.1, 0.3, 0.5)).isGreaterThan(NoisyOr.shown(0.1, 0.5));
        assertThat(NoisyOr.shown(0.1, 0.3, -0.5)).isLessThan(NoisyOr.shown(0.1, 0.3));
    }
}
