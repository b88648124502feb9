package dev.auscult.app.live;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.auscult.app.report.Cells;

/**
 * The last lines of a terminal, drawn over again and again in one stroke each, so that nothing flickers or scrolls. Once the
 * terminal is gone nothing is drawn any more, and nobody is disturbed.
 */
final class Paper {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final Writer terminal;
    private List<Integer> widths = List.of();
    private boolean gone;

    Paper(Writer terminal) {
        this.terminal = terminal;
    }

    /** Draws lines in place of those of last time, on a terminal that is now so many columns wide. */
    void draw(List<String> lines, int columns) {
        StringBuilder text = new StringBuilder(back(columns)).append(NO_WRAP);
        List<Integer> drawn = new ArrayList<>();
        for (String line : lines) {
            text.append(line).append(CLEAR_LINE).append('\n');
            drawn.add(width(line));
        }
        print(text.append(CLEAR_BELOW).append(WRAP).toString());
        widths = drawn;
    }

    /** Prints lines that stay, in place of those of last time, which are to be drawn again below. */
    void keep(String lines, int columns) {
        print(back(columns) + CLEAR_BELOW + lines + "\n");
        widths = List.of();
    }

    /** To the first of the lines of last time; a terminal that became narrower has broken them into several. */
    private String back(int columns) {
        int rows = 0;
        for (int width : widths) {
            rows += Math.max(1, (width + columns - 1) / columns);
        }
        return rows == 0 ? "" : "\r\u001b[" + rows + "A";
    }

    /** Columns that a line with colours takes. */
    static int width(String line) {
        return Cells.width(COLOUR.matcher(line).replaceAll(""));
    }

    private void print(String text) {
        if (gone) {
            return;
        }
        try {
            terminal.write(text);
            terminal.flush();
        } catch (IOException e) {
            gone = true;
        }
    }
}
