package dev.auscult.intake.mlflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.LogReader;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.RunSink;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.run.RunBuilder;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** Reads the runs in MLflow's SQLite store ({@code mlflow.db}); only ever reads, and leaves no file behind. */
public final class MlflowSqliteReader implements LogReader {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int SURE = 90;

    /** Any other database: worth its tables' names to somebody who asks for it, not a line in a search. */
    private static final int IF_ASKED_FOR = 20;

    private static final int MAX_TABLES_NAMED = 8;
    private static final int MAX_VALUE_BYTES = 4 << 20;
    private static final int MAX_SQL_BYTES = 64 << 10;

    @Override
    public String format() {
        return "mlflow-sqlite";
    }

    @Override
    public int recognise(LogFile file) {
        byte[] head = file.head();
        for (int i = 0; i < MAGIC.length; i++) {
            if (i >= head.length || head[i] != MAGIC[i]) {
                return 0;
            }
        }
        String name = file.name().toLowerCase(Locale.ROOT);
        boolean named = name.contains("mlflow") || name.contains("mlruns");
        return named || file.text().contains("run_uuid") ? SURE : IF_ASKED_FOR;
    }

    @Override
    public void read(LogFile file, ReadOptions options, RunSink sink) throws IOException, UnreadableLogException {
        try (Connection connection = open(file.path())) {
            Set<String> tables = tables(connection);
            if (!tables.containsAll(Set.of("runs", "metrics", "experiments"))) {
                throw new UnreadableLogException("an SQLite database that is no MLflow store: it has "
                        + (tables.isEmpty() ? "no tables" : "the tables " + named(tables))
                        + ", not runs, metrics and experiments");
            }
            readRuns(connection, sink);
        } catch (SQLException e) {
            if (sink.run().isEmpty()) {
                throw new UnreadableLogException("an SQLite database that cannot be read (" + oneLine(e)
                        + "); if MLflow is writing it, try again, else restore it with sqlite3 .recover");
            }
            sink.problem(0, "the database is damaged (" + oneLine(e) + "); what stands before it was read");
        }
    }

    /**
     * Opens without writing anything: a database whose journal is empty is immutable to SQLite, so that it makes no
     * shared-memory file beside it; one with a journal is read through it.
     */
    private static Connection open(Path path) throws SQLException, IOException {
        Path journal = path.resolveSibling(path.getFileName() + "-wal");
        boolean hasJournal = Files.isRegularFile(journal) && Files.size(journal) > 0;
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.enableLoadExtension(false);
        String uri = path.toUri().getRawPath();
        Connection connection =
                config.createConnection("jdbc:sqlite:file:" + uri + (hasJournal ? "?mode=ro" : "?mode=ro&immutable=1"));
        try {
            SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, MAX_SQL_BYTES);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA trusted_schema = OFF");
                statement.execute("PRAGMA cell_size_check = ON");
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Ordinary tables only: views and virtual tables run code of the file's author. */
    private static Set<String> tables(Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'"
                        + " AND sql LIKE 'CREATE TABLE %' AND sql NOT LIKE '%GENERATED ALWAYS%'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static String named(Set<String> tables) {
        String first = String.join(", ", tables.stream().limit(MAX_TABLES_NAMED).toList());
        return tables.size() > MAX_TABLES_NAMED
                ? first + " and " + (tables.size() - MAX_TABLES_NAMED) + " more"
                : first;
    }

    private static void readRuns(Connection connection, RunSink sink) throws SQLException, UnreadableLogException {
        String file = sink.run().id();
        int read = 0;
        int deleted = 0;
        int empty = 0;
        for (StoredRun stored : runs(connection)) {
            if (stored.deleted()) {
                deleted++;
            } else if (!hasMetric(connection, stored.uuid())) {
                empty++;
            } else {
                RunBuilder run = read == 0 ? sink.run() : sink.nextRun("the store goes on with " + stored.label());
                run.id(file + "#" + stored.label());
                run.settings().put("mlflow.run", stored.label());
                addSettings(connection, stored.uuid(), run);
                addMetrics(connection, stored.uuid(), run);
                MlflowMeta.addStatus(run, stored.status());
                read++;
            }
        }
        if (read == 0) {
            throw new UnreadableLogException("an MLflow store without a run to read: " + empty
                    + " runs without metrics, " + deleted + " deleted");
        }
        if (deleted + empty > 0) {
            sink.problem(0, "left out: " + deleted + " deleted runs, " + empty + " runs without metrics");
        }
    }

    /** A row of table runs. */
    private record StoredRun(String uuid, String status, boolean deleted, String label) {}

    private static List<StoredRun> runs(Connection connection) throws SQLException {
        List<StoredRun> runs = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT r.run_uuid, r.status, r.lifecycle_stage, r.name, e.name, e.lifecycle_stage"
                                + " FROM runs r LEFT JOIN experiments e ON e.experiment_id = r.experiment_id"
                                + " ORDER BY r.experiment_id, r.start_time, r.run_uuid")) {
            while (rows.next()) {
                String uuid = text(rows, 1);
                String name = text(rows, 4);
                String shortId = uuid.substring(0, Math.min(8, uuid.length()));
                runs.add(new StoredRun(
                        uuid,
                        text(rows, 2),
                        text(rows, 3).equals("deleted") || text(rows, 6).equals("deleted"),
                        text(rows, 5) + "/" + (name.isEmpty() ? shortId : name + "-" + shortId)));
            }
        }
        return runs;
    }

    private static boolean hasMetric(Connection connection, String uuid) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT 1 FROM metrics WHERE run_uuid = ? AND key NOT LIKE 'system/%' LIMIT 1")) {
            query.setString(1, uuid);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void addSettings(Connection connection, String uuid, RunBuilder run) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT key, value FROM params WHERE run_uuid = ? ORDER BY key")) {
            query.setString(1, uuid);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    run.settings().put(text(rows, 1), text(rows, 2));
                }
            }
        } catch (SQLException noParams) {
            run.problem(run.id(), 0, "no parameters could be read from table params");
        }
    }

    private static void addMetrics(Connection connection, String uuid, RunBuilder run) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT key, value, timestamp, step, is_nan FROM metrics"
                        + " WHERE run_uuid = ? AND key NOT LIKE 'system/%' ORDER BY key, step, timestamp")) {
            query.setString(1, uuid);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    double value = rows.getBoolean(5) ? Double.NaN : infinite(rows.getDouble(2));
                    run.series(text(rows, 1)).add(rows.getLong(4), Double.NaN, rows.getLong(3) / 1000.0, value);
                }
            }
        }
    }

    /** MLflow stores an infinite value as the largest one that a database column holds. */
    private static double infinite(double value) {
        return Math.abs(value) >= Double.MAX_VALUE ? Math.copySign(Double.POSITIVE_INFINITY, value) : value;
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        return text == null ? "" : text;
    }

    private static String oneLine(SQLException e) {
        String message = e.getMessage();
        return message == null ? "unknown error" : message.lines().findFirst().orElse("unknown error");
    }
}
