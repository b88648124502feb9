package dev.auscult.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "0.41234, 0.412",
        "2, 2",
        "12345, 12300",
        "999999, 1e+06",
        "0.00012, 1.2e-04",
        "-1.2345e-9, -1.23e-09",
        "6.02214e23, 6.02e+23",
        "NaN, NaN",
        "Infinity, infinity",
        "-Infinity, -infinity"
    })
    void threeDigits(double value, String text) {
        assertThat(Numbers.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 %", "0.413, 41 %", "0.0213, 2.1 %", "0.02, 2 %", "1.27, 127 %", "-0.5, -50 %", "123, 12300 %"})
    void percents(double share, String text) {
        assertThat(Numbers.percent(share)).isEqualTo(text);
    }

    @Test
    void aNumberReadsBackWithinHalfOfItsThirdDigit() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2000; i++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(-12, 13));
            double back = Double.parseDouble(Numbers.of(value));
            assertThat(Math.abs(back - value)).isLessThanOrEqualTo(0.00501 * Math.abs(value));
        }
    }

    @Test
    void countsAndFactors() {
        assertThat(Numbers.count(1, "point")).isEqualTo("1 point");
        assertThat(Numbers.count(3, "point")).isEqualTo("3 points");
        assertThat(Numbers.times(Math.PI)).isEqualTo("3.14 times");
    }
}
