package dev.auscult.data.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.auscult.data.SettingsMaker;
import dev.auscult.run.Split;

/** Times the profile of large tables beside a query of DuckDB over the same file; for {@code bench/profile.sh}. */
public final class ProfileBenchmark {
    private static final double NANOS = 1e9;

    private ProfileBenchmark() {}

    /** {@code make FOLDER ROWS}, {@code wide FOLDER}, {@code race FILE ROUNDS} or {@code memory FILE}. */
    public static void main(String[] args) throws Exception {
        Path path = Path.of(args[1]);
        switch (args[0]) {
            case "make" -> make(path, Long.parseLong(args[2]));
            case "wide" -> wide(path);
            case "race" -> race(path, Integer.parseInt(args[2]));
            default -> {
                double seconds = ours(path);
                System.out.printf(Locale.ROOT, "profile %s: %.2f s, %s%n", path.getFileName(), seconds, resident());
            }
        }
    }

    private static Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("threads", "2");
        properties.setProperty("memory_limit", "1GB");
        return DriverManager.getConnection("jdbc:duckdb:", properties);
    }

    private static void make(Path folder, long rows) throws SQLException {
        String table = "SELECT i AS id, random() AS uniform, (random() * 1000)::INT AS whole,"
                + " exp(3 * random())::FLOAT AS skewed, CASE WHEN random() < 0.1 THEN NULL ELSE random() * 50 END AS gaps,"
                + " (random() * 5)::INT AS few, 'city ' || (random() * 300)::INT AS city,"
                + " 'name' || (random() * 1000000)::INT AS name,"
                + " TIMESTAMP '2020-01-01' + to_seconds((random() * 1e8)::BIGINT) AS moment, random() < 0.3 AS label"
                + " FROM range(" + rows + ") t(i)";
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + table + ") TO '" + folder.resolve("long.parquet") + "' (COMPRESSION zstd)");
            statement.execute(
                    "COPY (FROM '" + folder.resolve("long.parquet") + "') TO '" + folder.resolve("long.csv") + "'");
        }
    }

    private static void wide(Path folder) throws SQLException {
        String columns = IntStream.range(0, 1000)
                .mapToObj(i -> "round(random() * 1000, 3) AS c" + i)
                .collect(Collectors.joining(", "));
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (SELECT " + columns + " FROM range(100000)) TO '" + folder.resolve("wide.csv") + "'");
        }
    }

    private static double theirs(Path file) throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            String from = " FROM '" + file + "'";
            StringBuilder sql = new StringBuilder("SELECT count(*)");
            try (ResultSet columns = statement.executeQuery("DESCRIBE SELECT *" + from)) {
                while (columns.next()) {
                    String name = columns.getString(1);
                    String type = columns.getString(2);
                    sql.append(String.format(Locale.ROOT, ", count(%s), min(%s), max(%s)", name, name, name));
                    if (List.of("BIGINT", "INTEGER", "DOUBLE", "FLOAT").contains(type)) {
                        sql.append(String.format(Locale.ROOT, ", avg(%s), stddev(%s)", name, name));
                    }
                }
            }
            try (ResultSet answer = statement.executeQuery(sql + from)) {
                answer.next();
            }
        }
        return (System.nanoTime() - start) / NANOS;
    }

    private static double ours(Path file) {
        long start = System.nanoTime();
        TableProfile profile = TableProfiler.profile(
                SettingsMaker.train(file.toString()).make(), file, Split.TRAIN, null, 1, Progress.SILENT);
        double seconds = (System.nanoTime() - start) / NANOS;
        if (profile.part().rows() == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return seconds;
    }

    private static void race(Path file, int rounds) throws SQLException, IOException {
        double[] duck = new double[rounds];
        double[] auscult = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            double start = processor();
            duck[round] = theirs(file);
            double between = processor();
            auscult[round] = ours(file);
            double end = processor();
            System.out.printf(
                    Locale.ROOT,
                    "%s: query %.2f s (%.2f s of processor), profile %.2f s (%.2f s), ratio %.2f (%.2f); load %s%n",
                    file.getFileName(),
                    duck[round],
                    between - start,
                    auscult[round],
                    end - between,
                    auscult[round] / duck[round],
                    (end - between) / (between - start),
                    Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        }
        java.util.Arrays.sort(duck);
        java.util.Arrays.sort(auscult);
        System.out.printf(
                Locale.ROOT,
                "%s: medians %.2f and %.2f s, ratio %.2f; %s%n",
                file.getFileName(),
                duck[rounds / 2],
                auscult[rounds / 2],
                auscult[rounds / 2] / duck[rounds / 2],
                resident());
    }

    /** Seconds of processor that this process has had. */
    private static double processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / NANOS;
    }

    private static String resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .findFirst()
                    .orElse("memory unknown")
                    .replaceAll("\\s+", " ");
        } catch (IOException e) {
            return "memory unknown";
        }
    }
}
