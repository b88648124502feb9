package dev.auscult.data.repair;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.auscult.data.error.DataException;
import dev.auscult.data.profile.Progress;
import dev.auscult.data.table.Rows;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes a cleaned copy of a training table, and says what it changed.
 *
 * <p>The rows go through a database inside this process, which spills to disk where they do not fit.
 */
public final class Repair {
    private static final List<String> ENDINGS = List.of(".parquet", ".csv", ".tsv");

    private final Rows rows;
    private final RepairPlan plan;
    private final List<Change> changes = new ArrayList<>();
    private String weights = "";

    private Repair(Rows rows, RepairPlan plan) {
        this.rows = rows;
        this.plan = plan;
    }

    /** Refuses a file that is there already, or whose ending says no form that can be written. */
    public static void check(Path target) {
        if (Files.exists(target)) {
            throw new DataException(
                    target + " is there already and is not overwritten; give another name, or remove it");
        }
        if (ENDINGS.stream().noneMatch(e -> name(target).endsWith(e))) {
            throw new DataException(
                    target + " has an ending that is not known; wanted one of " + String.join(", ", ENDINGS));
        }
    }

    /**
     * Writes the copy.
     *
     * @param rows the original
     * @param target Parquet, CSV or TSV by its ending; it must not be there yet
     * @return what was changed
     */
    public static ChangeLog write(Rows rows, String source, Path target, RepairPlan plan, Progress progress) {
        check(target);
        return new Repair(rows, plan).run(source, target, progress);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    private ChangeLog run(String source, Path target, Progress progress) {
        // The database logs through SLF4J, which would complain on the terminal that nobody listens.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
        Properties properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("memory_limit", "1GB");
        Path whole = target.toAbsolutePath();
        Path fresh = whole.resolveSibling(whole.getFileName() + ".new");
        @Nullable Path spill = null;
        try {
            fresh.toFile().deleteOnExit();
            spill = Files.createTempDirectory("auscult-repair");
            properties.setProperty("temp_directory", spill.toString());
            try (DuckDBConnection connection =
                            (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
                    Statement statement = connection.createStatement()) {
                progress.at("reading " + source, Double.NaN);
                long before = load(connection, statement);
                progress.at("cleaning " + source, Double.NaN);
                dropDuplicates(statement);
                suspects(statement);
                impute(statement);
                progress.at("writing " + target, Double.NaN);
                copy(statement, fresh, name(target));
                long after = count(statement, "SELECT count(*) FROM rows");
                Files.move(fresh, whole);
                return new ChangeLog(source, target.toString(), before, after, changes);
            }
        } catch (SQLException | IOException e) {
            throw new DataException(target + " could not be written: " + firstLine(e), e);
        } finally {
            discard(fresh);
            discard(spill);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static void discard(@Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            if (Files.isDirectory(file)) {
                try (var inside = Files.list(file)) {
                    for (Path one : inside.toList()) {
                        Files.deleteIfExists(one);
                    }
                }
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It lies in a folder for such files, or beside the copy under a name that says what it is.
            return;
        }
    }

    private static String column(int index) {
        return "c" + index;
    }

    private long load(DuckDBConnection connection, Statement statement) throws SQLException {
        List<String> declared = new ArrayList<>();
        for (int i = 0; i < rows.names().size(); i++) {
            declared.add(column(i) + " VARCHAR");
        }
        statement.execute("CREATE TABLE rows (row BIGINT, " + String.join(", ", declared) + ")");
        try (DuckDBAppender appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "rows")) {
            CleanCells cells = new CleanCells(appender, rows.names(), plan);
            rows.read(cells);
            changes.addAll(cells.changes());
            return cells.rows();
        }
    }

    private static long count(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static List<Long> rowsOf(Statement statement, String where) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(
                "SELECT row FROM rows WHERE " + where + " ORDER BY row LIMIT " + Change.MOST_ROWS)) {
            while (result.next()) {
                found.add(result.getLong(1));
            }
        }
        return found;
    }

    private void drop(Statement statement, String what, String how, String where) throws SQLException {
        long count = count(statement, "SELECT count(*) FROM rows WHERE " + where);
        if (count > 0) {
            changes.add(new Change(what, "", how, count, rowsOf(statement, where)));
            statement.execute("DELETE FROM rows WHERE " + where);
        }
    }

    private void dropDuplicates(Statement statement) throws SQLException {
        if (plan.duplicates().isEmpty()) {
            return;
        }
        List<String> compared = plan.duplicates().stream()
                .map(n -> column(rows.names().indexOf(n)))
                .toList();
        boolean all = compared.size() == rows.names().size();
        statement.execute("CREATE TEMP TABLE repeated AS SELECT row FROM (SELECT row, row_number() OVER (PARTITION BY "
                + String.join(", ", compared) + " ORDER BY row) AS n FROM rows) WHERE n > 1");
        drop(
                statement,
                "duplicate dropped",
                "the row repeats an earlier one in "
                        + (all ? "every column" : "every column that does not name its row"),
                "row IN (SELECT row FROM repeated)");
    }

    private void suspects(Statement statement) throws SQLException {
        if (plan.suspects().isEmpty() || plan.treatment() == RepairPlan.Treatment.KEEP) {
            return;
        }
        Map<Long, Double> ordered = new TreeMap<>(plan.suspects());
        statement.execute("CREATE TEMP TABLE suspects (row BIGINT, weight DOUBLE)");
        List<Long> keys = new ArrayList<>(ordered.keySet());
        for (int from = 0; from < keys.size(); from += 1000) {
            String values = keys.subList(from, Math.min(keys.size(), from + 1000)).stream()
                    .map(k -> String.format(Locale.ROOT, "(%d, %.6f)", k, ordered.get(k)))
                    .collect(Collectors.joining(", "));
            statement.execute("INSERT INTO suspects VALUES " + values);
        }
        String where = "row IN (SELECT row FROM suspects)";
        if (plan.treatment() == RepairPlan.Treatment.DROP) {
            drop(statement, "suspect dropped", "a model trained on other rows finds the label improbable", where);
            return;
        }
        weights = rows.names().contains("weight") ? "auscult_weight" : "weight";
        statement.execute("ALTER TABLE rows ADD COLUMN weight DOUBLE DEFAULT 1");
        statement.execute("UPDATE rows SET weight = suspects.weight FROM suspects WHERE rows.row = suspects.row");
        changes.add(new Change(
                "suspect down-weighted",
                weights,
                "the probability of the label by a model trained on other rows; 1 for all other rows",
                count(statement, "SELECT count(*) FROM rows WHERE " + where),
                rowsOf(statement, where)));
    }

    private void impute(Statement statement) throws SQLException {
        for (int i = 0; i < rows.names().size(); i++) {
            String name = rows.names().get(i);
            String where = column(i) + " IS NULL";
            boolean number = plan.medians().contains(name);
            if (!number && !plan.categories().contains(name)) {
                continue;
            }
            long count = count(statement, "SELECT count(*) FROM rows WHERE " + where);
            String fill = number ? median(statement, column(i)) : RepairPlan.MISSING;
            if (count == 0 || fill.isEmpty()) {
                continue;
            }
            String how = number ? "empty cell to the median, " + fill : "empty cell to the category '" + fill + "'";
            changes.add(new Change("imputed", name, how, count, rowsOf(statement, where)));
            statement.execute("UPDATE rows SET " + column(i) + " = '" + fill + "' WHERE " + where);
        }
    }

    /** The median of a column as text; empty where it holds no number. */
    private static String median(Statement statement, String column) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT median(TRY_CAST(" + column
                + " AS DOUBLE)) FROM rows WHERE isfinite(TRY_CAST(" + column + " AS DOUBLE))")) {
            result.next();
            double median = result.getDouble(1);
            if (result.wasNull()) {
                return "";
            }
            return median == Math.rint(median) && Math.abs(median) < 1e15
                    ? Long.toString((long) median)
                    : Double.toString(median);
        }
    }

    private void copy(Statement statement, Path file, String name) throws SQLException {
        boolean parquet = name.endsWith(".parquet");
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < rows.names().size(); i++) {
            String type = parquet ? type(statement, column(i)) : "VARCHAR";
            selected.add("CAST(" + column(i) + " AS " + type + ") AS "
                    + quoted(rows.names().get(i)));
        }
        if (!weights.isEmpty()) {
            selected.add("weight AS " + quoted(weights));
        }
        String form = parquet
                ? "(FORMAT parquet, COMPRESSION zstd)"
                : "(FORMAT csv, HEADER, DELIMITER '" + (name.endsWith(".tsv") ? "\t" : ",") + "')";
        statement.execute("COPY (SELECT " + String.join(", ", selected) + " FROM rows ORDER BY row) TO '"
                + file.toString().replace("'", "''") + "' " + form);
    }

    /** The narrowest of whole number, number and text that holds every cell. */
    private static String type(Statement statement, String column) throws SQLException {
        String any = "SELECT count(*) FROM rows WHERE " + column + " IS NOT NULL AND ";
        if (count(statement, any + "TRY_CAST(" + column + " AS DOUBLE) IS NULL") > 0) {
            return "VARCHAR";
        }
        // 007 is no number: written as one it would lose its zeros.
        if (count(statement, any + "regexp_matches(" + column + ", '^[+-]?0[0-9]')") > 0) {
            return "VARCHAR";
        }
        boolean whole = count(statement, any + "NOT regexp_matches(" + column + ", '^[+-]?[0-9]{1,18}$')") == 0;
        return whole ? "BIGINT" : "DOUBLE";
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
