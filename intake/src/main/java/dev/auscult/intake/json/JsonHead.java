package dev.auscult.intake.json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.auscult.intake.LogFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** How a JSON file begins: whether it is one document or lines, and the names in its first records. */
public final class JsonHead {
    private static final int MAX_ROWS = 64;

    private final LogFile file;
    private final boolean json;
    private final boolean lines;
    private @Nullable Set<String> names;

    /** From the first bytes of a file. */
    public static JsonHead of(LogFile file) {
        return file.once(JsonHead.class, () -> Optional.of(new JsonHead(file))).orElseThrow();
    }

    private JsonHead(LogFile file) {
        this.file = file;
        String start = file.text().stripLeading();
        start = start.startsWith("\uFEFF") ? start.substring(1).stripLeading() : start;
        this.json = start.startsWith("{") || start.startsWith("[");
        this.lines = json && isLines(start, file.name());
    }

    private static boolean isLines(String start, String name) {
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return true;
        }
        int end = start.indexOf('\n');
        if (end < 0 || start.length() < 2) {
            return false;
        }
        String first = start.substring(0, end).stripTrailing();
        String rest = start.substring(end).stripLeading();
        char opening = start.charAt(0);
        return first.endsWith(opening == '{' ? "}" : "]") && !rest.isEmpty() && rest.charAt(0) == opening;
    }

    /** Whether the file begins as JSON does. */
    public boolean isJson() {
        return json;
    }

    /** Whether every line is an object or a list of its own. */
    public boolean isLines() {
        return lines;
    }

    /** The names of the first object of each of the first lines; empty if the file is no JSON. */
    public Set<String> names() {
        Set<String> known = names;
        if (known == null) {
            Set<String> found = new HashSet<>();
            forEachRow(row -> {
                for (int i = 0; i < row.size(); i++) {
                    found.add(row.name(i));
                }
            });
            known = Collections.unmodifiableSet(found);
            names = known;
        }
        return known;
    }

    /** The first lines as a table. */
    JsonTable lineTable() {
        JsonTable table = new JsonTable("", true);
        forEachRow(table::addRow);
        return table;
    }

    /** The tables of the document as far as its head tells. */
    JsonTables tables() {
        try {
            return JsonTables.read(new ByteArrayInputStream(file.head()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private void forEachRow(Consumer<JsonRow> taker) {
        JsonRow row = new JsonRow();
        if (!json) {
            return;
        }
        try (ByteLines head = new ByteLines(new ByteArrayInputStream(file.head()))) {
            for (int rows = 0; rows < MAX_ROWS && head.next(); rows++) {
                try (JsonParser parser = Json.parser(head.buffer(), head.from(), head.length())) {
                    JsonToken token = parser.nextToken();
                    if (token == JsonToken.START_ARRAY) {
                        token = parser.nextToken();
                    }
                    if (token == JsonToken.START_OBJECT) {
                        row.read(parser);
                        taker.accept(row);
                    }
                } catch (JacksonException cutOrBroken) {
                    // The line says nothing about the names; the next one may.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }
}
