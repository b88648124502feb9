package dev.auscult.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class TextLinesTest {
    private final List<String> problems = new ArrayList<>();

    private List<String> lines(byte[] bytes) throws IOException {
        List<String> lines = new ArrayList<>();
        try (TextLines text = new TextLines(new ByteArrayInputStream(bytes), (n, p) -> problems.add(n + ": " + p))) {
            while (text.next()) {
                lines.add(text.line());
            }
        }
        return lines;
    }

    private List<String> lines(String text) throws IOException {
        return lines(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void endsOfLinesOfAllSystems() throws IOException {
        assertThat(lines("a\r\nb\n\nc")).containsExactly("a", "b", "", "c");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void byteOrderMarks() throws IOException {
        assertThat(lines("\ufeffa\nb")).containsExactly("a", "b");
        for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(lines("\ufeffä 1\nb 2\n".getBytes(wide))).containsExactly("ä 1", "b 2");
        }
    }

    @Test
    void progressBarKeepsItsLastState() throws IOException {
        assertThat(lines("1/3 loss: 3\r2/3 loss: 2\r3/3 loss: 1\r\nnext")).containsExactly("3/3 loss: 1", "next");
        assertThat(lines("1/2 [>]\b\b\b\b\b\b\b2/2 [=] \n")).containsExactly("2/2 [=] ");
        assertThat(lines("\u001b[1m5/5\u001b[0m \u001b[32m==\u001b[0m loss\n")).containsExactly("5/5 == loss");
    }

    @Test
    void progressBarOfMegabytesKeepsItsLastState() throws IOException {
        assertThat(lines("\rstep with a loss of 1.0".repeat(100_000) + "\rlast\n"))
                .containsExactly("last");
        assertThat(problems).isEmpty();
    }

    @Test
    void endlessLineIsCutAndSaidSo() throws IOException {
        assertThat(lines("x".repeat(3 << 20) + "\nnext"))
                .hasSize(2)
                .first()
                .satisfies(line -> assertThat(line).hasSize(TextLines.LONGEST_LINE));
        assertThat(problems).singleElement().asString().startsWith("1: line of more than 1 MiB");
    }

    @Test
    void conflictKeepsTheFirstSide() throws IOException {
        String text = "a\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\nb\n=======\n";
        assertThat(lines(text)).containsExactly("a", "ours", "b", "=======");
        assertThat(problems).singleElement().asString().contains("lines 2, 4 and 6");
    }

    @Test
    void aConflictWithoutAnEndSaysWhatItLeftOut() throws IOException {
        assertThat(lines("a\n<<<<<<< HEAD\nours\n=======\ntheirs\nmore\n")).containsExactly("a", "ours");
        assertThat(problems).singleElement().asString().contains("left out the 2 lines behind line 4");
    }

    @Test
    void aCharacterOfTwoHalvesSurvivesWhereverTheBufferEnds() throws IOException {
        for (int before = 8_188; before < 8_196; before++) {
            String line = "x".repeat(before) + "\ud83d\ude00 end";
            byte[] bytes = ("\ufeff" + line + "\n").getBytes(StandardCharsets.UTF_16LE);
            assertThat(lines(bytes)).containsExactly(line);
        }
    }

    @Test
    void brokenBytesAreReplacedAndSaidOnce() throws IOException {
        assertThat(lines(new byte[] {'a', (byte) 0xff, '\n', (byte) 0xfe, '\n'}))
                .containsExactly("a\ufffd", "\ufffd");
        assertThat(problems).hasSize(1);
    }

    @Test
    void offsetsAreWhereReadingGoesOn() throws IOException {
        byte[] bytes = "ä\nbb\r\nc".getBytes(StandardCharsets.UTF_8);
        try (TextLines text = new TextLines(new ByteArrayInputStream(bytes), (n, p) -> {})) {
            assertThat(text.next()).isTrue();
            assertThat(text.offset()).isEqualTo(3);
            assertThat(text.next()).isTrue();
            assertThat(text.offset()).isEqualTo(7);
            assertThat(text.isTerminated()).isTrue();
            assertThat(text.next()).isTrue();
            assertThat(text.isTerminated()).isFalse();
        }
    }
}
