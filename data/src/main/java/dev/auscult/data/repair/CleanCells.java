package dev.auscult.data.repair;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.auscult.data.error.DataException;
import dev.auscult.data.table.RowSink;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Puts rows into a table of the database, cell by cell as the plan wants them. */
final class CleanCells implements RowSink {
    private final DuckDBAppender appender;
    private final List<String> names;
    private final List<Set<String>> blanks = new ArrayList<>();
    private final List<Set<Double>> sentinels = new ArrayList<>();
    private final List<Map<String, String>> spellings = new ArrayList<>();
    private final @Nullable String[] cells;
    private final Tallies tallies = new Tallies();
    private long row;

    CleanCells(DuckDBAppender appender, List<String> names, RepairPlan plan) {
        this.appender = appender;
        this.names = names;
        this.cells = new @Nullable String[names.size()];
        for (String name : names) {
            blanks.add(plan.blanks().getOrDefault(name, Set.of()));
            sentinels.add(plan.sentinels().getOrDefault(name, Set.of()));
            spellings.add(plan.spellings().getOrDefault(name, Map.of()));
        }
    }

    long rows() {
        return row;
    }

    List<Change> changes() {
        return tallies.changes();
    }

    @Override
    public void text(int column, char[] chars, int offset, int length) {
        cell(column, new String(chars, offset, length));
    }

    @Override
    public void number(int column, double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        cell(column, whole ? Long.toString((long) value) : Double.toString(value));
    }

    @Override
    public void missing(int column) {
        cells[column] = null;
    }

    private void cell(int column, String text) {
        if (text.isBlank()) {
            cells[column] = null;
            return;
        }
        if (blanks.get(column).contains(text)) {
            tallies.add("marked as missing", names.get(column), "'" + text + "' to an empty cell", row + 1);
            cells[column] = null;
            return;
        }
        Set<Double> stands = sentinels.get(column);
        if (!stands.isEmpty() && stands.contains(number(text))) {
            tallies.add("sentinel to missing", names.get(column), text + " to an empty cell", row + 1);
            cells[column] = null;
            return;
        }
        String usual = spellings.get(column).get(text);
        if (usual != null) {
            tallies.add("spelling unified", names.get(column), "'" + text + "' to '" + usual + "'", row + 1);
        }
        cells[column] = usual == null ? text : usual;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    @Override
    public void end(long line) {
        row++;
        try {
            appender.beginRow();
            appender.append(row);
            for (String cell : cells) {
                appender.append(cell);
            }
            appender.endRow();
        } catch (SQLException e) {
            throw new DataException("row " + row + " could not be copied: " + e.getMessage(), e);
        }
    }
}
