package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeverityCurveTest {
    @Test
    void passesItsTwoPoints() {
        SeverityCurve rise = SeverityCurve.logarithmic(1.1, 1.3);
        assertThat(rise.score(1.1)).isEqualTo(25);
        assertThat(rise.score(1.3)).isEqualTo(75);
        SeverityCurve fall = SeverityCurve.linear(0.9, 0.5);
        assertThat(fall.score(0.9)).isEqualTo(25);
        assertThat(fall.score(0.5)).isEqualTo(75);
    }

    @Test
    void isMonotoneAndStaysInRange() {
        SeverityCurve rise = SeverityCurve.logarithmic(0.01, 10);
        SeverityCurve fall = SeverityCurve.linear(5, -5);
        int lastRise = 0;
        int lastFall = 100;
        for (double x = 0; x < 1e6; x = x * 1.3 + 1e-4) {
            assertThat(rise.score(x)).isBetween(lastRise, 100);
            assertThat(fall.score(x)).isBetween(0, lastFall);
            lastRise = rise.score(x);
            lastFall = fall.score(x);
        }
        assertThat(lastRise).isGreaterThan(98);
        assertThat(lastFall).isZero();
    }

    @Test
    void scoresTheEdgesOfTheNumberLine() {
        SeverityCurve rise = SeverityCurve.logarithmic(1, 2);
        assertThat(rise.score(Double.NaN)).isZero();
        assertThat(rise.score(0)).isZero();
        assertThat(rise.score(-3)).isZero();
        assertThat(rise.score(Double.POSITIVE_INFINITY)).isEqualTo(100);
    }

    @Test
    void everyScoreHasOneSeverity() {
        assertThat(Severity.ofScore(100)).isEqualTo(Severity.CRITICAL);
        assertThat(Severity.ofScore(0)).isEqualTo(Severity.INFO);
        for (Severity severity : Severity.values()) {
            assertThat(Severity.ofScore(severity.lowestScore())).isEqualTo(severity);
        }
    }
}
