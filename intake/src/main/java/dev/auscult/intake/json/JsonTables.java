package dev.auscult.intake.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.auscult.intake.LogFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Everything in a JSON document that may be a history, whatever its shape: lists side by side, lists of records, columns
 * and records keyed by number as pandas writes them, one record after the other; at any depth. Only numbers are kept.
 */
final class JsonTables {
    private static final int MAX_TABLES = 1024;
    private static final int MAX_SCALARS = 512;
    private static final int MAX_SCALAR_CHARS = 200;
    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");
    private static final Pattern EPOCH = Pattern.compile("(?i)(epoch|step|iter|iteration)[ _-]?(\\d{1,9})");

    private final Map<String, JsonTable> lists = new LinkedHashMap<>();
    private final Map<String, JsonTable> records = new LinkedHashMap<>();
    private final Map<String, String> scalars = new LinkedHashMap<>();
    private final JsonTable roots = new JsonTable("", true);
    private final JsonRow root = new JsonRow();
    private final JsonRow row = new JsonRow();
    private @Nullable JsonColumn open;
    private @Nullable String openScalar;
    private String problem = "";
    private long problemLine;
    private boolean tooDeep;

    private JsonTables() {}

    /** Reads a document as far as it can be read. */
    static JsonTables read(InputStream in) throws IOException {
        JsonTables tables = new JsonTables();
        try (JsonParser parser = Json.parser(in)) {
            tables.readRoots(parser);
        }
        return tables;
    }

    /** The names of all columns of numbers in a file, each once, as a user would write them. */
    static List<String> columns(LogFile file) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        try (InputStream in = Files.newInputStream(file.path())) {
            read(in).tables().forEach(table -> table.columns().keySet().forEach(name -> names.add(dotted(name))));
        }
        return List.copyOf(names);
    }

    private static String dotted(String name) {
        return name.replace('/', '.');
    }

    private void readRoots(JsonParser parser) throws IOException {
        try {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    root.clear();
                    readObject(parser, "", "");
                    roots.addRow(root);
                } else if (token == JsonToken.START_ARRAY) {
                    readArray(parser, "", "");
                }
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            if (open != null) {
                // The number at the cut may lack its last digits.
                open.removeLast();
            }
            if (openScalar != null) {
                scalars.remove(openScalar);
            }
            problemLine = Math.max(1, parser.currentLocation().getLineNr());
            tooDeep = e instanceof StreamConstraintsException
                    && parser.streamReadContext().getNestingDepth() >= Json.MAX_DEPTH;
            problem = "the JSON is " + fault() + " here; what stands before it was read";
        }
    }

    /** Reads an object; {@code parent} and {@code name} lead to it. */
    private void readObject(JsonParser parser, String parent, String name) {
        String path = join(parent, name);
        for (int i = 0; parser.nextToken() == JsonToken.PROPERTY_NAME; i++) {
            openScalar = null;
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            boolean numbered = INDEX.matcher(key).matches();
            if (value == JsonToken.START_OBJECT) {
                Matcher epoch = EPOCH.matcher(key);
                if (numbered) {
                    addNumberedRecord(parser, path, "epoch", key);
                } else if (epoch.matches()) {
                    addNumberedRecord(parser, path, epoch.group(1), epoch.group(2));
                } else {
                    readObject(parser, path, key);
                }
            } else if (value == JsonToken.START_ARRAY) {
                readArray(parser, path, key);
            } else if (numbered && !name.isEmpty() && isNumber(parser)) {
                open = add(parent, name, i, number(parser));
            } else {
                open = null;
                addScalar(parser, path, key);
            }
        }
        open = null;
        openScalar = null;
    }

    private void addNumberedRecord(JsonParser parser, String path, String counter, String number) {
        row.read(parser);
        if (!row.has(counter)) {
            row.add(counter, Integer.parseInt(number));
        }
        recordsAt(path).addRow(row);
    }

    private void addScalar(JsonParser parser, String path, String key) {
        String name = join(path, key);
        root.addScalar(name, parser);
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_NULL && scalars.size() < MAX_SCALARS) {
            String text = parser.getString();
            if (text.length() <= MAX_SCALAR_CHARS) {
                scalars.put(name, text);
                openScalar = name;
            }
        }
    }

    private void readArray(JsonParser parser, String path, String name) {
        JsonTable table = null;
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                return;
            }
            if (token == JsonToken.START_OBJECT) {
                row.read(parser);
                if (table == null) {
                    table = recordsAt(join(path, name));
                }
                table.addRow(row);
            } else if (token == JsonToken.START_ARRAY) {
                double only = readSingleton(parser);
                if (!Double.isNaN(only)) {
                    add(path, name, index, only);
                }
                open = null;
                index++;
            } else {
                open = isNumber(parser) ? add(path, name, index, number(parser)) : null;
                index++;
            }
        }
        open = null;
    }

    /** The number of a list that holds nothing else, as Keras writes learning rates; NaN for other lists. */
    private static double readSingleton(JsonParser parser) {
        double only = Double.NaN;
        int elements = 0;
        for (JsonToken token = parser.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            if (isNumber(parser)) {
                only = number(parser);
            }
            parser.skipChildren();
            elements++;
        }
        return elements == 1 ? only : Double.NaN;
    }

    private @Nullable JsonColumn add(String path, String name, int index, double value) {
        JsonTable table = lists.get(path);
        if (table == null) {
            if (lists.size() >= MAX_TABLES) {
                return null;
            }
            table = new JsonTable(path, false);
            lists.put(path, table);
        }
        return table.add(name, index, value);
    }

    private JsonTable recordsAt(String path) {
        JsonTable table = records.get(path);
        if (table == null) {
            table = new JsonTable(path, true);
            if (records.size() < MAX_TABLES) {
                records.put(path, table);
            }
        }
        return table;
    }

    private static boolean isNumber(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> true;
            case VALUE_STRING -> Numbers.isNumber(parser.getString());
            default -> false;
        };
    }

    private static double number(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? Numbers.parse(parser.getString())
                : parser.getDoubleValue();
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : name.isEmpty() ? path : path + '/' + name;
    }

    /** The tables that hold numbers, in the order of the file. */
    List<JsonTable> tables() {
        List<JsonTable> found = new ArrayList<>(lists.values());
        found.addAll(records.values());
        if (roots.rows() > 1 || found.stream().allMatch(JsonTable::isEmpty)) {
            found.add(roots);
        }
        found.removeIf(JsonTable::isEmpty);
        return found;
    }

    /** The texts and numbers that stand in no list, by path. */
    Map<String, String> scalars() {
        return scalars;
    }

    /** What is wrong with the document, as a predicate. */
    String fault() {
        return tooDeep ? "nested deeper than " + Json.MAX_DEPTH + " levels" : "cut off or broken";
    }

    /** What was wrong with the document; empty if nothing was. */
    String problem() {
        return problem;
    }

    /** Where, as a line number from 1. */
    long problemLine() {
        return problemLine;
    }
}
