package dev.auscult.intake.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellParserTest {
    private final CellParser parser = new CellParser();

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "0.5~0.5",
                "-3~-3",
                "+3.~3",
                ".25~0.25",
                "1e-05~1e-5",
                "9.999999747378752e-05~9.999999747378752e-05",
                "93.5%~93.5",
                "nan~NaN",
                "NaN~NaN",
                "-inf~-Infinity",
                "Infinity~Infinity",
                "04:39~279",
                "1:02:03.5~3723.5",
                "0,53~0.53",
                "1.234,5~1234.5",
                "1,234.5~1234.5",
                "1,234,567~1234567",
                "tensor(0.25)~0.25",
                "'tensor(0.25, device=cuda)'~0.25",
                "[0.5]~0.5",
                "1e400~Infinity",
                "123456789012345678901234567890~1.2345678901234568e29",
                "4.9e-324~4.9e-324",
                "'  7 '~7"
            })
    void readsNumbersInEveryForm(String cell, Double expected) {
        assertThat(parser.parse(cell)).isEqualTo(CellParser.NUMBER);
        assertThat(Double.valueOf(parser.value())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "NA", "N/A", "None", "null", "-"})
    void takesPlaceholdersAsEmpty(String cell) {
        assertThat(parser.parse(cell)).isEqualTo(CellParser.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "1.2.3",
                "1e",
                "--5",
                "[0.1, 0.2]",
                "[0.1 0.2\n 0.3]",
                "True",
                "12d",
                "0x1p3",
                "1:2:3:4",
                "12:",
                "1,2,3",
                "1,23,456.7",
                "%",
                ".",
                "e5"
            })
    void takesTheRestAsText(String cell) {
        assertThat(parser.parse(cell)).isEqualTo(CellParser.TEXT);
    }

    @Test
    void agreesWithTheJdkOnEveryDouble() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double wanted = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : Math.scalb((double) random.nextInt(1 << 20), random.nextInt(40) - 20);
            if (!Double.isFinite(wanted)) {
                continue;
            }
            assertThat(parser.parse(Double.toString(wanted))).isEqualTo(CellParser.NUMBER);
            assertThat(parser.value()).isEqualTo(wanted);
        }
    }
}
