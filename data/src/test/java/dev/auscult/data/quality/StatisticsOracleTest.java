package dev.auscult.data.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.auscult.data.learn.Normal;
import org.junit.jupiter.api.Test;

/** The statistics beside what SciPy 1.x gives for the same numbers. */
class StatisticsOracleTest {
    private static final double CLOSE = 1e-7;

    @Test
    void tailsOfChiSquare() {
        assertThat(Tail.chiSquare(3.84, 1)).isCloseTo(0.05004352124870519, withPercentage(CLOSE));
        assertThat(Tail.chiSquare(20, 5)).isCloseTo(0.0012497305630313773, withPercentage(CLOSE));
        assertThat(Tail.chiSquare(150, 100)).isCloseTo(0.0009039320423540184, withPercentage(CLOSE));
        assertThat(Tail.chiSquare(1, 10)).isCloseTo(0.9998278843700441, withPercentage(CLOSE));
        assertThat(Tail.chiSquare(500, 3)).isCloseTo(4.771672031912771e-108, withPercentage(1e-6));
    }

    @Test
    void tailsOfPoisson() {
        assertThat(Tail.poisson(1, 0.5)).isCloseTo(0.3934693402873665, withPercentage(CLOSE));
        assertThat(Tail.poisson(8, 0.013)).isCloseTo(1.9998993704015538e-20, withPercentage(CLOSE));
        assertThat(Tail.poisson(30, 10)).isCloseTo(2.509951201527959e-07, withPercentage(CLOSE));
        assertThat(Tail.poisson(100, 100)).isCloseTo(0.5132987982791487, withPercentage(CLOSE));
        assertThat(Tail.poisson(5, 0.25)).isCloseTo(6.611710561034244e-06, withPercentage(CLOSE));
        assertThat(Tail.poisson(0, 3)).isEqualTo(1);
    }

    @Test
    void tailsOfTheNormal() {
        assertThat(Tail.normalTwoSided(1.96)).isCloseTo(0.04999579029644087, withPercentage(CLOSE));
        assertThat(Tail.normalTwoSided(-4)).isCloseTo(6.334248366623973e-05, withPercentage(CLOSE));
        assertThat(Tail.normalTwoSided(30)).isCloseTo(9.813427854295816e-198, withPercentage(1e-6));
    }

    @Test
    void tailsOfTheHypergeometric() {
        assertThat(Tail.hypergeometric(4, 4, 342, 891)).isCloseTo(0.021472205892271362, withPercentage(1e-5));
        assertThat(Tail.hypergeometric(2, 10, 50, 1000)).isCloseTo(0.08530757377418804, withPercentage(1e-5));
        assertThat(Tail.hypergeometric(0, 5, 5, 20)).isCloseTo(1, within(1e-9));
    }

    @Test
    void quantilesOfTheNormal() {
        assertThat(Normal.quantile(0.001)).isCloseTo(-3.090232306167813, within(1e-7));
        assertThat(Normal.quantile(0.02)).isCloseTo(-2.053748910631823, within(1e-7));
        assertThat(Normal.quantile(0.3)).isCloseTo(-0.5244005127080409, within(1e-7));
        assertThat(Normal.quantile(0.9)).isCloseTo(1.2815515655446004, within(1e-7));
        assertThat(Normal.quantile(0.9999)).isCloseTo(3.719016485455709, within(1e-7));
    }

    @Test
    void tableOfTwoColumns() {
        Contingency table = Contingency.of(new long[][] {{80, 97, 372}, {136, 87, 119}});
        assertThat(table.chiSquare()).isCloseTo(102.88898875696056, within(1e-9));
        assertThat(table.freedom()).isEqualTo(2);
        assertThat(table.pValue()).isCloseTo(4.549251711298793e-23, withPercentage(1e-6));
        assertThat(table.cramersV()).isCloseTo(0.33981738800531175, within(1e-12));
        assertThat(table.leastExpected()).isCloseTo(70.62626262626263, within(1e-9));
    }

    @Test
    void ranksShareTies() {
        assertThat(Ranks.of(new double[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, Double.NaN}))
                .containsExactly(4.5, 1.5, 6, 1.5, 8, 11, 3, 10, 8, 4.5, 8, Double.NaN);
    }

    @Test
    void correlation() {
        double[] x = {2, 4, 4, 5, 9, 12, Double.NaN};
        double[] y = {1, 3, 2, 6, 8, 20, 5};
        assertThat(Pearson.of(x, y).r()).isCloseTo(0.9423914556895354, within(1e-14));
        assertThat(Pearson.of(x, y).rows()).isEqualTo(6);
    }
}
