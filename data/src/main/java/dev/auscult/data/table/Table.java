package dev.auscult.data.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.data.error.DataException;

/** The columns of a table that are needed, read. */
public final class Table {
    private final Path file;
    private final List<Column> columns;
    private final Map<String, Column> byName = new HashMap<>();
    private final boolean onDisk;

    private Table(Path file, List<Column> columns, boolean onDisk) {
        this.file = file;
        this.columns = List.copyOf(columns);
        for (Column column : columns) {
            byName.put(column.name(), column);
        }
        this.onDisk = onDisk;
    }

    /**
     * A column that is needed.
     *
     * @param name what it is called from now on
     * @param index which column of the file
     * @param type how its cells are read
     */
    public record Wanted(String name, int index, ColumnType type) {}

    /**
     * Reads columns.
     *
     * @param memory bytes to hold in memory; more go to a temporary file
     */
    public static Table read(Rows source, List<Wanted> wanted, long memory) {
        Space space = new Space(memory);
        Fill fill = new Fill(source, wanted, space);
        try {
            source.read(fill);
            space.seal();
        } finally {
            space.discard();
        }
        return new Table(source.file(), fill.columns(), space.onDisk());
    }

    public Path file() {
        return file;
    }

    public int rows() {
        return columns.get(0).rows();
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    public boolean onDisk() {
        return onDisk;
    }

    public Column column(String name) {
        Column column = byName.get(name);
        if (column == null) {
            throw new IllegalArgumentException("column " + name + " was not read");
        }
        return column;
    }

    public List<Column> columns(List<String> names) {
        return names.stream().map(this::column).toList();
    }

    /** Takes the cells of a file. */
    private static final class Fill implements RowSink {
        private final Rows source;
        private final List<ColumnFill> fills = new ArrayList<>();
        /** By column of the file. */
        private final List<List<ColumnFill>> byIndex = new ArrayList<>();

        Fill(Rows source, List<Wanted> wanted, Space space) {
            this.source = source;
            for (int i = 0; i < source.names().size(); i++) {
                byIndex.add(new ArrayList<>());
            }
            for (Wanted column : wanted) {
                ColumnFill fill = new ColumnFill(column.name(), column.type(), source.hasMarkers(), space);
                fills.add(fill);
                byIndex.get(column.index()).add(fill);
            }
        }

        @Override
        public void text(int column, char[] chars, int offset, int length) {
            List<ColumnFill> to = byIndex.get(column);
            for (int i = 0; i < to.size(); i++) {
                to.get(i).text(chars, offset, length);
            }
        }

        @Override
        public void number(int column, double value) {
            List<ColumnFill> to = byIndex.get(column);
            for (int i = 0; i < to.size(); i++) {
                to.get(i).number(value);
            }
        }

        @Override
        public void missing(int column) {
            List<ColumnFill> to = byIndex.get(column);
            for (int i = 0; i < to.size(); i++) {
                to.get(i).missing();
            }
        }

        @Override
        public void end(long line) {
            for (int i = 0; i < fills.size(); i++) {
                String problem = fills.get(i).problem();
                if (problem != null) {
                    throw new DataException(String.format(
                            Locale.ROOT,
                            "%s: %s %d, column %s: %s",
                            source.file(),
                            source.place(),
                            line,
                            fills.get(i).name(),
                            problem));
                }
            }
        }

        List<Column> columns() {
            return fills.stream().map(ColumnFill::column).toList();
        }
    }
}
