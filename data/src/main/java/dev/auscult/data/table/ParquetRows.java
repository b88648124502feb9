package dev.auscult.data.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import dev.auscult.data.error.DataException;

/**
 * A Parquet file, read by DuckDB inside this process. DuckDB starts with the first such file; it is told to fetch no
 * extensions, so that it never touches the network.
 */
public final class ParquetRows implements Rows {
    private final Path file;
    private final List<String> names = new ArrayList<>();
    private final List<Boolean> numeric = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<String> expressions = new ArrayList<>();
    /** Columns of lists, structures or bytes, which no cell of a table can hold. */
    private final List<String> nested = new ArrayList<>();

    private ParquetRows(Path file) {
        this.file = file;
    }

    static ParquetRows of(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + " is not there; wanted a Parquet file");
        }
        ParquetRows rows = new ParquetRows(file);
        rows.query("SELECT * FROM read_parquet(?) LIMIT 0", result -> rows.columns(result.getMetaData()));
        if (rows.names.isEmpty()) {
            throw new DataException(file + " has no column of numbers, text or dates; wanted a table");
        }
        return rows;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public List<String> names() {
        return List.copyOf(names);
    }

    @Override
    public boolean named() {
        return true;
    }

    @Override
    public List<String> remarks() {
        return nested.isEmpty()
                ? List.of()
                : List.of(
                        "columns left out, since only numbers, text and dates are read: " + String.join(", ", nested));
    }

    @Override
    public String place() {
        return "row";
    }

    @Override
    public void read(RowSink sink) {
        String sql = "SELECT " + String.join(", ", expressions) + " FROM read_parquet(?)";
        query(sql, result -> {
            long row = 0;
            while (result.next()) {
                row++;
                row(result, 1, sink);
                sink.end(row);
            }
            if (row == 0) {
                throw new DataException(file + " has column names and no rows; wanted rows");
            }
        });
    }

    /** Number of rows, as the file itself says. */
    public long count() {
        long[] count = {0};
        query("SELECT count(*) FROM read_parquet(?)", result -> {
            result.next();
            count[0] = result.getLong(1);
        });
        return count[0];
    }

    /** Types of the columns, in the words of DuckDB. */
    public List<String> types() {
        return List.copyOf(types);
    }

    /** Hands a row of an answer, whose columns begin at this one and are those of {@link #expressions}, to the sink. */
    public void row(ResultSet result, int first, RowSink sink) throws SQLException {
        for (int column = 0; column < names.size(); column++) {
            cell(result, column, first, sink);
        }
    }

    /** Hands the first column of a row of an answer to the sink, as a cell of this column. */
    public void only(ResultSet result, int column, RowSink sink) throws SQLException {
        cell(result, column, 1 - column, sink);
    }

    /** What is selected of each column: numbers as doubles, all else as words. */
    public List<String> expressions() {
        return List.copyOf(expressions);
    }

    /** Hands one cell of a row of an answer, which stands at first + column, to the sink. */
    private void cell(ResultSet result, int column, int first, RowSink sink) throws SQLException {
        if (numeric.get(column)) {
            double value = result.getDouble(first + column);
            if (result.wasNull() || Double.isNaN(value)) {
                sink.missing(column);
            } else {
                sink.number(column, value);
            }
            return;
        }
        String text = result.getString(first + column);
        if (text == null) {
            sink.missing(column);
        } else {
            char[] chars = text.strip().toCharArray();
            sink.text(column, chars, 0, chars.length);
        }
    }

    private void columns(ResultSetMetaData meta) throws SQLException {
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            String name = meta.getColumnName(i);
            String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
            String type = meta.getColumnTypeName(i);
            boolean number = type.matches("U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*");
            if (type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP") || type.equals("BLOB")) {
                nested.add(name + " (" + type + ")");
                continue;
            }
            expressions.add(quoted + (number ? "::DOUBLE" : "::VARCHAR"));
            names.add(name);
            types.add(type);
            numeric.add(number);
        }
    }

    /** What is done with the answer to a query. */
    private interface Answer {
        void accept(ResultSet result) throws SQLException;
    }

    private void query(String sql, Answer answer) {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("threads", "1");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, literalPath());
            try (ResultSet result = statement.executeQuery()) {
                answer.accept(result);
            }
        } catch (SQLException e) {
            throw new DataException(
                    file + " cannot be read as Parquet: " + TextFile.oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    /** The path with nothing that DuckDB would take for a pattern. */
    public String literalPath() {
        return file.toAbsolutePath().toString().replaceAll("([*?\\[\\]])", "[$1]");
    }
}
