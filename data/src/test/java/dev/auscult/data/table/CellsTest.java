package dev.auscult.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and dates from characters, against the library. */
class CellsTest {
    private static double number(String text) {
        char[] c = ("x" + text + "x").toCharArray();
        return Cells.number(c, 1, text.length());
    }

    private static double days(String text) {
        char[] c = ("x" + text + "x").toCharArray();
        return Dates.days(c, 1, text.length());
    }

    @Test
    void numbersAreThoseOfTheLibraryBitForBit() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String text = switch (i % 4) {
                case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
                case 1 -> Double.toString(random.nextGaussian() * 1000);
                case 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
                default -> random.nextInt(100_000) + "." + random.nextInt(1000) + "e" + (random.nextInt(60) - 30);
            };
            if (text.equals("NaN") || text.contains("Infinity")) {
                continue;
            }
            assertThat(Double.doubleToRawLongBits(number(text)))
                    .as(text)
                    .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "+1", "1.", ".5", "1e3", "1E-3", "007", "12345678901234567890.5", "1e-400"})
    void spellings(String text) {
        assertThat(number(text)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "1e", "1e+", "0x1p3", "1d", "1f", "1,5", "1 2", "--1", "1.2.3", "e5", "NaN", "١"})
    void noNumbers(String text) {
        assertThat(number(text)).isNaN();
    }

    @Test
    void infinityIsANumber() {
        assertThat(number("-inf")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(number("Infinity")).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void datesAreThoseOfTheLibrary() {
        for (LocalDate day = LocalDate.of(1895, 12, 1); day.getYear() < 2105; day = day.plusDays(17)) {
            assertThat(days(day.toString())).as("%s", day).isEqualTo((double) day.toEpochDay());
        }
        for (String time :
                new String[] {"2019-03-23T20:21:09Z", "2019-03-23T20:21:09.25+02:00", "1969-12-31T23:59:00-05:30"}) {
            Instant instant = OffsetDateTime.parse(time).toInstant();
            double wanted = Duration.between(Instant.EPOCH, instant).toMillis() / 86_400_000.0;
            assertThat(days(time)).as(time).isCloseTo(wanted, offset(1e-9));
            assertThat(days(time.replace('T', ' '))).as(time).isEqualTo(days(time));
        }
        assertThat(days("23.03.2019")).isEqualTo(days("2019-03-23"));
        assertThat(days("2019/03/23 20:21")).isEqualTo(days("2019-03-23 20:21:00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2019-02-29",
                "2019-13-01",
                "2019-00-10",
                "2019-3-23",
                "03/04/2019",
                "2019-03-23 25:00",
                "2019-03-23 x",
                "2019-03-23 10:10:1",
                "2019-03-23T10:10:10+2",
                "2019-03-23 10:10:10.",
                "12345678901",
                "abcdefghijkl"
            })
    void noDates(String text) {
        assertThat(days(text)).isNaN();
    }
}
