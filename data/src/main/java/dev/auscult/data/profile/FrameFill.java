package dev.auscult.data.profile;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.data.Labels;
import dev.auscult.data.table.Cells;
import dev.auscult.data.table.ColumnType;
import dev.auscult.data.table.Dates;
import dev.auscult.data.table.Dictionary;
import org.jspecify.annotations.Nullable;

/** Takes the cells of a column of the rows in memory, each as the type of the column demands. */
final class FrameFill {
    private final ColumnType type;
    private final boolean markers;
    /** Whether {@code 1} and {@code 1.0} are the same class. */
    private final boolean plainNumbers;

    private final List<String> classNames;
    private final double[] values;
    private final @Nullable String[] texts;
    private final Dictionary words = new Dictionary();
    private final String[] noAndYes = {"false", "true"};
    private final Map<String, Long> strays = new LinkedHashMap<>();
    private final Map<String, Long> marked = new LinkedHashMap<>();
    private int row;

    /**
     * @param markers whether words such as {@code NA} are missing values
     * @param target whether it holds classes to predict, for which {@code 1} and {@code 1.0} are the same
     * @param classNames names of the classes by number; else empty
     */
    FrameFill(ColumnType type, int rows, boolean markers, boolean target, List<String> classNames) {
        this.type = type;
        this.markers = markers;
        this.plainNumbers = target;
        this.classNames = target ? classNames : List.of();
        values = new double[type == ColumnType.TEXT ? 0 : rows];
        texts = new String[type == ColumnType.TEXT ? rows : 0];
    }

    void missing() {
        marked.merge("", 1L, Long::sum);
        none();
    }

    private void none() {
        if (type != ColumnType.TEXT) {
            values[row] = Double.NaN;
        }
        row++;
    }

    void cell(char[] c, int length) {
        if (length == 0) {
            missing();
            return;
        }
        if (markers && Cells.missing(c, 0, length)) {
            marked.merge(new String(c, 0, length), 1L, Long::sum);
            none();
            return;
        }
        if (type == ColumnType.TEXT) {
            texts[row++] = new String(c, 0, length);
            return;
        }
        double value = value(c, length);
        if (Double.isNaN(value)) {
            strays.merge(new String(c, 0, Math.min(length, ColumnTally.LONGEST_SHOWN)), 1L, Long::sum);
        }
        values[row++] = value;
    }

    private double value(char[] c, int length) {
        switch (type) {
            case NUMERIC -> {
                return Cells.number(c, 0, length);
            }
            case DATE -> {
                return Dates.days(c, 0, length);
            }
            case BOOLEAN -> {
                int value = Cells.yesOrNo(c, 0, length);
                if (value >= 0) {
                    noAndYes[value] = new String(c, 0, length);
                    return value;
                }
                double number = Cells.number(c, 0, length);
                return number == 0 || number == 1 ? number : Double.NaN;
            }
            default -> {
                double number = plainNumbers ? Cells.number(c, 0, length) : Double.NaN;
                return Double.isNaN(number) ? words.add(c, 0, length) : words.add(name(number));
            }
        }
    }

    /** How a number is written; of a class, what it is called. */
    String shown(double number) {
        return plainNumbers ? name(number + 0.0) : Labels.of(number + 0.0);
    }

    int rows() {
        return type == ColumnType.TEXT ? texts.length : values.length;
    }

    /** What a class is called that the file gives as a number. */
    private String name(double number) {
        return number >= 0 && number < classNames.size() && number == Math.rint(number)
                ? classNames.get((int) number)
                : Labels.of(number);
    }

    ColumnType type() {
        return type;
    }

    double[] values() {
        return values;
    }

    @Nullable
    String[] texts() {
        return texts;
    }

    List<String> words() {
        return switch (type) {
            case BOOLEAN -> List.of(noAndYes);
            case CATEGORICAL -> words.words();
            default -> List.of();
        };
    }

    Map<String, Long> strays() {
        return strays;
    }

    Map<String, Long> markers() {
        return marked;
    }

    /** Cells of the type of the column. */
    double[] present() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    }
}
