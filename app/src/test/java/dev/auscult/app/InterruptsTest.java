package dev.auscult.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class InterruptsTest {
    private static final int CTRL_C = 2;

    @Test
    void theFirstAsksAndTheSecondEndsAtOnce() {
        List<Integer> ended = new ArrayList<>();
        try (Interrupts interrupts = new Interrupts(ended::add)) {
            assertThat(interrupts.asked()).isFalse();
            interrupts.strike(CTRL_C);
            assertThat(interrupts.asked()).isTrue();
            assertThat(interrupts.exitCode()).isEqualTo(130);
            assertThat(ended).isEmpty();
            interrupts.strike(CTRL_C);
            assertThat(ended).containsExactly(130);
        }
    }

    @Test
    void signalsGoBackToWhoHeardThemBefore() {
        List<Integer> outer = new ArrayList<>();
        Object before = Interrupts.Signals.handle("TERM", outer::add);
        try (Interrupts inner = new Interrupts(code -> {})) {
            assertThat(inner.asked()).isFalse();
        }
        if (before != null) {
            Interrupts.Signals.restore("TERM", before);
        }
        assertThat(outer).isEmpty();
    }

    @Test
    void aSignalThatIsNotThereIsNotHeard() {
        assertThat(Interrupts.Signals.handle("NOSUCHSIGNAL", number -> {})).isNull();
    }
}
