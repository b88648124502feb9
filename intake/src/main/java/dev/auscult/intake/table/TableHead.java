package dev.auscult.intake.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.auscult.intake.LogFile;
import org.jspecify.annotations.Nullable;

/** How a table begins: its separator, the names of its columns, and its first rows. */
public final class TableHead {
    private static final Set<String> EXTENSIONS = Set.of("", "csv", "tsv", "tab", "txt", "log", "dat");
    /** Enough for the names of some thousand columns. */
    private static final int READING_BYTES = 512 * 1024;

    private static final int SAMPLE = 64;
    private static final int LINES = 24;

    private final Dialect dialect;
    private final List<String> names;
    private final boolean named;
    private final long headerLine;
    private final String comment;
    private final List<Row> sample;

    private TableHead(
            Dialect dialect, List<String> names, boolean named, long headerLine, String comment, List<Row> sample) {
        this.dialect = dialect;
        this.names = names;
        this.named = named;
        this.headerLine = headerLine;
        this.comment = comment;
        this.sample = sample;
    }

    /** From the bytes that readers may look at to recognise a file; null if it cannot be a table. */
    public static @Nullable TableHead of(LogFile file) {
        return mayBeTable(file.name())
                ? file.once(
                                TableHead.class,
                                () -> Optional.ofNullable(of(file.head(), file.size() <= file.head().length)))
                        .orElse(null)
                : null;
    }

    /** From as many bytes as a long line of names may need; null if it cannot be a table. */
    public static @Nullable TableHead forReading(LogFile file) throws IOException {
        try (InputStream in = Files.newInputStream(file.path())) {
            byte[] bytes = in.readNBytes(READING_BYTES);
            return of(bytes, bytes.length < READING_BYTES);
        }
    }

    private static boolean mayBeTable(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT)) || dot < 0;
    }

    private static @Nullable TableHead of(byte[] bytes, boolean whole) {
        String text = decode(bytes);
        if (text.indexOf('\0') >= 0) {
            return null;
        }
        List<String> lines = firstLines(text, whole);
        if (lines.isEmpty()) {
            return null;
        }
        Dialect dialect = Dialect.of(lines);
        return parse(text, whole, dialect);
    }

    private static String decode(byte[] bytes) {
        Charset charset = StandardCharsets.UTF_8;
        if (bytes.length >= 2 && (bytes[0] & bytes[1]) == (byte) 0xfe) {
            charset = StandardCharsets.UTF_16;
        }
        String text = new String(bytes, charset);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** The first lines that may belong to the table, to find the separator. */
    private static List<String> firstLines(String text, boolean whole) {
        List<String> lines = new ArrayList<>(LINES);
        int from = 0;
        while (from < text.length() && lines.size() < LINES) {
            int end = text.indexOf('\n', from);
            if (end < 0 && !whole && !lines.isEmpty()) {
                break;
            }
            String line = text.substring(from, end < 0 ? text.length() : end);
            if (!line.isBlank() && !line.startsWith("#") && !Conflict.isMarker(line)) {
                lines.add(line);
            }
            from = end < 0 ? text.length() : end + 1;
        }
        return lines;
    }

    private static @Nullable TableHead parse(String text, boolean whole, Dialect dialect) {
        List<String> names = List.of();
        long headerLine = 0;
        String comment = "";
        List<Row> sample = new ArrayList<>();
        boolean named = false;
        boolean seen = false;
        try (CsvReader<Row> rows = dialect.rows(text)) {
            for (Row row : rows) {
                if (row.isBlank() || Conflict.isMarker(row)) {
                    continue;
                }
                if (!seen && row.text(0).startsWith("#{")) {
                    comment = line(text, row.line());
                    headerLine = row.line();
                    continue;
                }
                if (!seen) {
                    seen = true;
                    named = row.numbers() == 0 || isCountedHeader(row);
                    names = named ? named(row) : numbered(row.size());
                    if (named) {
                        headerLine = row.line();
                        continue;
                    }
                }
                if (sample.size() == SAMPLE) {
                    break;
                }
                sample.add(row.copy());
            }
        } catch (CsvParseException broken) {
            // What came before the broken place is all that is needed; reading meets it again and says so.
            if (!seen) {
                return null;
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (!seen) {
            return null;
        }
        if (!whole && sample.size() > 1 && sample.size() < SAMPLE) {
            sample.remove(sample.size() - 1);
        }
        if (named) {
            names = withIndex(names, sample);
        }
        return new TableHead(dialect, names, named, headerLine, comment, sample);
    }

    /** A table whose rows have one cell more than its header has a row index without a name, as R writes it. */
    private static List<String> withIndex(List<String> names, List<Row> sample) {
        int width = names.size() + 1;
        if (sample.isEmpty() || !sample.stream().allMatch(row -> row.size() == width)) {
            return names;
        }
        List<String> shifted = new ArrayList<>(width);
        shifted.add("");
        shifted.addAll(names);
        return List.copyOf(shifted);
    }

    /** Whether a row is the header that pandas gives columns without names: {@code ,0,1,2}. */
    private static boolean isCountedHeader(Row row) {
        if (row.size() < 2 || row.isNumber(0) || !row.text(0).isEmpty()) {
            return false;
        }
        for (int i = 1; i < row.size(); i++) {
            if (!row.isNumber(i) || row.value(i) != i - 1) {
                return false;
            }
        }
        return true;
    }

    /** The names in a header, trimmed, each once; the unnamed stay empty. */
    static List<String> named(Row row) {
        List<String> names = new ArrayList<>(row.size());
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
            String name = row.isNumber(i) ? "column " + (i - 1) : row.text(i).strip();
            if (i == 0 && name.startsWith("#")) {
                name = name.substring(1).strip();
            }
            int times = seen.merge(name, 1, Integer::sum);
            names.add(times == 1 || name.isEmpty() ? name : name + " (" + times + ")");
        }
        return List.copyOf(names);
    }

    private static List<String> numbered(int size) {
        List<String> names = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            names.add("column " + i);
        }
        return List.copyOf(names);
    }

    private static String line(String text, long number) {
        return text.lines().skip(number - 1).findFirst().orElse("");
    }

    Dialect dialect() {
        return dialect;
    }

    /** The names of the columns, trimmed; empty for one without a name, {@code column 0} … if there is no header. */
    public List<String> names() {
        return names;
    }

    /** Whether the table has a header. */
    public boolean isNamed() {
        return named;
    }

    /** The line of the header, or of the comment before it; 0 if there is neither. */
    long headerLine() {
        return headerLine;
    }

    /** The line before the header if it is {@code #} and a JSON object; else empty. */
    public String comment() {
        return comment;
    }

    /** The first rows. */
    public List<Row> sample() {
        return sample;
    }

    public boolean isTabbed() {
        return dialect.separator() == '\t';
    }

    /** The column of this very name; −1 if there is none. */
    public int column(String name) {
        return names.indexOf(name);
    }

    public boolean has(String... wanted) {
        return names.containsAll(List.of(wanted));
    }

    /** Whether any of the first rows has a number in this column. */
    public boolean isNumeric(int column) {
        return sample.stream().anyMatch(row -> row.isNumber(column));
    }

    /** Whether the numbers in a column are whole and do not go back more often than forth (unless they count down). */
    public boolean isCounter(int column) {
        double last = Double.NaN;
        int up = 0;
        int down = 0;
        int rows = 0;
        for (Row row : sample) {
            if (row.isNumber(column)) {
                double value = row.value(column);
                if (value != Math.rint(value) || Double.isInfinite(value)) {
                    return false;
                }
                up += value > last ? 1 : 0;
                down += value < last ? 1 : 0;
                rows++;
                last = value;
            }
        }
        return rows > 0 && (up >= down || 4 * up <= down);
    }

    /** Whether each value of a counter stands in a whole block of rows, as the epoch does where batches are logged. */
    public boolean isRepeated(int column) {
        int rows = 0;
        int blocks = 0;
        double last = Double.NaN;
        for (Row row : sample) {
            if (row.isNumber(column)) {
                rows++;
                blocks += row.value(column) != last ? 1 : 0;
                last = row.value(column);
            }
        }
        return rows > 2.5 * blocks;
    }
}
