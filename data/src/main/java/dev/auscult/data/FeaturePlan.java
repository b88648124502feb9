package dev.auscult.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import dev.auscult.data.Encoder.CellWriter;
import dev.auscult.data.error.DataException;
import dev.auscult.data.generate.Feature;
import dev.auscult.data.table.Column;
import dev.auscult.data.table.ColumnType;
import dev.auscult.data.table.Table;

/** How the columns of a table become the numbers of an input [features], by figures of the training part alone. */
final class FeaturePlan implements InputPlan {
    private final List<Encoder> encoders;
    private final List<String> names;
    private final DataSettings settings;

    private FeaturePlan(List<Encoder> encoders, DataSettings settings) {
        this.encoders = encoders;
        this.names = encoders.stream().flatMap(e -> e.names().stream()).toList();
        this.settings = settings;
    }

    /**
     * Takes the figures of the training part.
     *
     * @param columns columns to use as inputs
     * @param training rows of the training part
     * @param asked whether a column was asked for by name, so that it is not left out
     * @param story receives what people should know
     */
    static FeaturePlan fit(
            List<Column> columns, int[] training, DataSettings settings, Predicate<String> asked, List<String> story) {
        if (settings.normalize().equals("divide") && !(Math.abs(settings.divide()) > 0)) {
            throw new DataException(
                    "data.normalize divides by " + settings.divide() + ", wanted a number other than 0");
        }
        List<Encoder> encoders = new ArrayList<>();
        List<String> constant = new ArrayList<>();
        List<String> filled = new ArrayList<>();
        for (Column column : columns) {
            int present = 0;
            for (int row : training) {
                present += column.missing(row) ? 0 : 1;
            }
            if (present == 0) {
                story.add(column.label() + " is empty in the training part and left out");
                continue;
            }
            if (column.type() == ColumnType.CATEGORICAL) {
                CategoryEncoder encoder = CategoryEncoder.fit(column, training, settings);
                if (2L * encoder.different() > present && encoder.different() > 20 && !asked.test(column.name())) {
                    story.add(String.format(
                            Locale.ROOT,
                            "%s has %,d different values in %,d rows, which tell little of new rows: left out (name it in"
                                    + " data.types or data.columns to use it)",
                            column.label(),
                            encoder.different(),
                            present));
                    continue;
                }
                if (encoder.capped()) {
                    story.add(String.format(
                            Locale.ROOT,
                            "%s has %,d categories: the %d most frequent are kept, the others are one",
                            column.label(),
                            encoder.different(),
                            CategoryEncoder.MOST));
                }
                encoders.add(encoder);
            } else {
                NumericEncoder encoder = NumericEncoder.fit(column, training, settings.normalize(), settings.divide());
                if (encoder.constant()) {
                    constant.add(column.name());
                }
                if (encoder.filled()) {
                    filled.add(column.name());
                }
                encoders.add(encoder);
            }
        }
        if (encoders.isEmpty()) {
            throw new DataException(
                    "no column is left as an input; wanted at least one (see data.columns, data.drop and"
                            + " data.types)" + (story.isEmpty() ? "" : ": " + story.get(story.size() - 1)));
        }
        if (!constant.isEmpty()) {
            story.add(
                    Story.count(constant.size(), "column") + " constant in the training part: " + Story.some(constant));
        }
        if (!filled.isEmpty()) {
            story.add("missing numbers replaced by the median of the training part, with a column that says so: "
                    + Story.some(filled));
        }
        return new FeaturePlan(encoders, settings);
    }

    @Override
    public void remark(Table table, int[] rows, String part, List<String> story) {
        long cells = 0;
        List<String> columns = new ArrayList<>();
        for (Encoder encoder : encoders) {
            int unseen = encoder.unseen(table.column(encoder.column()), rows);
            cells += unseen;
            if (unseen > 0) {
                columns.add(encoder.column());
            }
        }
        if (cells > 0) {
            story.add(part + ": " + Story.count(cells, "cell")
                    + " of a category, or without a value, as the training part has none, in " + Story.some(columns));
        }
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public List<Feature> features() {
        List<Feature> features = new ArrayList<>();
        int offset = 0;
        for (Encoder encoder : encoders) {
            int width = encoder.names().size();
            features.add(new Feature(offset, width, encoder.kind()));
            offset += width;
        }
        return features;
    }

    @Override
    public long vocabulary() {
        return 0;
    }

    @Override
    public List<String> words() {
        return List.of();
    }

    @Override
    public String description() {
        return "inputs of " + Story.count(names.size(), "number") + " from "
                + Story.count(encoders.size(), "column") + ", "
                + (settings.normalize().equals("none") ? "not normalised" : settings.normalize());
    }

    @Override
    public PackedInputs apply(Table table, int[] rows) {
        int width = names.size();
        CellWriter[] writers =
                encoders.stream().map(e -> e.bind(table.column(e.column()))).toArray(CellWriter[]::new);
        int[] offsets = new int[writers.length];
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = offsets[i - 1] + encoders.get(i - 1).names().size();
        }
        float[] example = new float[width];
        try (PackedInputs.Builder builder = PackedInputs.ofFloats(new long[] {width}, settings.memory())) {
            for (int row : rows) {
                for (int i = 0; i < writers.length; i++) {
                    writers[i].write(row, example, offsets[i]);
                }
                requireFinite(example, table, row);
                builder.add(example, 0);
            }
            return builder.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireFinite(float[] example, Table table, int row) {
        for (int i = 0; i < example.length; i++) {
            if (!Float.isFinite(example[i])) {
                throw new DataException(String.format(
                        Locale.ROOT,
                        "%s: row %,d, column %s: the number is too large for 32 bits, wanted below 3.4e38; normalize it"
                                + " (data.normalize: standard), or correct it",
                        table.file(),
                        row + 1,
                        names.get(i)));
            }
        }
    }
}
