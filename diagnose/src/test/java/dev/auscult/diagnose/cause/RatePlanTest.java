package dev.auscult.diagnose.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RatePlanTest {
    private static RatePlan plan(String type, double warmUp, double unit, double factor) {
        return new RatePlan(type, 0.1, 0, warmUp, 0.01, unit, 100, factor, 2);
    }

    @Test
    void aConstantRateStays() {
        assertThat(plan("constant", 0, 1, 0).at(1000)).isEqualTo(0.1);
    }

    @Test
    void aWarmUpRisesFromItsShareToTheRate() {
        RatePlan plan = plan("constant", 10, 1, 0);
        assertThat(plan.at(0)).isEqualTo(0.001, within(1e-12));
        assertThat(plan.at(5)).isEqualTo(0.1 * (0.01 + 0.99 / 2), within(1e-12));
        assertThat(plan.at(10)).isEqualTo(0.1);
    }

    @Test
    void aCosineIsHalfWayDownAtHalfItsLength() {
        assertThat(plan("cosine", 0, 1, 0).at(50)).isEqualTo(0.05, within(1e-12));
        assertThat(plan("cosine", 0, 1, 0).at(100)).isEqualTo(0, within(1e-12));
    }

    @Test
    void stepsOfEpochsFallOnlyAtTheirEpochs() {
        RatePlan plan = plan("step", 0, 10, 0.5);
        assertThat(plan.at(19)).isEqualTo(0.1);
        assertThat(plan.at(20)).isEqualTo(0.05);
        assertThat(plan.at(40)).isEqualTo(0.025);
    }

    @Test
    void anExponentialLosesItsShareEachStep() {
        assertThat(plan("exponential", 0, 1, 0.1).at(2)).isEqualTo(0.081, within(1e-12));
    }
}
