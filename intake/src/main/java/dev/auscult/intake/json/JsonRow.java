package dev.auscult.intake.json;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One JSON object laid flat, to be filled again and again: nested names are joined by {@code /}, lists, nulls and truth
 * values are left out, texts that hold a number count as numbers too.
 */
public final class JsonRow {
    /** A record of a log has fewer names; what a hostile one has beyond is left out. */
    private static final int MAX_NAMES = 4096;

    private String[] names = new String[32];
    private double[] numbers = new double[32];
    private @Nullable String[] texts = new String[32];
    private boolean[] numeric = new boolean[32];
    private int size;

    /** Reads the object whose start the parser is at, up to its end. */
    void read(JsonParser parser) {
        size = 0;
        readObject(parser, "");
    }

    private void readObject(JsonParser parser, String prefix) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = prefix.isEmpty() ? parser.currentName() : prefix + parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                readObject(parser, name + '/');
            } else if (value == JsonToken.START_ARRAY) {
                parser.skipChildren();
            } else {
                addScalar(name, parser);
            }
        }
    }

    /** Adds the scalar that the parser is at. */
    void addScalar(String name, JsonParser parser) {
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(name, parser.getDoubleValue());
            case VALUE_STRING -> add(name, parser.getString());
            default -> {}
        }
    }

    void add(String name, double number) {
        if (grow()) {
            names[size] = name;
            numbers[size] = number;
            texts[size] = null;
            numeric[size++] = true;
        }
    }

    private void add(String name, String text) {
        if (grow()) {
            names[size] = name;
            texts[size] = text;
            numeric[size] = Numbers.isNumber(text);
            numbers[size] = numeric[size] ? Numbers.parse(text) : Double.NaN;
            size++;
        }
    }

    private boolean grow() {
        if (size == names.length && size < MAX_NAMES) {
            int capacity = 2 * size;
            names = Arrays.copyOf(names, capacity);
            numbers = Arrays.copyOf(numbers, capacity);
            texts = Arrays.copyOf(texts, capacity);
            numeric = Arrays.copyOf(numeric, capacity);
        }
        return size < names.length;
    }

    void clear() {
        size = 0;
    }

    /** How many names have a number or a text. */
    public int size() {
        return size;
    }

    public String name(int i) {
        return names[i];
    }

    public boolean isNumber(int i) {
        return numeric[i];
    }

    /** The number; NaN where there is a text. */
    public double number(int i) {
        return numbers[i];
    }

    /** The text; the number written out where there is one. */
    public String text(int i) {
        String text = texts[i];
        return text != null ? text : plain(numbers[i]);
    }

    /** Where a name is, −1 if nowhere; of names that occur twice the last. */
    public int find(String name) {
        for (int i = size - 1; i >= 0; i--) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    public boolean has(String name) {
        return find(name) >= 0;
    }

    /** Whether a name has a number. */
    public boolean hasNumber(String name) {
        int i = find(name);
        return i >= 0 && numeric[i];
    }

    /** The number of a name; NaN if it has none. */
    public double number(String name) {
        int i = find(name);
        return i < 0 ? Double.NaN : numbers[i];
    }

    /** The text of a name; empty if it has none. */
    public String text(String name) {
        int i = find(name);
        return i < 0 ? "" : text(i);
    }

    /** Number of characters of the texts that are no numbers. */
    long textChars() {
        long chars = 0;
        for (int i = 0; i < size; i++) {
            String text = texts[i];
            if (text != null && !numeric[i]) {
                chars += text.length();
            }
        }
        return chars;
    }

    /** A number as a person would write it: without {@code .0} where it is whole. */
    public static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
