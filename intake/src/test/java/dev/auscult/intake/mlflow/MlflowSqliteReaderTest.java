package dev.auscult.intake.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.ReadOptions;
import dev.auscult.intake.json.Reading;
import dev.auscult.run.RunEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowSqliteReaderTest {
    private static final List<String> STORE = List.of(
            "CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name TEXT, lifecycle_stage TEXT)",
            "CREATE TABLE runs (run_uuid TEXT PRIMARY KEY, name TEXT, status TEXT, start_time INTEGER,"
                    + " lifecycle_stage TEXT, experiment_id INTEGER, user_id TEXT)",
            "CREATE TABLE metrics (key TEXT, value DOUBLE, timestamp INTEGER, run_uuid TEXT, step INTEGER, is_nan BOOLEAN)",
            "CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT)",
            "INSERT INTO experiments VALUES (1, 'digits', 'active')",
            "INSERT INTO runs VALUES ('aaaaaaaaaa', 'bold-owl', 'KILLED', 1, 'active', 1, 'someone')",
            "INSERT INTO runs VALUES ('bbbbbbbbbb', NULL, 'FINISHED', 2, 'active', 1, 'someone')",
            "INSERT INTO runs VALUES ('cccccccccc', 'gone', 'FINISHED', 3, 'deleted', 1, 'someone')",
            "INSERT INTO runs VALUES ('dddddddddd', 'bare', 'FINISHED', 4, 'active', 1, 'someone')",
            "INSERT INTO metrics VALUES ('loss', 0, 3000, 'aaaaaaaaaa', 3, 1)",
            "INSERT INTO metrics VALUES ('loss', 2.5, 1000, 'aaaaaaaaaa', 1, 0)",
            "INSERT INTO metrics VALUES ('loss', 1.7976931348623157e308, 2000, 'aaaaaaaaaa', 2, 0)",
            "INSERT INTO metrics VALUES ('system/cpu', 99, 1000, 'aaaaaaaaaa', 900, 0)",
            "INSERT INTO metrics VALUES ('loss', 0.5, 1000, 'bbbbbbbbbb', 1, 0)",
            "INSERT INTO metrics VALUES ('loss', 0.5, 1000, 'cccccccccc', 1, 0)",
            "INSERT INTO params VALUES ('lr', '0.25', 'aaaaaaaaaa')");

    private final MlflowSqliteReader reader = new MlflowSqliteReader();

    @TempDir
    Path folder;

    private Path database(String name, List<String> statements) throws SQLException {
        Path file = folder.resolve(name);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return file;
    }

    @Test
    void everyRunOfTheStoreIsRead() throws IOException, SQLException {
        Path file = database("mlflow.db", STORE);
        Reading reading = Reading.of(reader, file, ReadOptions.DEFAULT);

        assertThat(reader.recognise(LogFile.of(file))).isGreaterThan(80);
        assertThat(reading.refusal()).isEmpty();
        assertThat(reading.runs()).isEqualTo(2);
        assertThat(reading.steps("loss")).containsExactly(1, 2, 3);
        assertThat(reading.values("loss")).containsExactly(2.5, Double.POSITIVE_INFINITY, Double.NaN);
        assertThat(reading.run(0).lastStep()).isEqualTo(3);
        assertThat(reading.run(0).settings().raw()).containsEntry("lr", "0.25");
        assertThat(reading.run(0).id()).isEqualTo("run#digits/bold-owl-aaaaaaaa");
        assertThat(reading.run(1).id()).endsWith("#digits/bbbbbbbb");
        assertThat(reading.event(RunEvent.Kind.INTERRUPTED).detail()).contains("KILLED");
        assertThat(reading.problems()).containsExactly("0: left out: 1 deleted runs, 1 runs without metrics");
    }

    @Test
    void anotherDatabaseIsRefusedByItsTables() throws IOException, SQLException {
        Path file = database("zoo.db", List.of("CREATE TABLE owls (name)", "CREATE TABLE cats (name)"));

        assertThat(Reading.of(reader, file, ReadOptions.DEFAULT).refusal())
                .contains("no MLflow store")
                .contains("cats, owls");
    }

    @Test
    void viewsInPlaceOfTablesAreNotRun() throws IOException, SQLException {
        Path file = database(
                "hostile.db",
                List.of(
                        "CREATE TABLE runs (run_uuid)",
                        "CREATE TABLE experiments (name)",
                        "CREATE VIEW metrics AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"));

        assertThat(Reading.of(reader, file, ReadOptions.DEFAULT).refusal()).contains("experiments, runs");
    }

    @Test
    void readingLeavesNoFileBehindAndSeesTheJournal() throws IOException, SQLException {
        Path odd = Files.createDirectories(folder.resolve("a b#c?d%20é"));
        Path file = odd.resolve("mlflow.db");
        try (Connection writer =
                        DriverManager.getConnection("jdbc:sqlite:" + Files.createFile(folder.resolve("w.db")));
                Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            for (String sql : STORE) {
                statement.execute(sql);
            }
            assertThat(Files.size(folder.resolve("w.db-wal"))).isPositive();
            Reading live = Reading.of(reader, folder.resolve("w.db"), ReadOptions.DEFAULT);
            assertThat(live.runs()).isEqualTo(2);
        }
        Files.copy(folder.resolve("w.db"), file);
        Reading reading = Reading.of(reader, file, ReadOptions.DEFAULT);

        assertThat(reading.refusal()).isEmpty();
        assertThat(reading.runs()).isEqualTo(2);
        try (Stream<Path> files = Files.list(odd)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void tornAndChangedDatabasesNeverCrash() throws IOException, SQLException {
        byte[] bytes = Files.readAllBytes(database("mlflow.db", STORE));
        Reading.fuzz(reader, folder, "fuzz.db", bytes, 150);
        for (int cut = 0; cut < bytes.length; cut += 997) {
            Reading.of(reader, folder, "torn.db", java.util.Arrays.copyOf(bytes, cut), ReadOptions.DEFAULT);
        }
        assertThat(Reading.of(reader, folder, "torn.db", java.util.Arrays.copyOf(bytes, 4096), ReadOptions.DEFAULT)
                        .refusal())
                .isNotEmpty();
    }
}
