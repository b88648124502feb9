package dev.auscult.train.regularize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Dynamic loss scaling. */
class LossScaleTest {
    @Test
    void doublesAfterTwoThousandCleanStepsAndHalvesOnOverflow() {
        LossScale scale = new LossScale();
        assertThat(scale.scale()).isEqualTo(65536);
        for (int step = 1; step < 2000; step++) {
            assertThat(scale.update(false)).isTrue();
        }
        assertThat(scale.scale()).isEqualTo(65536);
        assertThat(scale.update(false)).isTrue();
        assertThat(scale.scale()).isEqualTo(131072);
        assertThat(scale.update(true)).isFalse();
        assertThat(scale.scale()).isEqualTo(65536);
        assertThat(scale.skipped()).isEqualTo(1);
    }

    @Test
    void anOverflowStartsTheCountAnew() {
        LossScale scale = new LossScale();
        for (int step = 0; step < 1999; step++) {
            scale.update(false);
        }
        scale.update(true);
        scale.update(false);
        assertThat(scale.scale()).isEqualTo(32768);
    }

    @Test
    void neverGrowsBeyondWhatFloat32Holds() {
        LossScale scale = new LossScale();
        for (int step = 0; step < 2000 * 200; step++) {
            scale.update(false);
        }
        assertThat((float) scale.scale()).isFinite().isGreaterThan(1e37f);
    }

    @Test
    void goesOnFromASavedState() {
        LossScale scale = new LossScale();
        scale.update(true);
        for (int step = 0; step < 1500; step++) {
            scale.update(false);
        }
        LossScale restored = new LossScale();
        restored.restore(scale.state());
        for (int step = 0; step < 500; step++) {
            restored.update(false);
        }
        assertThat(restored.scale()).isEqualTo(65536);
        assertThat(restored.skipped()).isEqualTo(1);
    }

    @Test
    void stopsAtTheLeastScaleAndSaysSo() {
        LossScale scale = new LossScale();
        for (int step = 0; step < 30; step++) {
            scale.update(true);
            assertThat(scale.exhausted()).isFalse();
        }
        assertThat(scale.scale()).isEqualTo(0x1p-14);
        scale.update(true);
        assertThat(scale.scale()).isEqualTo(0x1p-14);
        assertThat(scale.exhausted()).isTrue();
        assertThat(scale.skipped()).isEqualTo(31);
        scale.update(false);
        assertThat(scale.exhausted()).isFalse();
    }

    @Test
    void itsStateHasOneOrder() {
        assertThat(new LossScale().state().keySet()).containsExactly("scale", "clean", "skipped");
    }
}
