package dev.auscult.app.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Text in columns: width, wrapping, shortening; free of characters that would steer a terminal. */
public final class Cells {
    /** Names cut shorter than this no longer tell anything. */
    private static final int SHORTEST_NAME = 7;

    private Cells() {}

    /** The text without control characters, which a hostile log could use to steer the terminal. */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t' || c == '\n' || c == '\r') {
                clean.append(' ');
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                clean.append('\ufffd');
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    /** Columns that a text without colours takes. */
    public static int width(String text) {
        return text.codePoints().map(Cells::width).sum();
    }

    private static int width(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0x1f300 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
        return wide ? 2 : 1;
    }

    /** The text with blanks behind it up to a width. */
    public static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** The text with its middle left out where it is wider than {@code width}; the end, which tells more, stays longer. */
    public static String shorten(String text, int width, String gap) {
        if (width(text) <= width) {
            return text;
        }
        int room = Math.max(0, width - width(gap));
        int[] all = text.codePoints().toArray();
        int tailRoom = (room * 2 + 2) / 3;
        int from = all.length;
        int used = 0;
        while (from > 0 && used + width(all[from - 1]) <= tailRoom) {
            from--;
            used += width(all[from]);
        }
        int to = 0;
        while (to < from && used + width(all[to]) <= room) {
            used += width(all[to]);
            to++;
        }
        return new String(all, 0, to) + gap + new String(all, from, all.length - from);
    }

    /** The beginning of a text that is wider than {@code width}, where the beginning tells more than the end. */
    public static String first(String text, int width, String gap) {
        if (width(text) <= width) {
            return text;
        }
        return text.substring(0, cutAt(text, Math.max(1, width - width(gap)))) + gap;
    }

    /** A path in which the longest names lose their middles until it fits; past that the path loses its own. */
    public static String shortenPath(String path, int width, String gap) {
        String[] names = path.split("/", -1);
        int longest = Arrays.stream(names).mapToInt(Cells::width).max().orElse(0);
        for (int most = longest; most >= SHORTEST_NAME; most--) {
            int limit = most;
            String shorter =
                    Arrays.stream(names).map(n -> shorten(n, limit, gap)).collect(Collectors.joining("/"));
            if (width(shorter) <= width) {
                return shorter;
            }
        }
        return shorten(path, width, gap);
    }

    /** The text in lines of at most {@code width} columns, broken at blanks; a longer word is cut. */
    public static List<String> wrap(String text, int width) {
        int room = Math.max(8, width);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : text.split(" +", -1)) {
            String rest = word;
            int wide = width(rest);
            if (used > 0 && used + 1 + wide > room) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            while (wide > room) {
                int cut = cutAt(rest, room);
                lines.add(rest.substring(0, cut));
                rest = rest.substring(cut);
                wide = width(rest);
            }
            if (used > 0) {
                line.append(' ');
                used++;
            }
            line.append(rest);
            used += wide;
        }
        if (used > 0 || lines.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static int cutAt(String word, int room) {
        int used = 0;
        int at = 0;
        while (at < word.length()) {
            int c = word.codePointAt(at);
            if (used + width(c) > room) {
                break;
            }
            used += width(c);
            at += Character.charCount(c);
        }
        return Math.max(at, 1);
    }
}
