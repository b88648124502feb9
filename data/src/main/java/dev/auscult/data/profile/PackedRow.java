package dev.auscult.data.profile;

/** The cells of a row in one string, which costs a byte a character where a list of strings costs sixty bytes a cell. */
final class PackedRow {
    /** Stands for a cell that holds nothing, not even an empty word. */
    private static final int NOTHING = 0xFFFFFF;

    private final StringBuilder row = new StringBuilder();

    void clear() {
        row.setLength(0);
    }

    void add(char[] c, int offset, int length) {
        int kept = Math.min(length, NOTHING - 1);
        head(kept);
        row.append(c, offset, kept);
    }

    void add(String cell) {
        int kept = Math.min(cell.length(), NOTHING - 1);
        head(kept);
        row.append(cell, 0, kept);
    }

    void missing() {
        head(NOTHING);
    }

    /** The length in three characters of a byte each, so that a string of Latin letters stays one of bytes. */
    private void head(int length) {
        row.append((char) (length >>> 16)).append((char) (length >>> 8 & 0xFF)).append((char) (length & 0xFF));
    }

    String packed() {
        return row.toString();
    }

    /** Goes through the cells of a packed row. */
    static final class Cursor {
        private final String row;
        private int next;
        private int start;
        private int length;

        Cursor(String row) {
            this.row = row;
        }

        /** Moves to the next cell; false after the last. */
        boolean next() {
            if (next >= row.length()) {
                return false;
            }
            length = row.charAt(next) << 16 | row.charAt(next + 1) << 8 | row.charAt(next + 2);
            start = next + 3;
            next = start + (length == NOTHING ? 0 : length);
            return true;
        }

        /** Length of the cell; −1 for nothing. */
        int length() {
            return length == NOTHING ? -1 : length;
        }

        /** Copies the cell to the beginning of an array of at least its length. */
        void copy(char[] to) {
            row.getChars(start, start + length, to, 0);
        }

        String text() {
            return row.substring(start, start + length);
        }
    }
}
