package dev.auscult.data.table;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.auscult.data.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table once to learn how many rows it has and what its columns hold; keeps nothing but counts.
 *
 * <p>A column is numeric, boolean or a date where all its cells are. Other cells are text where they are many different
 * ones of four words or forty characters on average, and else categories.
 */
public final class TableScan implements RowSink {
    private static final int MOST_DIFFERENT = 1000;
    private static final int LONGEST_CATEGORY = 200;
    private static final int SHOWN = 40;
    private static final double WORDS_OF_TEXT = 4;
    private static final double CHARACTERS_OF_TEXT = 40;
    /** A column of so many numbers is meant to be one; what else it holds is a mistake. */
    private static final double MOSTLY = 0.9;
    /** With so many different words among its cells a column need not be read: it would be left out. */
    private static final double MOSTLY_DIFFERENT = 0.6;

    private static final Pattern DAY_FIRST = Pattern.compile("\\d{1,2}/\\d{1,2}/\\d{2,4}");
    private static final Pattern THOUSANDS =
            Pattern.compile("[-+]?\\d{1,3}((,\\d{3})+(\\.\\d+)?|(\\.\\d{3}){2,}(,\\d+)?|\\.\\d{3},\\d+)");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?\\d+,\\d+");

    private final Rows source;
    private final Found[] columns;
    private final boolean markers;
    private int rows;
    private boolean strayInRow;

    private TableScan(Rows source) {
        this.source = source;
        markers = source.hasMarkers();
        columns = new Found[source.names().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new Found();
        }
    }

    public static TableScan of(Rows source) {
        TableScan scan = new TableScan(source);
        source.read(scan);
        return scan;
    }

    public Rows source() {
        return source;
    }

    public int rows() {
        return rows;
    }

    public List<String> names() {
        return source.names();
    }

    /** Whether a column holds nothing in any row. */
    public boolean empty(int column) {
        return columns[column].present == 0;
    }

    public ColumnType type(int column) {
        Found found = columns[column];
        if (found.present == 0 || found.numeric) {
            return ColumnType.NUMERIC;
        }
        if (found.yesOrNo) {
            return ColumnType.BOOLEAN;
        }
        if (found.date) {
            return ColumnType.DATE;
        }
        boolean different = found.manyDifferent || 2L * found.different.size() > found.present - found.numbers;
        boolean wordy = found.words >= WORDS_OF_TEXT * (found.present - found.numbers)
                || found.characters >= CHARACTERS_OF_TEXT * (found.present - found.numbers);
        return different && wordy ? ColumnType.TEXT : ColumnType.CATEGORICAL;
    }

    /**
     * What is wrong with a column of numbers in which some cells are none; null where nothing is.
     *
     * @param name what the column is called in the settings
     */
    @Nullable
    public String stray(int column, String name) {
        Found found = columns[column];
        if (found.stray == null || found.allNumbers < MOSTLY * found.present) {
            return null;
        }
        String cause = cause(found.stray);
        return String.format(
                Locale.ROOT,
                "%s: %s %,d: '%s' is no number%s, as %,d of %,d cells of %s are; correct it, empty it, or say data.types:"
                        + " {%s: categorical}",
                source.file(),
                source.place(),
                found.line,
                found.stray,
                cause == null ? "" : " (" + cause + ")",
                found.allNumbers,
                found.present,
                name.startsWith("column ") ? name : "column " + name,
                name);
    }

    /** What people should know of a column of words that look like numbers or dates; null for nothing. */
    @Nullable
    public String remark(int column, String name) {
        Found found = columns[column];
        String cause = found.stray == null ? null : cause(found.stray);
        return cause == null
                ? null
                : String.format(
                        Locale.ROOT,
                        "%s is read as words: '%s' in %s %,d has %s",
                        name.startsWith("column ") ? name : "column " + name,
                        found.stray,
                        source.place(),
                        found.line,
                        cause);
    }

    /** Why a cell that looks like a number or a date is read as words; null where it looks like neither. */
    public static @Nullable String cause(String cell) {
        if (DAY_FIRST.matcher(cell).matches()) {
            return "a date whose order cannot be told; write 2024-03-23";
        }
        if (THOUSANDS.matcher(cell).matches()) {
            return "separators of thousands; write 1234.5";
        }
        return DECIMAL_COMMA.matcher(cell).matches() ? "a decimal comma; write 1.5" : null;
    }

    /** What people should know of a column of words that hardly ever come again; null where they do. */
    @Nullable
    public String telling(int column, String name) {
        Found found = columns[column];
        DistinctCount many = found.many;
        if (many == null || many.estimate() < MOSTLY_DIFFERENT * found.present) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "%s has about %,d different values in %,d rows, which tell little of new rows: left out (name it in"
                        + " data.types or data.columns to use it)",
                name.startsWith("column ") ? name : "column " + name,
                Math.min(found.present, many.estimate()),
                found.present);
    }

    /** Words that stand for a missing value in a column. */
    public List<String> markers(int column) {
        return columns[column].markers.words();
    }

    @Override
    public void text(int column, char[] c, int offset, int length) {
        Found found = columns[column];
        if (length == 0) {
            return;
        }
        if (markers && Cells.missing(c, offset, length)) {
            found.markers.add(c, offset, length);
            return;
        }
        found.present++;
        if (found.numeric) {
            if (!Double.isNaN(Cells.number(c, offset, length))) {
                found.numbers++;
                found.allNumbers++;
                return;
            }
            found.stray = TextFile.oneLine(new String(c, offset, Math.min(length, SHOWN)));
            strayInRow = true;
            found.numeric = false;
            found.yesOrNo = found.numbers == 0;
            found.date = found.numbers == 0;
        }
        found.allNumbers += Double.isNaN(Cells.number(c, offset, length)) ? 0 : 1;
        if (found.yesOrNo) {
            found.yesOrNo = Cells.yesOrNo(c, offset, length) >= 0;
        }
        if (found.date) {
            found.date = !Double.isNaN(Dates.days(c, offset, length));
        }
        found.characters += length;
        found.words += words(c, offset, length);
        DistinctCount many = found.many;
        if (many != null) {
            many.add(c, offset, length);
            return;
        }
        found.different.add(c, offset, length);
        found.manyDifferent |= length > LONGEST_CATEGORY;
        if (found.manyDifferent || found.different.size() > MOST_DIFFERENT) {
            DistinctCount estimate = new DistinctCount();
            found.different.words().forEach(estimate::add);
            found.many = estimate;
            found.manyDifferent = true;
        }
    }

    private static int words(char[] c, int offset, int length) {
        int words = 1;
        for (int i = offset; i < offset + length; i++) {
            words += c[i] == ' ' ? 1 : 0;
        }
        return words;
    }

    @Override
    public void number(int column, double value) {
        columns[column].present++;
        columns[column].numbers++;
        columns[column].allNumbers++;
    }

    @Override
    public void missing(int column) {}

    @Override
    public void end(long line) {
        if (strayInRow) {
            for (Found found : columns) {
                found.line = found.stray != null && found.line == 0 ? line : found.line;
            }
            strayInRow = false;
        }
        if (rows == Integer.MAX_VALUE - 8) {
            throw new DataException(String.format(
                    Locale.ROOT, "%s has more than %,d rows; cut it into several files", source.file(), rows));
        }
        rows++;
    }

    /** What the cells of a column were so far. */
    private static final class Found {
        long present;
        /** Cells that were numbers before the first that was none. */
        long numbers;

        /** All cells that were numbers. */
        long allNumbers;

        /** The first cell that was no number, and its line; null and 0 where all are. */
        @Nullable
        String stray;

        long line;
        /** Words that stood for a missing value. */
        final Dictionary markers = new Dictionary();

        boolean numeric = true;
        boolean yesOrNo = true;
        boolean date = true;
        long characters;
        long words;
        boolean manyDifferent;
        /** Counts what the dictionary is too small for; null as long as it is not. */
        @Nullable
        DistinctCount many;

        final Dictionary different = new Dictionary();
    }
}
