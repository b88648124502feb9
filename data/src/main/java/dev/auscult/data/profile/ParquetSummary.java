package dev.auscult.data.profile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

import dev.auscult.data.error.DataException;
import dev.auscult.data.table.ParquetRows;
import dev.auscult.data.table.RowSink;

/**
 * Counts a large Parquet file by queries of DuckDB: first the rows of the sample, which tell what the columns hold, then totals
 * over all rows, of some columns at a time.
 */
final class ParquetSummary {
    private static final int COLUMNS_AT_ONCE = 100;
    /** Columns of no more different values in the sample are counted value by value. */
    private static final int FEW = 1000;
    /** Different values that such a column may turn out to have. */
    private static final int MOST_VALUES = 1 << 16;

    /** Different values of a column whose hashes are asked for, more or less. */
    private static final double DIFFERENT = 8192;

    private static final double DIFFERENT_ROWS = 1 << 16;
    /** Rows handed out of the database for their hashes, at most, as a share of all. */
    private static final double MOST_HANDED = 0.25;

    private static final double SECONDS_PER_DAY = 86_400;
    /** The last digits of a sum depend on which thread was first. */
    private static final MathContext STEADY = new MathContext(12);

    private final ParquetRows rows;
    private final TableSummary summary;
    private final Progress progress;
    private final String reading;
    /** What sums each column has. */
    private final List<Kind> kinds = new ArrayList<>();
    /** Values of small hash of the columns that are hashed while the sample is drawn. */
    private final List<HashSample> different = new ArrayList<>();

    private enum Kind {
        NUMBER,
        DATE,
        OTHER
    }

    ParquetSummary(ParquetRows rows, TableSummary summary, Progress progress, String reading) {
        this.rows = rows;
        this.summary = summary;
        this.progress = progress;
        this.reading = reading;
    }

    /** Fills the summary. */
    void read(long count) {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("memory_limit", "1GB");
        properties.setProperty(
                "temp_directory",
                Path.of(System.getProperty("java.io.tmpdir"), "auscult-duckdb").toString());
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties)) {
            summary.hashing = hashing(rows);
            List<Integer> hashed = hashedWithRows(count);
            sample(connection, count, hashed);
            for (int i = 0; i < rows.names().size(); i++) {
                kinds.add(kind(summary.column(i)));
            }
            long limit = limit(DIFFERENT / count);
            for (int from = 0; from < rows.names().size(); from += COLUMNS_AT_ONCE) {
                int to = Math.min(rows.names().size(), from + COLUMNS_AT_ONCE);
                totals(connection, count, from, to);
                for (int i = from; i < to; i++) {
                    if (isFew(summary.column(i))) {
                        values(connection, i);
                    } else if (hashed.contains(i)) {
                        take(i, limit, different.get(hashed.indexOf(i)));
                    } else {
                        hashes(connection, i, limit);
                    }
                }
                progress.at(reading, (double) to / rows.names().size());
            }
            summary.rows = count;
        } catch (SQLException e) {
            throw new DataException(
                    rows.file() + " cannot be read as Parquet: "
                            + String.valueOf(e.getMessage())
                                    .replaceAll("\\s+", " ")
                                    .strip(),
                    e);
        }
    }

    private static String hashing(ParquetRows rows) {
        return "duckdb " + rows.types();
    }

    /** Whether the rows of another table were hashed as those of this one would be. */
    static boolean counted(TableSummary other, ParquetRows rows) {
        return other.hashing.equals(hashing(rows));
    }

    private static Kind kind(ColumnTally tally) {
        if (tally.words == 0 || tally.numbers >= TablePlan.MOSTLY * tally.present()) {
            return Kind.NUMBER;
        }
        return tally.dates >= TablePlan.MOSTLY * tally.present() ? Kind.DATE : Kind.OTHER;
    }

    /** Columns hashed while the sample is drawn: all of many values, where that hands out few rows of the file. */
    private List<Integer> hashedWithRows(long count) {
        List<Integer> many = IntStream.range(0, rows.names().size())
                .filter(i -> !rows.types().get(i).matches("BOOLEAN|U?TINYINT"))
                .boxed()
                .toList();
        double handed = many.size() * DIFFERENT + DIFFERENT_ROWS + TableSummary.SAMPLED_ROWS;
        return handed < MOST_HANDED * count ? many : List.of();
    }

    /** Draws the rows of the sample and, from the same reading, the rows and values of small hashes. */
    private void sample(Connection connection, long count, List<Integer> hashed) throws SQLException {
        choose(connection, count);
        long rowLimit = limit(DIFFERENT_ROWS / count);
        long limit = limit(DIFFERENT / count);
        List<String> inner = new ArrayList<>(List.of(
                "file_row_number AS n",
                "file_row_number IN (SELECT row FROM wanted) AS chosen",
                "(hash("
                        + String.join(
                                ", ",
                                rows.names().stream()
                                        .map(ParquetSummary::quoted)
                                        .toList()) + ") >> 1)::BIGINT AS whole"));
        List<String> outer = new ArrayList<>(List.of("n", "chosen", "whole"));
        List<String> where = new ArrayList<>(List.of("chosen", "whole < " + (rowLimit >>> 1)));
        for (int i : hashed) {
            inner.add(hash(i) + " AS h" + i);
            outer.add("CASE WHEN " + held("v" + i, i) + " THEN h" + i + " END");
            where.add("h" + i + " < " + (limit >>> 1));
            HashSample sample = new HashSample((int) (2 * DIFFERENT), HashSample.Content.NOTHING);
            sample.clear(limit);
            different.add(sample);
        }
        int cells = outer.size() + 1;
        for (int i = 0; i < rows.names().size(); i++) {
            String column = quoted(rows.names().get(i));
            inner.add(column + " AS v" + i);
            String cell = "v" + i + rows.expressions().get(i).substring(column.length());
            outer.add(cell.endsWith("VARCHAR") ? "CASE WHEN chosen THEN " + cell + " END" : cell);
        }
        HashSample whole = new HashSample((int) (2 * DIFFERENT_ROWS), HashSample.Content.NOTHING);
        whole.clear(rowLimit);
        SummarySink sink = new SummarySink(summary, 0, row -> {});
        String sql = "SELECT " + String.join(", ", outer) + " FROM (SELECT " + String.join(", ", inner)
                + " FROM read_parquet(?, file_row_number = true)) WHERE " + String.join(" OR ", where);
        query(connection, sql, result -> {
            while (result.next()) {
                whole.put(result.getLong(3) << 1, 1, 0, null);
                for (int i = 0; i < different.size(); i++) {
                    long hash = result.getLong(4 + i);
                    if (!result.wasNull()) {
                        different.get(i).put(hash << 1, 1, 0, null);
                    }
                }
                if (result.getBoolean(2)) {
                    sink.at(result.getLong(1) + 1);
                    rows.row(result, cells, sink);
                    sink.end(0);
                }
            }
        });
        summary.rowHashes().clear(rowLimit);
        summary.rowHashes().putAll(whole, 1);
    }

    /** Puts the numbers of the rows of the sample into a table. */
    private void choose(Connection connection, long count) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE wanted (row BIGINT)");
        }
        StringBuilder places = new StringBuilder();
        for (long place = 1; place <= count; place++) {
            if (summary.sample().wants(place)) {
                places.append(places.isEmpty() ? "" : ",").append(place - 1);
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO wanted SELECT unnest(string_split(?, ','))::BIGINT")) {
            insert.setString(1, places.toString());
            insert.execute();
        }
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** The hash of a cell; with a second value, since that of the number 0 alone is 0 and always among the smallest. */
    private String hash(int i) {
        return "(hash(" + quoted(rows.names().get(i)) + ", 1) >> 1)::BIGINT";
    }

    /** Whether a cell holds something: not a number is nothing. */
    private String held(String column, int i) {
        return column + " IS NOT NULL" + (isBinary(i) ? " AND NOT isnan(" + column + ")" : "");
    }

    private boolean isBinary(int i) {
        return List.of("FLOAT", "DOUBLE").contains(rows.types().get(i));
    }

    /** The hash below which lies this share of all, unsigned. */
    private static long limit(double share) {
        return share >= 0.5 ? -1 : (long) (share * 0x1p63) << 1;
    }

    /** Whether the sample shows so few different values that they can all be counted. */
    private static boolean isFew(ColumnTally tally) {
        return tally.differentNumbers.size() + tally.differentWords.size() <= FEW;
    }

    /** Counts the values of a column of few. */
    private void values(Connection connection, int i) throws SQLException {
        String column = quoted(rows.names().get(i));
        ColumnTally all = new ColumnTally(summary.hasMarkers(), MOST_VALUES);
        String sql = "SELECT " + rows.expressions().get(i) + ", n FROM (SELECT " + column
                + ", count(*) AS n FROM read_parquet(?) GROUP BY ALL) ORDER BY n DESC, 1";
        query(connection, sql, result -> {
            while (result.next()) {
                ColumnTally one = new ColumnTally(summary.hasMarkers(), 1);
                rows.only(result, i, new One(one));
                all.add(one, result.getLong(2));
            }
        });
        summary.column(i).replace(all);
    }

    /** Counts the values of a column of many whose hashes are small. */
    private void hashes(Connection connection, int i, long limit) throws SQLException {
        HashSample found = new HashSample((int) (2 * DIFFERENT), HashSample.Content.NOTHING);
        found.clear(limit);
        String sql = "SELECT h, count(*) FROM (SELECT " + hash(i) + " AS h FROM read_parquet(?) WHERE "
                + held(quoted(rows.names().get(i)), i) + ") WHERE h < " + (limit >>> 1) + " GROUP BY h";
        query(connection, sql, result -> {
            while (result.next()) {
                found.put(result.getLong(1) << 1, result.getLong(2), 0, null);
            }
        });
        take(i, limit, found);
    }

    private void take(int i, long limit, HashSample found) {
        ColumnTally tally = summary.column(i);
        tally.differentNumbers.clear(limit);
        tally.differentWords.clear(limit);
        (kinds.get(i) == Kind.NUMBER ? tally.differentNumbers : tally.differentWords).putAll(found, 1);
    }

    /** Sums over all rows: first as if all numbers were finite, which is the quicker, then again where they are not. */
    private void totals(Connection connection, long count, int from, int to) throws SQLException {
        List<Sums> sums = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (kinds.get(i) != Kind.OTHER || !isFew(summary.column(i))) {
                sums.add(new Sums(i, rows.types().get(i).equals("VARCHAR")));
            }
        }
        List<Sums> again = totals(connection, count, sums);
        if (!again.isEmpty()) {
            totals(connection, count, again);
        }
    }

    /** Columns to sum, and which of them with an eye on what is not finite; gives those that are to be summed again so. */
    private List<Sums> totals(Connection connection, long count, List<Sums> columns) throws SQLException {
        List<Sums> again = new ArrayList<>();
        List<String> all = columns.stream().flatMap(c -> sums(c).stream()).toList();
        if (!all.isEmpty()) {
            query(connection, "SELECT " + String.join(", ", all) + " FROM read_parquet(?)", result -> {
                result.next();
                int at = 1;
                for (Sums column : columns) {
                    if (!column(result, at, column, count)) {
                        again.add(new Sums(column.index(), true));
                    }
                    at += sums(column).size();
                }
            });
        }
        return again;
    }

    /**
     * How a column is summed.
     *
     * @param index which column
     * @param careful whether what is not finite is left out
     */
    private record Sums(int index, boolean careful) {}

    /** From where the sums of a column are taken, near its mean; of few digits, so that the order of the sample is nothing. */
    private double centre(int i) {
        ColumnTally tally = summary.column(i);
        double mean = (kinds.get(i) == Kind.DATE ? tally.days() : tally.moments()).mean();
        return Math.abs(mean) < Float.MAX_VALUE ? (float) mean : Double.isNaN(mean) ? 0 : mean;
    }

    private List<String> sums(Sums how) {
        int i = how.index();
        Kind kind = kinds.get(i);
        String column = quoted(rows.names().get(i));
        String present = rows.types().get(i).equals("VARCHAR")
                ? "count(" + column + ") - count(*) FILTER (WHERE " + column + " < '!' AND trim(" + column + ") = '')"
                : "count(" + column + ")" + (how.careful() ? " FILTER (WHERE " + held(column, i) + ")" : "");
        if (kind == Kind.OTHER) {
            return List.of(present);
        }
        String x = number(i, column, kind);
        String finite = how.careful() ? " FILTER (WHERE isfinite(" + x + "))" : "";
        String d = "(" + x + " - (" + centre(i) + ")::DOUBLE)";
        return List.of(
                present,
                "count(" + x + ")" + (how.careful() ? " FILTER (WHERE NOT isnan(" + x + "))" : ""),
                "count(" + x + ")" + finite,
                "count(*) FILTER (WHERE " + x + " = 0)",
                "min(" + x + ")" + finite,
                "max(" + x + ")" + finite,
                "sum(" + d + ")" + finite,
                "sum(" + d + " * " + d + ")" + finite,
                "sum(" + d + " * " + d + " * " + d + ")" + finite);
    }

    /** Takes the sums of a column; false where they are not finite and may be so without what is not. */
    private boolean column(ResultSet result, int first, Sums how, long count) throws SQLException {
        int i = how.index();
        ColumnTally tally = summary.column(i);
        Kind kind = kinds.get(i);
        boolean finite = kind == Kind.OTHER
                || (Double.isFinite(result.getDouble(first + 6)) && Double.isFinite(result.getDouble(first + 4)));
        if (!finite && !how.careful() && isBinary(i)) {
            return false;
        }
        if (!isFew(tally)) {
            tally.scale(result.getLong(first), count);
        }
        if (kind == Kind.OTHER) {
            return true;
        }
        long all = result.getLong(first + 1);
        long numbers = result.getLong(first + 2);
        double squares = steady(result.getDouble(first + 7));
        double spread = Math.sqrt(squares / Math.max(1, (double) numbers));
        Moments moments = Moments.of(
                (double) numbers,
                centre(i),
                steady(result.getDouble(first + 6), (double) numbers * spread),
                squares,
                steady(result.getDouble(first + 8), squares * spread),
                result.getDouble(first + 4),
                result.getDouble(first + 5));
        if (kind == Kind.NUMBER) {
            tally.numbers(all, all - numbers, result.getLong(first + 3), moments);
        } else {
            tally.dates(all, moments);
        }
        return true;
    }

    private static double steady(double sum) {
        return Double.isFinite(sum) ? new BigDecimal(sum).round(STEADY).doubleValue() : sum;
    }

    /** A sum of numbers of both signs, rounded by what it would be of one sign. */
    private static double steady(double sum, double size) {
        double unit = Math.scalb(1.0, Math.getExponent(size) - 38);
        return Double.isFinite(sum) && size > 0 ? Math.rint(sum / unit) * unit : sum;
    }

    /** A column as a number. */
    private String number(int i, String column, Kind kind) {
        boolean text = rows.types().get(i).equals("VARCHAR");
        if (kind == Kind.NUMBER) {
            return text ? "try_cast(" + column + " AS DOUBLE)" : "(" + column + ")::DOUBLE";
        }
        return "(epoch(" + (text ? "try_cast(" + column + " AS TIMESTAMP)" : column) + ") / " + SECONDS_PER_DAY + ")";
    }

    /** What is done with the answer to a query. */
    private interface Answer {
        void accept(ResultSet result) throws SQLException;
    }

    private void query(Connection connection, String sql, Answer answer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, rows.literalPath());
            try (ResultSet result = statement.executeQuery()) {
                answer.accept(result);
            }
        }
    }

    /** Takes one cell. */
    private record One(ColumnTally tally) implements RowSink {
        @Override
        public void text(int column, char[] chars, int offset, int length) {
            tally.text(chars, offset, length);
        }

        @Override
        public void number(int column, double value) {
            tally.number(value);
        }

        @Override
        public void missing(int column) {
            tally.missing();
        }

        @Override
        public void end(long line) {}
    }
}
