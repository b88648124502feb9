package dev.auscult.data.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import dev.auscult.data.error.DataException;
import org.jspecify.annotations.Nullable;

/** A table as text: cells between commas, tabs, semicolons, bars or blanks, in quotes where needed (RFC 4180). */
public final class DelimitedRows implements Rows {
    static final int MOST_COLUMNS = 100_000;
    /** Characters of one record: a quote that is never closed must not fill the memory. */
    private static final int LONGEST_RECORD = 1 << 24;

    private final TextFile file;
    private final DelimitedLayout layout;
    private final boolean certain;

    private DelimitedRows(TextFile file, DelimitedLayout layout, boolean certain) {
        this.file = file;
        this.layout = layout;
        this.certain = certain;
    }

    /**
     * Finds out how the table is laid out.
     *
     * @param separator between cells; null: derived
     * @param header whether the file begins with column names; null: derived
     */
    static DelimitedRows of(Path path, @Nullable String separator, @Nullable Boolean header) {
        return of(TextFile.of(path), separator, header, true);
    }

    /**
     * The same by the beginning of the file alone, for a reader that sees by itself whether the rest is in that encoding.
     *
     * @param separator between cells; null: derived
     * @param header whether the file begins with column names; null: derived
     */
    public static DelimitedRows byItsBeginning(Path path, @Nullable String separator, @Nullable Boolean header) {
        return of(TextFile.byItsBeginning(path), separator, header, false);
    }

    private static DelimitedRows of(
            TextFile file, @Nullable String separator, @Nullable Boolean header, boolean certain) {
        try {
            return new DelimitedRows(file, DelimitedLayout.of(file, character(separator), header), certain);
        } catch (CsvParseException e) {
            throw broken(file.file(), e);
        }
    }

    TextFile textFile() {
        return file;
    }

    DelimitedLayout layout() {
        return layout;
    }

    /** Whether the encoding was found by reading all of the file. */
    boolean isCertain() {
        return certain;
    }

    private static @Nullable Character character(@Nullable String separator) {
        if (separator == null) {
            return null;
        }
        return switch (separator) {
            case "tab", "\\t" -> '\t';
            case "space", "whitespace", "\\s+" -> ' ';
            default -> {
                if (separator.length() != 1 || "\"\r\n".contains(separator)) {
                    throw new DataException(
                            "separator '" + TextFile.oneLine(separator) + "': wanted one character, 'tab' or 'space'");
                }
                yield separator.charAt(0);
            }
        };
    }

    @Override
    public Path file() {
        return file.file();
    }

    @Override
    public List<String> names() {
        return layout.names();
    }

    @Override
    public boolean named() {
        return layout.named();
    }

    @Override
    public List<String> classNames() {
        return layout.classNames();
    }

    @Override
    public boolean hasMarkers() {
        return true;
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (!file.charset().equals(StandardCharsets.UTF_8)) {
            remarks.add(file().getFileName() + " is not UTF-8 and was read as "
                    + file.charset().name());
        }
        if (!layout.repeated().isEmpty()) {
            remarks.add(file().getFileName() + " has several columns called "
                    + Names.some(layout.repeated()) + "; the further ones are called "
                    + layout.repeated().get(0) + ".1 and so on");
        }
        return remarks;
    }

    @Override
    public void read(RowSink sink) {
        Handler handler = new Handler(file(), layout, sink);
        try (CsvReader<Boolean> reader = CsvReader.builder()
                .fieldSeparator(layout.separator())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(LONGEST_RECORD)
                .build(handler, file.open())) {
            for (Boolean record : reader) {
                handler.records += record ? 1 : 0;
            }
        } catch (IOException e) {
            throw TextFile.unreadable(file(), e);
        } catch (CsvParseException e) {
            throw broken(file(), e);
        }
        long rows = handler.records - layout.skipped();
        if (rows < 1) {
            throw new DataException(file() + " has column names and no rows; wanted rows below them"
                    + " (or data.header: false, if the first line is a row)");
        }
        if (layout.promisedRows() >= 0 && layout.promisedRows() != rows) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s: the first line promises %,d rows, found %,d; is the file complete?",
                    file(),
                    layout.promisedRows(),
                    rows));
        }
    }

    /** The parser's complaint in one line, with the file in front. */
    private static DataException broken(Path file, CsvParseException e) {
        Throwable cause = e.getCause();
        String own = cause instanceof CsvParseException && cause.getMessage() != null
                ? cause.getMessage()
                : String.valueOf(e.getMessage());
        if (cause instanceof DataException known) {
            return known;
        }
        String line = own.replaceAll("(?s).*line (\\d+).*", "$1");
        String where = line.equals(own) ? "" : ": line " + line;
        if (own.contains("buffer size")) {
            return new DataException(
                    file + where + " begins a record of more than 16 million characters; is a quote never closed,"
                            + " or is this no table?",
                    e);
        }
        if (own.contains("Unclosed")) {
            return new DataException(file + where + " begins a record with a quote that is never closed; close it", e);
        }
        return new DataException(file + ": " + TextFile.oneLine(own), e);
    }

    /** Passes cells on and counts them. */
    private static final class Handler extends AbstractBaseCsvCallbackHandler<Boolean> {
        private final Path file;
        private final DelimitedLayout layout;
        private final RowSink sink;
        private final int columns;
        private final boolean blanks;
        long records;
        private int cells;

        Handler(Path file, DelimitedLayout layout, RowSink sink) {
            this.file = file;
            this.layout = layout;
            this.sink = sink;
            this.columns = layout.names().size();
            this.blanks = layout.separator() == ' ';
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            cells = 0;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (blanks && length == 0 && !quoted) {
                return;
            }
            int column = cells++;
            if (records < layout.skipped() || column >= columns) {
                return;
            }
            int start = offset;
            int end = offset + length;
            while (start < end && buffer[start] <= ' ') {
                start++;
            }
            while (end > start && buffer[end - 1] <= ' ') {
                end--;
            }
            sink.text(column, buffer, start, end - start);
        }

        @Override
        protected Boolean buildRecord() {
            if (getRecordType() == RecordType.EMPTY) {
                return Boolean.FALSE;
            }
            if (records >= layout.skipped()) {
                if (cells != columns && sink.ragged(getStartingLineNumber(), cells)) {
                    for (int column = cells; column < columns; column++) {
                        sink.missing(column);
                    }
                } else if (cells != columns) {
                    throw new DataException(String.format(
                            Locale.ROOT,
                            "%s: line %d has %,d cell%s, wanted %,d as in the first row; correct the line, or say"
                                    + " data.separator if '%s' is not what separates cells",
                            file,
                            getStartingLineNumber(),
                            cells,
                            cells == 1 ? "" : "s",
                            columns,
                            layout.separator() == '\t' ? "tab" : String.valueOf(layout.separator())));
                }
                sink.end(getStartingLineNumber());
            }
            return Boolean.TRUE;
        }
    }
}
