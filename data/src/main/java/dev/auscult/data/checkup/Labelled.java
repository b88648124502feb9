package dev.auscult.data.checkup;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.auscult.data.Labels;
import dev.auscult.data.Target;
import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.FrameColumn;
import dev.auscult.run.Observation.Example;

/** Training examples with their classes, and what to call each of them. */
public final class Labelled {
    private static final int SHOWN = 80;
    private static final int SHOWN_COLUMNS = 4;

    private final int[] rows;
    private final int[] given;
    private final List<String> classes;
    private final List<String> columns;
    private final IntFunction<Example> named;

    private Labelled(int[] rows, int[] given, List<String> classes, List<String> columns, IntFunction<Example> named) {
        this.rows = rows;
        this.given = given;
        this.classes = List.copyOf(classes);
        this.columns = columns;
        this.named = named;
    }

    /** The rows of a table that have a class; empty where it is not to be classified, or holds fewer than two classes. */
    public static Optional<Labelled> of(Frame frame) {
        Optional<FrameColumn> classes = frame.classes();
        if (classes.isEmpty() || classes.get().words().size() < 2) {
            return Optional.empty();
        }
        FrameColumn column = classes.get();
        List<String> sorted = column.words().stream().sorted(Labels.ORDER).toList();
        int[] place = column.words().stream().mapToInt(sorted::indexOf).toArray();
        int[] rows = IntStream.range(0, frame.rows())
                .filter(i -> !column.isMissing(i))
                .toArray();
        int[] given = Arrays.stream(rows).map(i -> place[(int) column.get(i)]).toArray();
        return Optional.of(new Labelled(
                rows,
                given,
                sorted,
                List.of(column.name()),
                i -> new Example(frame.rowNumber(rows[i]), "", shown(frame, rows[i]), 0)));
    }

    /**
     * Pictures or sounds.
     *
     * @param files the name of each; empty where they have none and count by rows
     */
    public static Labelled of(Target target, List<String> files) {
        int[] rows = IntStream.range(0, target.size()).toArray();
        int[] given = Arrays.stream(rows).map(target::classOf).toArray();
        boolean named = files.size() == target.size();
        return new Labelled(
                rows,
                given,
                target.names(),
                List.of(),
                i -> named ? new Example(0, files.get(i), files.get(i), 0) : new Example(i + 1L, "", "", 0));
    }

    /** The first of these at even distances, so that there are no more than so many. */
    Labelled atMost(int most) {
        if (most >= given.length) {
            return this;
        }
        int[] kept = IntStream.range(0, most)
                .map(i -> (int) ((long) i * given.length / most))
                .toArray();
        return new Labelled(
                Arrays.stream(kept).map(i -> rows[i]).toArray(),
                Arrays.stream(kept).map(i -> given[i]).toArray(),
                classes,
                columns,
                i -> named.apply(kept[i]));
    }

    private static String shown(Frame frame, int row) {
        String all = frame.inputs().stream()
                .limit(SHOWN_COLUMNS)
                .map(c -> c.isText() ? c.text(row) : c.name() + " " + cell(c, row))
                .collect(Collectors.joining(", "));
        return all.length() <= SHOWN ? all : all.substring(0, SHOWN - 1) + "…";
    }

    private static String cell(FrameColumn column, int row) {
        if (column.isMissing(row)) {
            return "missing";
        }
        if (Double.isInfinite(column.get(row))) {
            return "infinite";
        }
        return column.isCategorical() ? column.words().get((int) column.get(row)) : number(column.get(row));
    }

    /** At most six digits, without zeros that say nothing. */
    private static String number(double value) {
        return new BigDecimal(value)
                .round(new MathContext(6, RoundingMode.HALF_EVEN))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** How many there are. */
    public int size() {
        return given.length;
    }

    /** Names of the classes: numbers by size, before words by their letters. */
    public List<String> classes() {
        return classes;
    }

    /** The place of each in the frame or the set [size]. */
    int[] rows() {
        return rows;
    }

    /** The class of each, from 0 [size]. */
    int[] given() {
        return given;
    }

    /** The column of the classes; empty for pictures and sounds. */
    List<String> columns() {
        return columns;
    }

    /** Row or file, and what is there. */
    Example named(int index) {
        return named.apply(index);
    }
}
