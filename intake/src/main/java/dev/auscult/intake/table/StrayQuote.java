package dev.auscult.intake.table;

/**
 * Tells a quote that somebody lost, behind which rows of the table vanish in one cell, from a cell of several lines: such
 * a cell is an array in brackets or a text, and has no lines that look like rows.
 */
final class StrayQuote {
    private static final int MOST_LINES = 50;

    private final char separator;
    private final CellParser parser = new CellParser();

    StrayQuote(char separator) {
        this.separator = separator;
    }

    /** Whether a quoted cell holds rows. */
    boolean opens(char[] chars, int offset, int length) {
        int end = offset + length;
        int at = indexOf('\n', chars, offset, end);
        if (at == end || isBracketed(chars, offset, at)) {
            return false;
        }
        int lines = 1;
        while (at < end) {
            int next = indexOf('\n', chars, at + 1, end);
            int cell = indexOf(separator, chars, at + 1, next);
            // The last line may hold the closing quote, the first one is what stood in the cell.
            boolean row = cell < next && parser.parse(chars, at + 1, cell - at - 1) == CellParser.NUMBER;
            if (row || ++lines > MOST_LINES) {
                return true;
            }
            at = next;
        }
        return false;
    }

    private static boolean isBracketed(char[] chars, int from, int to) {
        for (int i = from; i < to; i++) {
            if (chars[i] == '[' || chars[i] == '(' || chars[i] == '{') {
                return true;
            }
        }
        return false;
    }

    private static int indexOf(char wanted, char[] chars, int from, int to) {
        for (int i = from; i < to; i++) {
            if (chars[i] == wanted) {
                return i;
            }
        }
        return to;
    }
}
