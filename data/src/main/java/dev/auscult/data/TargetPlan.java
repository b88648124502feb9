package dev.auscult.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

import dev.auscult.data.error.DataException;
import dev.auscult.data.table.Column;
import dev.auscult.data.table.ColumnType;
import dev.auscult.data.table.Table;
import org.jspecify.annotations.Nullable;

/** What is predicted from which columns, and how their cells become classes, labels or numbers. */
final class TargetPlan {
    private static final int MOST_CLASSES = 10_000;
    private static final int MANY = Task.MOST_NUMBERED_CLASSES;

    private final Task task;
    private final String origin;
    private final List<String> columns;
    private final List<String> names;
    /** Classes of words, or labels of a joined column. */
    private final Map<String, Integer> byWord;
    /** Classes of numbers, ascending. */
    private final double[] byNumber;
    /** Separator of labels in one column; null where there is a column per label. */
    private final @Nullable String joint;

    private TargetScale scale = TargetScale.NONE;

    private TargetPlan(
            Task task,
            String origin,
            List<String> columns,
            List<String> names,
            Map<String, Integer> byWord,
            double[] byNumber,
            @Nullable String joint) {
        this.task = task;
        this.origin = origin;
        this.columns = columns;
        this.names = names;
        this.byWord = byWord;
        this.byNumber = byNumber;
        this.joint = joint;
    }

    /**
     * Derives the task, if none is asked for, and the classes.
     *
     * @param targets one column or several
     * @param classNames names that the file gives its classes by number; else empty
     * @param asked the task in the spec; null: derived
     * @param from what to say of where the target comes from; null: its columns
     */
    static TargetPlan fit(List<Column> targets, List<String> classNames, @Nullable Task asked, @Nullable String from) {
        String origin = from != null
                ? from
                : targets.size() == 1
                        ? targets.get(0).label()
                        : "columns "
                                + String.join(
                                        ", ", targets.stream().map(Column::name).toList());
        List<String> columns = targets.stream().map(Column::name).toList();
        Column first = targets.get(0);
        Task task = asked != null ? asked : targets.size() > 1 ? several(targets) : one(first);
        switch (task) {
            case REGRESSION -> {
                targets.forEach(TargetPlan::requireNumbers);
                return new TargetPlan(task, origin, columns, columns, Map.of(), new double[0], null);
            }
            case MULTI_LABEL -> {
                boolean joined = targets.size() == 1 && first.type() == ColumnType.CATEGORICAL;
                if (joined) {
                    return joined(first, origin);
                }
                targets.forEach(TargetPlan::requireYesOrNo);
                return new TargetPlan(task, origin, columns, columns, Map.of(), new double[0], null);
            }
            case CLASSIFICATION -> {
                if (targets.size() > 1) {
                    throw new DataException("data.target names " + targets.size()
                            + " columns, wanted one for a classification; or say task: multi-label or regression");
                }
                return classes(first, classNames, origin);
            }
            default -> throw new DataException("a language model has no target column; leave data.target empty");
        }
    }

    private static Task several(List<Column> targets) {
        boolean labels = targets.stream().allMatch(TargetPlan::isYesOrNo);
        return labels ? Task.MULTI_LABEL : Task.REGRESSION;
    }

    private static boolean isYesOrNo(Column column) {
        return column.type() == ColumnType.BOOLEAN
                || (column.type() == ColumnType.NUMERIC
                        && Arrays.stream(different(column, 2)).allMatch(x -> x == 0 || x == 1));
    }

    /** The different values of a column, ascending; of more than a limit, one more than it. */
    private static double[] different(Column column, int limit) {
        double[] values = new double[limit + 1];
        int count = 0;
        for (int row = 0; row < column.rows() && count <= limit; row++) {
            // Zero and minus zero are one value.
            double x = column.get(row) + 0.0;
            int place = Double.isNaN(x) ? 0 : Arrays.binarySearch(values, 0, count, x);
            if (place < 0) {
                System.arraycopy(values, -place - 1, values, -place, count + place + 1);
                values[-place - 1] = x;
                count++;
            }
        }
        return Arrays.copyOf(values, count);
    }

    /** Words and yes or no are classes; so are few different whole numbers. */
    private static Task one(Column column) {
        if (column.type() == ColumnType.CATEGORICAL || column.type() == ColumnType.BOOLEAN) {
            return Task.CLASSIFICATION;
        }
        double[] values = different(column, MANY);
        if (column.type() == ColumnType.DATE || values.length > MANY) {
            return Task.REGRESSION;
        }
        long rows = IntStream.range(0, column.rows())
                .filter(row -> !column.missing(row))
                .count();
        return Task.areClasses(values, rows) ? Task.CLASSIFICATION : Task.REGRESSION;
    }

    private static void requireNumbers(Column column) {
        if (column.type() == ColumnType.CATEGORICAL) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "target %s holds words such as '%s', wanted numbers for a regression; say task: classification, or"
                            + " correct the column",
                    column.label(),
                    column.words().get(0)));
        }
    }

    private static void requireYesOrNo(Column column) {
        if (!isYesOrNo(column)) {
            throw new DataException("target " + column.label()
                    + " holds more than 0 and 1, wanted one column of 0 or 1 per label, or one column of labels joined by"
                    + " | or ; for a multi-label task");
        }
    }

    private static TargetPlan joined(Column column, String origin) {
        String separator = "|";
        for (String candidate : List.of("|", ";", ",", " ")) {
            if (column.words().stream().anyMatch(w -> w.contains(candidate))) {
                separator = candidate;
                break;
            }
        }
        TreeSet<String> labels = new TreeSet<>(Labels.ORDER);
        for (String cell : column.words()) {
            labels.addAll(parts(cell, separator));
        }
        return new TargetPlan(
                Task.MULTI_LABEL,
                origin,
                List.of(column.name()),
                List.copyOf(labels),
                numbered(labels),
                new double[0],
                separator);
    }

    private static List<String> parts(String cell, String separator) {
        List<String> parts = new ArrayList<>();
        for (String part : cell.split(java.util.regex.Pattern.quote(separator), -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    private static TargetPlan classes(Column column, List<String> classNames, String origin) {
        List<String> columns = List.of(column.name());
        if (column.type() == ColumnType.CATEGORICAL) {
            TreeSet<String> sorted = new TreeSet<>(Labels.ORDER);
            sorted.addAll(column.words());
            limit(column, sorted.size());
            return new TargetPlan(
                    Task.CLASSIFICATION, origin, columns, List.copyOf(sorted), numbered(sorted), new double[0], null);
        }
        double[] values = different(column, MOST_CLASSES);
        limit(column, values.length);
        List<String> names = new ArrayList<>();
        for (double value : values) {
            boolean named = value >= 0 && value < classNames.size() && value == Math.rint(value);
            names.add(
                    column.type() == ColumnType.BOOLEAN
                            ? column.words().get((int) value)
                            : named ? classNames.get((int) value) : Labels.of(value));
        }
        return new TargetPlan(Task.CLASSIFICATION, origin, columns, names, Map.of(), values, null);
    }

    private static void limit(Column column, int classes) {
        if (classes > MOST_CLASSES) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "target %s has more than %,d different values, wanted classes; say task: regression, or another"
                            + " target",
                    column.label(),
                    MOST_CLASSES));
        }
    }

    private static Map<String, Integer> numbered(Iterable<String> words) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String word : words) {
            numbers.put(word, numbers.size());
        }
        return numbers;
    }

    Task task() {
        return task;
    }

    String origin() {
        return origin;
    }

    List<String> columns() {
        return columns;
    }

    /** Names of the classes, labels or numbers. */
    List<String> names() {
        return names;
    }

    /** Whether what is to be predicted for a row is not known. */
    boolean missing(List<Column> targets, int row) {
        if (joint != null) {
            return false;
        }
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i).missing(row)) {
                return true;
            }
        }
        return false;
    }

    /** Scales the numbers to predict by their mean and standard deviation in the training part. */
    void normalize(List<Column> targets, int[] training) {
        scale = TargetScale.fit(
                targets.size(), training, (output, row) -> targets.get(output).get(row));
    }

    /** What was subtracted from each number to predict; empty if nothing was. */
    double[] mean() {
        return scale.mean();
    }

    /** What each number to predict was divided by; empty if it was not. */
    double[] deviation() {
        return scale.deviation();
    }

    /** The targets of some rows of a table; a class that was not among those of the training file is an error. */
    Target of(Table table, List<Column> targets, int[] rows) {
        return switch (task) {
            case CLASSIFICATION -> Target.ofClasses(origin, classes(table, targets.get(0), rows), names);
            case MULTI_LABEL -> Target.ofValues(task, origin, labels(table, targets, rows), names);
            default -> Target.ofValues(task, origin, numbers(targets, rows), names);
        };
    }

    private int[] classes(Table table, Column column, int[] rows) {
        int[] ofWord = column.words().stream()
                .mapToInt(w -> byWord.getOrDefault(w, -1))
                .toArray();
        boolean words = column.type() == ColumnType.CATEGORICAL;
        int[] classes = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double x = column.get(rows[i]);
            int found = words ? ofWord[(int) x] : Arrays.binarySearch(byNumber, x + 0.0);
            if (found < 0) {
                throw unknown(table, column, rows[i], words ? column.words().get((int) x) : Labels.of(x));
            }
            classes[i] = found;
        }
        return classes;
    }

    private DataException unknown(Table table, Column column, int row, String found) {
        int shown = 8;
        return new DataException(String.format(
                Locale.ROOT,
                "%s: row %,d, %s: found class '%s', wanted one of the %,d of the training file (%s%s); remove the row, or"
                        + " train with such examples",
                table.file(),
                row + 1,
                column.label(),
                found,
                names.size(),
                String.join(", ", names.subList(0, Math.min(shown, names.size()))),
                names.size() > shown ? ", …" : ""));
    }

    private float[] labels(Table table, List<Column> targets, int[] rows) {
        String separator = joint;
        if (separator == null) {
            return numbers(targets, rows);
        }
        Column column = targets.get(0);
        float[] values = new float[Math.multiplyExact(rows.length, names.size())];
        List<List<String>> partsOf =
                column.words().stream().map(w -> parts(w, separator)).toList();
        for (int i = 0; i < rows.length; i++) {
            if (column.missing(rows[i])) {
                continue;
            }
            for (String label : partsOf.get((int) column.get(rows[i]))) {
                Integer place = byWord.get(label);
                if (place == null) {
                    throw unknown(table, column, rows[i], label);
                }
                values[i * names.size() + place] = 1;
            }
        }
        return values;
    }

    private float[] numbers(List<Column> targets, int[] rows) {
        int outputs = targets.size();
        float[] values = new float[Math.multiplyExact(rows.length, outputs)];
        for (int o = 0; o < outputs; o++) {
            Column column = targets.get(o);
            for (int i = 0; i < rows.length; i++) {
                values[i * outputs + o] = (float) scale.apply(o, column.get(rows[i]));
            }
        }
        return values;
    }
}
