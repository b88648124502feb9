package dev.auscult.data.table;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.data.error.DataException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A table of JSON objects, one per line; a key that a line lacks is a missing value. */
final class JsonRows implements Rows {
    private static final int LONGEST_LINE = 1 << 24;
    private static final JsonFactory JSON = new JsonFactory();
    private static final char[] TRUE = "true".toCharArray();
    private static final char[] FALSE = "false".toCharArray();

    private final TextFile file;
    /** Number of each column by its name, in the order in which the names first appear. */
    private final Map<String, Integer> columns = new LinkedHashMap<>();

    private JsonRows(TextFile file) {
        this.file = file;
    }

    static JsonRows of(Path path) {
        JsonRows rows = new JsonRows(TextFile.of(path));
        long[] count = {0};
        rows.eachLine((line, parser) -> {
            rows.names(line, parser);
            count[0]++;
        });
        if (count[0] == 0) {
            throw new DataException(path + " holds nothing but blank lines; wanted one JSON object per line");
        }
        return rows;
    }

    @Override
    public Path file() {
        return file.file();
    }

    @Override
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    @Override
    public boolean named() {
        return true;
    }

    @Override
    public void read(RowSink sink) {
        boolean[] seen = new boolean[columns.size()];
        eachLine((line, parser) -> row(line, parser, sink, seen));
    }

    private void names(long line, JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            columns.putIfAbsent(parser.currentName(), columns.size());
            if (columns.size() > DelimitedRows.MOST_COLUMNS) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s: line %d: more than %,d different keys; wanted the same keys in every line",
                        file(),
                        line,
                        DelimitedRows.MOST_COLUMNS));
            }
            parser.nextToken();
            parser.skipChildren();
        }
    }

    private void row(long line, JsonParser parser, RowSink sink, boolean[] seen) {
        Arrays.fill(seen, false);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int column = columns.getOrDefault(name, -1);
            JsonToken value = parser.nextToken();
            if (seen[column]) {
                throw new DataException(
                        file() + ": line " + line + ": the key '" + name + "' appears twice; wanted once");
            }
            seen[column] = true;
            switch (value) {
                case VALUE_NULL -> sink.missing(column);
                case VALUE_TRUE -> sink.text(column, TRUE, 0, TRUE.length);
                case VALUE_FALSE -> sink.text(column, FALSE, 0, FALSE.length);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING -> {
                    char[] chars = parser.getString().strip().toCharArray();
                    if (value != JsonToken.VALUE_STRING && parser.getString().equals("NaN")) {
                        sink.missing(column);
                    } else {
                        sink.text(column, chars, 0, chars.length);
                    }
                }
                default ->
                    throw new DataException(String.format(
                            Locale.ROOT,
                            "%s: line %d, column %s: found %s, wanted a number, a string, true, false or null; flatten it,"
                                    + " or leave the column out (data.drop)",
                            file(),
                            line,
                            name,
                            value == JsonToken.START_ARRAY ? "a list" : "an object"));
            }
        }
        for (int column = 0; column < seen.length; column++) {
            if (!seen[column]) {
                sink.missing(column);
            }
        }
        sink.end(line);
    }

    /** What is done with a line: the parser stands on the brace that opens its object. */
    private interface Line {
        void accept(long number, JsonParser parser);
    }

    private void eachLine(Line action) {
        char[] buffer = new char[1 << 16];
        StringBuilder line = new StringBuilder();
        long number = 1;
        try (Reader in = file.open()) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                int start = 0;
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        line.append(buffer, start, i - start);
                        parse(number++, line.toString(), action);
                        line.setLength(0);
                        start = i + 1;
                    }
                }
                line.append(buffer, start, read - start);
                if (line.length() > LONGEST_LINE) {
                    throw new DataException(file() + ": line " + number
                            + " has more than 16 million characters; wanted one JSON object per line");
                }
            }
        } catch (IOException e) {
            throw TextFile.unreadable(file(), e);
        }
        parse(number, line.toString(), action);
    }

    private void parse(long number, String line, Line action) {
        if (line.isBlank()) {
            return;
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DataException(file() + ": line " + number + " begins with "
                        + line.strip().charAt(0) + "; wanted one JSON object {…} per line");
            }
            action.accept(number, parser);
            if (parser.nextToken() != null) {
                throw new DataException(
                        file() + ": line " + number + " goes on after its object; wanted one JSON object per line");
            }
        } catch (JacksonException e) {
            throw new DataException(
                    file() + ": line " + number + " is not JSON: " + TextFile.oneLine(e.getOriginalMessage()), e);
        }
    }
}
