package dev.auscult.intake.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.run.RunEvent;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one table, whatever lies between them, into the sink. */
public final class TableReading {
    private static final String TRACEBACK = "Traceback (most recent call last)";

    private final Path file;
    private final TableHead head;
    private final RunSink sink;
    private final Oddities oddities = new Oddities();
    private final RowsToPoints points;
    private List<String> names;
    private @Nullable Row cut;
    private int lastSize;
    private boolean traceback;
    private String lastText = "";
    private @Nullable List<Conflict> conflicts;

    private TableReading(Path file, TableHead head, Layout layout, ReadOptions options, RunSink sink) {
        this.file = file;
        this.head = head;
        this.sink = sink;
        this.names = head.names();
        this.points = new RowsToPoints(layout, options, sink, oddities);
        points.columns(names);
    }

    /** Reads the whole file. */
    public static void read(LogFile file, Layout layout, ReadOptions options, RunSink sink)
            throws IOException, UnreadableLogException {
        TableHead head = TableHead.forReading(file);
        if (head == null) {
            throw new UnreadableLogException("no table of numbers: the file is empty or not text");
        }
        read(file, head, layout, options, sink);
    }

    /** Reads the whole file, the beginning of which is known. */
    public static void read(LogFile file, TableHead head, Layout layout, ReadOptions options, RunSink sink)
            throws IOException, UnreadableLogException {
        TableReading reading = new TableReading(file.path(), head, layout, options, sink);
        reading.rows();
        reading.finish();
    }

    private void rows() throws IOException {
        long stray = quotedRows();
        if (stray > 0) {
            oddities.add(
                    stray, "a quote opens here and does not close in its row; from here on quotes were not heeded");
            unquotedRows(stray);
        }
    }

    /** Reads up to a quote that does not belong where it is; returns its line, or 0 if there is none. */
    private long quotedRows() throws IOException {
        long line = head.headerLine();
        try (CsvReader<Row> rows = head.dialect().rows(open())) {
            for (Row row : rows) {
                if (row.hasStrayQuote() && row.line() > head.headerLine()) {
                    return row.line();
                }
                line = row.line();
                take(row, head.headerLine() + 1);
            }
        } catch (CsvParseException neverCloses) {
            return line + 1;
        } catch (UncheckedIOException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
        return 0;
    }

    private void unquotedRows(long first) throws IOException {
        long line = first;
        try (CsvReader<Row> rows = head.dialect().unquotedRows(open())) {
            for (Row row : rows) {
                line = row.line();
                take(row, first);
            }
        } catch (CsvParseException tooLong) {
            oddities.add(line + 1, "a cell is longer than a MiB; the file was read up to it");
        } catch (UncheckedIOException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    private InputStream open() throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    private void take(Row row, long first) throws IOException {
        if (row.line() >= first && !row.isBlank()) {
            row(row);
        }
    }

    private void row(Row row) throws IOException {
        if (Conflict.isMarker(row)) {
            marker(row);
        } else if (isLeftOut(row.line())) {
            return;
        } else if (row.numbers() == 0) {
            textRow(row);
        } else {
            numberRow(row);
        }
    }

    private void marker(Row row) throws IOException {
        if (conflicts == null) {
            conflicts = Conflict.in(file);
            conflicts.forEach(conflict -> conflict.tell(sink));
            if (conflicts.isEmpty()) {
                oddities.add(row.line(), "a git conflict marker without a conflict was skipped");
            }
        }
    }

    private boolean isLeftOut(long line) {
        return conflicts != null && conflicts.stream().anyMatch(conflict -> conflict.leavesOut(line));
    }

    private void numberRow(Row row) {
        Row before = cut;
        cut = null;
        if (before != null) {
            takeShort(before);
        }
        if (row.size() < names.size() && row.size() != lastSize) {
            cut = row.copy();
            return;
        }
        if (row.size() < names.size()) {
            takeShort(row);
        } else {
            if (row.size() > names.size()) {
                oddities.add(row.line(), "a row has more cells than the header; the cells beyond were left out");
            }
            take(row);
        }
    }

    private void takeShort(Row row) {
        oddities.add(row.line(), "a row has fewer cells than the header; the missing ones were taken as empty");
        take(row);
    }

    private void take(Row row) {
        lastSize = row.size();
        traceback = false;
        points.add(row);
    }

    private void textRow(Row row) {
        String first = row.text(0);
        if (isHeader(row)) {
            List<String> again = TableHead.named(row);
            if (again.equals(names)) {
                oddities.add(row.line(), "the header is repeated; it was skipped");
            } else {
                oddities.add(row.line(), "the header changes; the new names hold from here on");
                names = again;
                points.columns(names);
            }
        } else if (first.startsWith(TRACEBACK)) {
            traceback = true;
            oddities.add(row.line(), "a Python traceback stands between the rows; it was skipped");
        } else if (!first.startsWith("#") && row.size() > 0) {
            lastText = first.isEmpty() ? lastText : first;
            if (!traceback && !hasOnlyBlanks(row)) {
                oddities.add(row.line(), "a line is not a row of the table; it was skipped");
            }
        }
    }

    private static boolean hasOnlyBlanks(Row row) {
        for (int i = 0; i < row.size(); i++) {
            if (row.isText(i)) {
                return false;
            }
        }
        return true;
    }

    /** A repeated header names at least half of the columns; one that changes names as many columns anew. */
    private boolean isHeader(Row row) {
        int known = 0;
        for (int i = 0; i < row.size(); i++) {
            known += !row.text(i).isEmpty() && names.contains(row.text(i)) ? 1 : 0;
        }
        return head.isNamed() && known > 0 && 2 * known >= Math.min(names.size(), row.size());
    }

    private void finish() throws UnreadableLogException {
        Row last = cut;
        if (last != null) {
            oddities.add(last.line(), "the last line is cut; it was left out");
        }
        if (traceback && points.taken() > 0) {
            sink.run().event(RunEvent.Kind.INTERRUPTED, sink.run().lastStep(), "a Python traceback ends the log");
        }
        points.finish();
        if (points.taken() == 0) {
            throw new UnreadableLogException(nothing());
        }
        oddities.tell(sink);
    }

    private String nothing() {
        if (traceback || head.names().get(0).startsWith(TRACEBACK)) {
            return "a Python traceback instead of a table" + (lastText.isEmpty() ? "" : ": " + lastText);
        }
        return head.sample().isEmpty()
                ? "a table with a header and no rows; the program stopped before it wrote one"
                : "a table without a number in any column that could be a metric";
    }
}
