package dev.auscult.data;

import java.util.List;

import dev.auscult.data.error.DataException;
import dev.auscult.data.generate.Feature;
import dev.auscult.data.table.Column;
import dev.auscult.data.table.ColumnType;

/**
 * A number: (x − shift) / scale, what is missing replaced by the median of the training part, and, if anything was
 * missing there, 1 or 0 beside it for whether it was.
 */
final class NumericEncoder implements Encoder {
    private final String column;
    private final double fill;
    private final boolean indicator;
    private final double shift;
    private final double scale;
    private final boolean constant;

    private NumericEncoder(
            String column, double fill, boolean indicator, double shift, double scale, boolean constant) {
        this.column = column;
        this.fill = fill;
        this.indicator = indicator;
        this.shift = shift;
        this.scale = scale;
        this.constant = constant;
    }

    /**
     * Takes the figures of the training part.
     *
     * @param training its rows; at least one cell is there
     * @param normalize {@code none}, {@code standard}, {@code min-max} or {@code divide}
     * @param divide what {@code divide} divides by
     */
    static NumericEncoder fit(Column column, int[] training, String normalize, double divide) {
        Statistics present = Statistics.of(training, column::get);
        boolean some = present.count() < training.length;
        double median = present.median();
        if (column.type() == ColumnType.BOOLEAN) {
            return new NumericEncoder(column.name(), median >= 0.5 ? 1 : 0, some, 0, 1, present.constant());
        }
        Statistics filled =
                some ? Statistics.of(training, row -> column.missing(row) ? median : column.get(row)) : present;
        double shift = switch (normalize) {
            case "standard" -> filled.mean();
            case "min-max" -> filled.min();
            case "none", "divide" -> 0;
            default ->
                throw new DataException(
                        "data.normalize is '" + normalize + "', wanted none, standard, min-max or {divide: number}");
        };
        double scale = switch (normalize) {
            case "standard" -> filled.deviation();
            case "min-max" -> filled.max() - filled.min();
            case "divide" -> divide;
            default -> 1;
        };
        boolean constant = filled.constant();
        boolean scaled = normalize.equals("standard") || normalize.equals("min-max");
        return new NumericEncoder(column.name(), median, some, shift, scaled && constant ? 1 : scale, constant);
    }

    /** Whether all numbers of the training part are the same. */
    boolean constant() {
        return constant;
    }

    boolean filled() {
        return indicator;
    }

    @Override
    public String column() {
        return column;
    }

    @Override
    public List<String> names() {
        return indicator ? List.of(column, column + " missing") : List.of(column);
    }

    @Override
    public Feature.Kind kind() {
        return indicator ? Feature.Kind.NUMBER_OR_MISSING : Feature.Kind.NUMBER;
    }

    @Override
    public int unseen(Column cells, int[] rows) {
        int count = 0;
        for (int row : rows) {
            count += !indicator && cells.missing(row) ? 1 : 0;
        }
        return count;
    }

    @Override
    public CellWriter bind(Column cells) {
        return (row, into, offset) -> {
            double x = cells.get(row);
            boolean missing = Double.isNaN(x);
            into[offset] = (float) (((missing ? fill : x) - shift) / scale);
            if (indicator) {
                into[offset + 1] = missing ? 1 : 0;
            }
        };
    }
}
