package dev.auscult.data.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

import dev.auscult.data.SettingsMaker;
import dev.auscult.data.error.DataException;
import dev.auscult.data.profile.TableProfiler.Limits;
import dev.auscult.run.ColumnProfile;
import dev.auscult.run.ColumnProfile.Numbers;
import dev.auscult.run.Split;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large Parquet file, counted by queries, is what it is when read row by row; and both are what DuckDB counts. */
class ParquetSummaryTest {
    private static final int ROWS = 20_000;

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void make() throws SQLException {
        file = folder.resolve("a.parquet");
        execute(
                "COPY (SELECT i AS id, 1e9 + sin(i) AS far, CASE WHEN i % 7 = 0 THEN NULL ELSE exp(cos(i * i)) END AS gaps,"
                        + " CASE WHEN i % 5000 = 3 THEN 'infinity'::DOUBLE WHEN i % 5000 = 4 THEN 'nan'::DOUBLE ELSE i % 10 END AS odd,"
                        + " (i % 13)::FLOAT AS single, 'w' || (i * i % 31) AS word, 'name ' || (i * 7919 % 15013) AS name,"
                        + " CASE WHEN i % 100 = 1 THEN 'many' ELSE (i % 400 / 4.0)::VARCHAR END AS mixed,"
                        + " DATE '2020-02-28' + (i % 1000)::INT AS day, TIMESTAMP '2020-01-01' + to_seconds(i * 1000) AS moment,"
                        + " i % 3 = 0 AS flag, i % 4 AS label FROM (SELECT i FROM range(" + (ROWS - 50)
                        + ") t(i) UNION ALL SELECT i FROM range(50) t(i)) ORDER BY i) TO '" + file
                        + "' (ROW_GROUP_SIZE 4096)");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private TableProfile profile(int rows) {
        return new TableProfiler(
                        SettingsMaker.train("a.parquet").make(),
                        file,
                        3,
                        new Limits(rows, Long.MAX_VALUE, 1 << 20),
                        Progress.SILENT)
                .profile(Split.TRAIN, null);
    }

    @Test
    void queriesCountWhatRowsAre() {
        TableProfile whole = profile(1 << 20);
        TableProfile counted = profile(4000);
        assertThat(counted.part().rows()).isEqualTo(ROWS);
        assertThat(counted.part().sampled()).isEqualTo(4000);
        assertThat(counted.task()).isEqualTo(whole.task()).isEqualTo("classification");
        assertThat(counted.part().labelCounts()).isEqualTo(whole.part().labelCounts());
        assertThat(counted.summary().duplicates())
                .isEqualTo(whole.summary().duplicates())
                .isEqualTo(50);
        for (int i = 0; i < whole.part().columns().size(); i++) {
            ColumnProfile a = whole.part().columns().get(i);
            ColumnProfile b = counted.part().columns().get(i);
            assertThat(b.type()).as(a.name()).isEqualTo(a.type());
            assertThat(b.missing()).as(a.name()).isEqualTo(a.missing());
            if (b.distinctError() == 0) {
                assertThat(b.distinct()).as(a.name()).isEqualTo(a.distinct());
                assertThat(b.frequent()).as(a.name()).isEqualTo(a.frequent());
            } else {
                // Four standard errors of the estimate.
                assertThat(b.distinct())
                        .as(a.name())
                        .isCloseTo(a.distinct(), within(4 * b.distinctError() * a.distinct()));
            }
            assertThat(b.numbers().isPresent()).isEqualTo(a.numbers().isPresent());
            if (a.numbers().isPresent()) {
                same(a.name(), a.numbers().orElseThrow(), b.numbers().orElseThrow());
            }
        }
        assertThat(profile(4000).part()).isEqualTo(counted.part());
    }

    private static void same(String name, Numbers a, Numbers b) {
        assertThat(b.zeros()).as(name).isEqualTo(a.zeros());
        assertThat(b.infinite()).as(name).isEqualTo(a.infinite());
        assertThat(b.min()).as(name).isEqualTo(a.min());
        assertThat(b.max()).as(name).isEqualTo(a.max());
        assertThat(b.mean()).as(name).isCloseTo(a.mean(), within(1e-9 * Math.abs(a.mean())));
        assertThat(b.deviation()).as(name).isCloseTo(a.deviation(), within(1e-9 * a.deviation()));
        // The mean itself is known to its last digit only.
        double known = 1e-9 + 4 * Math.ulp(a.mean()) / a.deviation();
        assertThat(b.skewness()).as(name).isCloseTo(a.skewness(), within(known));
    }

    @Test
    void valuesHashedWithTheSampleAreCounted() throws SQLException {
        int many = 800_000;
        execute("COPY (SELECT CASE WHEN i % 10 = 0 THEN 0.0 WHEN i % 1000 = 1 THEN 'nan'::DOUBLE WHEN i % 1000 = 2 THEN"
                + " '-infinity'::DOUBLE WHEN i % 1000 = 3 THEN NULL ELSE i / 2 END AS x, CASE WHEN i % 8 = 0 THEN ' ' ELSE"
                + " 'name ' || i % 200000 END AS name FROM (SELECT i FROM range(" + (many - 1000)
                + ") t(i) UNION ALL SELECT i FROM range(1000) t(i)) ORDER BY i) TO '" + file + "'");
        TableProfile profile = TableProfiler.profile(
                SettingsMaker.train("a.parquet").make(), file, Split.TRAIN, null, 3, Progress.SILENT);
        assertThat(profile.part().rows()).isEqualTo(many);
        assertThat(profile.part().sampled()).isEqualTo(100_000);
        assertThat(profile.part().column("name").orElseThrow().missing()).isEqualTo(many / 8);
        assertThat(profile.part().column("x").orElseThrow().missing()).isEqualTo(2 * many / 1000);
        Numbers x = profile.part().column("x").flatMap(ColumnProfile::numbers).orElseThrow();
        assertThat(x.zeros()).isEqualTo(many / 10);
        assertThat(x.infinite()).isEqualTo(many / 1000);
        assertThat(x.max()).isEqualTo((many - 1001) / 2.0);
        for (ColumnProfile column : profile.part().columns()) {
            double different = column.name().equals("x") ? (many - 1000) * 0.897 + 2 : 175_000;
            assertThat(column.distinctError()).as(column.name()).isBetween(1e-3, 0.03);
            assertThat(column.distinct())
                    .as(column.name())
                    .isCloseTo(different, within(4 * column.distinctError() * different));
        }
        // 45,000 rows of zero repeat a name, 20,000 have none, and those are one of the hashes or are not.
        assertThat(profile.summary().duplicates()).isBetween(40_000.0, 350_000.0);
        TableProfile again = TableProfiler.profile(
                SettingsMaker.train("a.parquet").make(), file, Split.TRAIN, null, 3, Progress.SILENT);
        assertThat(again.part()).isEqualTo(profile.part());
        assertThat(again.summary().toBytes()).isEqualTo(profile.summary().toBytes());
    }

    @Test
    void bothAreWhatDuckDbCounts() throws SQLException {
        Numbers gaps = profile(1 << 20)
                .part()
                .column("gaps")
                .flatMap(ColumnProfile::numbers)
                .orElseThrow();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT min(gaps), max(gaps), avg(gaps), stddev_samp(gaps),"
                        + " quantile_cont(gaps, 0.25), quantile_cont(gaps, 0.99) FROM '" + file + "'")) {
            answer.next();
            assertThat(gaps.min()).isEqualTo(answer.getDouble(1));
            assertThat(gaps.max()).isEqualTo(answer.getDouble(2));
            assertThat(gaps.mean()).isCloseTo(answer.getDouble(3), within(1e-12));
            assertThat(gaps.deviation()).isCloseTo(answer.getDouble(4), within(1e-12));
            assertThat(gaps.quantile(0.25)).isCloseTo(answer.getDouble(5), within(1e-12));
            assertThat(gaps.quantile(0.99)).isCloseTo(answer.getDouble(6), within(1e-12));
        }
    }

    @Test
    void aPartIsCountedLikeTheOneItIsComparedWith() {
        TableProfile train = profile(4000);
        TableProfile test = TableProfiler.profile(
                SettingsMaker.train("a.parquet").make(), file, Split.TEST, train, 3, Progress.SILENT);
        assertThat(test.summary().shared(train.summary())).isEqualTo(ROWS - 50);
        assertThat(profile(1 << 20).summary().shared(train.summary())).isNaN();
    }

    @Test
    void aFileCutOffIsSaidInOneLine() throws IOException {
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length / 2));
        assertThatThrownBy(() -> profile(4000))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cannot be read as Parquet")
                .hasMessageNotContaining("\n");
    }
}
