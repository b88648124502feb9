package dev.auscult.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
    @ParameterizedTest
    @ValueSource(ints = {8, 9, 13, 20, 40})
    void wrappedLinesFitAndLoseNothing(int width) {
        String text = "a run whose-name-is-quite-long-and-has-no-blank 損失が増えた after step 7 (0.41 to 0.93)";

        assertThat(Cells.wrap(text, width))
                .allSatisfy(l -> assertThat(Cells.width(l)).isLessThanOrEqualTo(width));
        assertThat(String.join("", Cells.wrap(text, width)).replace(" ", "")).isEqualTo(text.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({"runs/exp7/log.csv, 12, run…/log.csv", "short, 12, short", "損失が増えた, 7, 損…えた"})
    void shorteningKeepsBothEnds(String text, int width, String expected) {
        assertThat(Cells.shorten(text, width, "…")).isEqualTo(expected);
        assertThat(Cells.width(expected)).isLessThanOrEqualTo(width);
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        assertThat(Cells.clean("a\u001b[31mb\nc\u0007\u202e")).isEqualTo("a\ufffd[31mb c\ufffd\ufffd");
    }
}
