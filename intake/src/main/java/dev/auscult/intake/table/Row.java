package dev.auscult.intake.table;

import java.util.Arrays;

/** One row of a table; the same object is filled again for every row. */
public final class Row {
    /** Wider rows are not logs; what lies beyond is left out. */
    static final int WIDEST = 8192;

    private static final int LONGEST_TEXT = 200;

    private final CellParser parser = new CellParser();
    private byte[] kinds = new byte[16];
    private double[] values = new double[16];
    private String[] texts = new String[16];
    private int size;
    private int numbers;
    private int written;
    private long line;
    private boolean strayQuote;

    void begin(long startingLine) {
        size = 0;
        numbers = 0;
        written = 0;
        line = startingLine;
        strayQuote = false;
    }

    void markStrayQuote() {
        strayQuote = true;
    }

    /** Whether rows were lost in a cell of this row, which a quote opens that does not belong there. */
    boolean hasStrayQuote() {
        return strayQuote;
    }

    void add(char[] chars, int offset, int length) {
        if (size == WIDEST) {
            return;
        }
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, size * 2);
            values = Arrays.copyOf(values, size * 2);
            texts = Arrays.copyOf(texts, size * 2);
        }
        byte kind = parser.parse(chars, offset, length);
        kinds[size] = kind;
        texts[size] = "";
        if (kind == CellParser.NUMBER) {
            values[size] = parser.value();
            numbers++;
        } else if (length > 0) {
            texts[size] = new String(chars, offset, Math.min(length, LONGEST_TEXT)).strip();
        }
        written += length > 0 ? 1 : 0;
        size++;
    }

    /** Number of cells. */
    public int size() {
        return size;
    }

    /** Number of cells that hold a number. */
    public int numbers() {
        return numbers;
    }

    /** Line in the file, from 1. */
    public long line() {
        return line;
    }

    boolean isBlank() {
        return written == 0;
    }

    public boolean isNumber(int column) {
        return column >= 0 && column < size && kinds[column] == CellParser.NUMBER;
    }

    boolean isText(int column) {
        return column < size && kinds[column] == CellParser.TEXT;
    }

    /** The number in a cell; call only where {@link #isNumber}. */
    public double value(int column) {
        return values[column];
    }

    /** The text of a cell that holds no number. */
    public String text(int column) {
        return texts[column];
    }

    /** Takes a cell for empty. */
    public void clear(int column) {
        if (isNumber(column)) {
            numbers--;
        }
        kinds[column] = CellParser.EMPTY;
    }

    Row copy() {
        Row copy = new Row();
        copy.kinds = Arrays.copyOf(kinds, Math.max(1, size));
        copy.values = Arrays.copyOf(values, Math.max(1, size));
        copy.texts = Arrays.copyOf(texts, Math.max(1, size));
        copy.size = size;
        copy.numbers = numbers;
        copy.written = written;
        copy.line = line;
        return copy;
    }
}
