package dev.auscult.data.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.auscult.data.profile.Frame;
import dev.auscult.run.Observation;

/** An observation that is being written down. */
final class Look {
    private static final int LONGEST = 60;

    private final Observation.Kind kind;
    private final Frame frame;
    private final List<String> columns;
    private final Map<String, Double> numbers = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final List<Observation.Example> examples = new ArrayList<>();

    Look(Observation.Kind kind, Frame frame, String... columns) {
        this.kind = kind;
        this.frame = frame;
        this.columns = List.of(columns);
    }

    /** A count, which is far below what a double holds exactly. */
    Look number(String name, long value) {
        return number(name, (double) value);
    }

    /** A number; NaN was not measured. */
    Look number(String name, double value) {
        if (!Double.isNaN(value)) {
            numbers.put(name, value);
        }
        return this;
    }

    Look note(String name, String text) {
        if (!text.isEmpty()) {
            notes.put(name, text);
        }
        return this;
    }

    /** A row of the frame that shows it. */
    Look example(int row, String value, double score) {
        examples.add(new Observation.Example(frame.rowNumber(row), "", shortened(value), score));
        return this;
    }

    Observation made() {
        return new Observation(kind, frame.split(), columns, numbers, notes, examples);
    }

    /** At most so many characters as fit into a line. */
    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /** A number as short as it can be: 9999, -999, 1.0E30. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }
}
