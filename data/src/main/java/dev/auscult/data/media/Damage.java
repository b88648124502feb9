package dev.auscult.data.media;

/**
 * Marks of a text that went through the wrong encoding.
 *
 * @param mojibake characters of UTF-8 that were read as Windows-1252: {@code Ã©} for é
 * @param replaced characters U+FFFD, put where bytes were no character
 * @param controls control characters other than tab and line ends
 * @param entities names and numbers that HTML writes for a character, such as those of ampersand and apostrophe
 * @param first the first of them, shortened; empty if there is none
 */
record Damage(int mojibake, int replaced, int controls, int entities, String first) {
    /** The characters of Windows-1252 from 0x80 to 0x9F; those it lacks stand for themselves. */
    private static final String WINDOWS =
            "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
                    + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private static final int SHOWN = 24;
    private static final int LONGEST_ENTITY = 8;
    /**
     * Lead bytes other than Â, Ã and those of three or four bytes are letters that may well stand before a quotation mark
     * (Ä, Ñ, Ö): only so many of them in a text are damage.
     */
    private static final int DOUBTFUL = 3;

    static Damage of(String text) {
        int mojibake = 0;
        int doubtful = 0;
        int replaced = 0;
        int controls = 0;
        int entities = 0;
        int first = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean found = false;
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
                controls++;
                found = true;
            } else if (c == '\uFFFD') {
                replaced++;
                found = true;
            } else if (c == '&' || c == '#') {
                int end = entity(text, i);
                if (end > 0) {
                    entities++;
                    found = true;
                }
            } else if (c >= 0xC2 && c <= 0xF4) {
                int length = sequence(text, i);
                if (length > 2 || (length == 2 && c <= 0xC3)) {
                    mojibake++;
                    found = true;
                    i += length - 1;
                } else if (length == 2) {
                    doubtful++;
                }
            } else if (c >= 0x7F && c < 0xA0) {
                controls++;
                found = true;
            }
            if (found && first < 0) {
                first = i;
            }
        }
        if (doubtful >= DOUBTFUL) {
            mojibake += doubtful;
        }
        return new Damage(mojibake, replaced, controls, entities, first < 0 ? "" : shown(text, first));
    }

    /** Whether characters are damaged; entities can be undone and do not count. */
    boolean broken() {
        return mojibake + replaced + controls > 0;
    }

    private static String shown(String text, int at) {
        int from = Math.max(0, at - SHOWN / 2);
        String piece = text.substring(from, Math.min(text.length(), from + SHOWN));
        return piece.replaceAll("\\p{Cntrl}", "\u00B7").strip();
    }

    /** Where an entity that begins here ends; 0 if none does. */
    private static int entity(String text, int at) {
        int i = at + 1;
        boolean number = text.charAt(at) == '#';
        if (!number && i < text.length() && text.charAt(i) == '#') {
            number = true;
            i++;
        }
        int start = i;
        while (i < text.length()
                && i - start < LONGEST_ENTITY
                && (number ? isDigit(text.charAt(i)) : isLetter(text.charAt(i)))) {
            i++;
        }
        return i - start >= 2 && i < text.length() && text.charAt(i) == ';' ? i : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** How many characters here are one of UTF-8, read as Windows-1252; 0 if they are not. */
    private static int sequence(String text, int at) {
        char lead = text.charAt(at);
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + length > text.length()) {
            return 0;
        }
        for (int i = at + 1; i < at + length; i++) {
            char c = text.charAt(i);
            if (!((c >= 0x80 && c < 0xC0) || WINDOWS.indexOf(c) >= 0)) {
                return 0;
            }
        }
        return length;
    }
}
