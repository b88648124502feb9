package dev.auscult.data.table;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Takes the cells of one column, each as its type demands. */
public final class ColumnFill {
    private static final int SHOWN = 40;

    private final String name;
    private final ColumnType type;
    private final boolean markers;
    private final Pieces cells;
    private final @Nullable Pieces bytes;
    private final Dictionary words = new Dictionary();
    private final String[] noAndYes = {"false", "true"};
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer encoded = ByteBuffer.allocate(1024);
    private @Nullable String problem;

    /**
     * @param markers whether words such as {@code NA} are missing values
     * @param space where the cells are held
     */
    ColumnFill(String name, ColumnType type, boolean markers, Space space) {
        this.markers = markers;
        this.name = name;
        this.type = type;
        this.cells = Pieces.ofDoubles(space);
        this.bytes = type == ColumnType.TEXT ? Pieces.ofBytes(space) : null;
    }

    String name() {
        return name;
    }

    /** What is wrong with a cell; null if nothing is. */
    @Nullable
    String problem() {
        return problem;
    }

    void text(char[] c, int offset, int length) {
        if (type == ColumnType.TEXT) {
            addText(c, offset, length);
            return;
        }
        if (length == 0 || (markers && Cells.missing(c, offset, length))) {
            missing();
            return;
        }
        switch (type) {
            case NUMERIC -> {
                double value = Cells.number(c, offset, length);
                if (Double.isNaN(value) || Double.isInfinite(value)) {
                    wrong(c, offset, length, Double.isNaN(value) ? "a number" : "a finite number");
                }
                cells.add(value);
            }
            case DATE -> {
                double value = Dates.days(c, offset, length);
                if (Double.isNaN(value)) {
                    wrong(c, offset, length, "a date such as 2024-03-23 or 2024-03-23 20:21:09");
                }
                cells.add(value);
            }
            case BOOLEAN -> {
                int value = Cells.yesOrNo(c, offset, length);
                if (value < 0) {
                    double number = Cells.number(c, offset, length);
                    if (number == 0 || number == 1) {
                        value = (int) number;
                    } else {
                        wrong(c, offset, length, "true, false, yes, no, 0 or 1");
                    }
                } else {
                    noAndYes[value] = new String(c, offset, length);
                }
                cells.add((double) value);
            }
            default -> cells.add((double) words.add(c, offset, length));
        }
    }

    void number(double value) {
        switch (type) {
            case NUMERIC -> {
                if (Double.isInfinite(value)) {
                    problem = "found " + value + ", wanted a finite number; correct it, or leave it empty";
                }
                cells.add(value);
            }
            default -> {
                String plain = value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Long.toString((long) value)
                        : Double.toString(value);
                text(plain.toCharArray(), 0, plain.length());
            }
        }
    }

    void missing() {
        if (type == ColumnType.TEXT) {
            addText(new char[0], 0, 0);
        } else {
            cells.add(Double.NaN);
        }
    }

    private void addText(char[] c, int offset, int length) {
        Pieces to = bytes;
        if (to == null) {
            throw new IllegalStateException("column " + name + " is not text");
        }
        if (encoded.capacity() < 3 * length) {
            encoded = ByteBuffer.allocate(Math.max(3 * length, 2 * encoded.capacity()));
        }
        encoded.clear();
        utf8.reset().encode(CharBuffer.wrap(c, offset, length), encoded, true);
        utf8.flush(encoded);
        to.add(encoded.array(), 0, encoded.position());
        cells.add((double) to.size());
    }

    private void wrong(char[] c, int offset, int length, String wanted) {
        String found = TextFile.oneLine(new String(c, offset, Math.min(length, SHOWN)));
        problem = "found '" + found + (length > SHOWN ? "…" : "") + "', wanted " + wanted
                + "; correct the cell, empty it if it is missing, or give the column another type (data.types)";
    }

    /** The column; the space must be sealed. */
    Column column() {
        cells.seal();
        if (bytes != null) {
            bytes.seal();
        }
        return new Column(name, type, type == ColumnType.BOOLEAN ? List.of(noAndYes) : words.words(), cells, bytes);
    }
}
