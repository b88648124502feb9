package dev.auscult.train.generate;

import java.util.Arrays;
import java.util.List;

import dev.auscult.data.generate.Feature;
import dev.auscult.data.generate.NumberColumn;
import dev.auscult.data.generate.PreparedRows;

/** Rows as an autoencoder sees them: numbers with mean 0 and standard deviation 1, and the class beside them. */
final class RowCode {
    private final PreparedRows rows;
    private final double[] means;
    private final double[] deviations;
    /** By the place of the number; null elsewhere. */
    private final NumberColumn[] columns;
    /** What stands where a number is missing. */
    private final float[] fills;

    RowCode(PreparedRows rows) {
        this.rows = rows;
        this.means = new double[rows.width()];
        this.deviations = new double[rows.width()];
        this.columns = new NumberColumn[rows.width()];
        this.fills = new float[rows.width()];
        for (Feature feature : rows.features()) {
            if (feature.kind() != Feature.Kind.CATEGORY) {
                fit(feature);
            }
        }
    }

    private void fit(Feature feature) {
        int at = feature.offset();
        float[] present = new float[rows.size()];
        int count = 0;
        for (int i = 0; i < rows.size(); i++) {
            float value = rows.values()[i * rows.width() + at];
            if (feature.isMissing(rows.values(), i * rows.width())) {
                fills[at] = value;
            } else {
                present[count++] = value;
            }
        }
        float[] numbers = count == 0 ? new float[] {fills[at]} : Arrays.copyOf(present, count);
        double sum = 0;
        for (float value : numbers) {
            sum += value;
        }
        means[at] = sum / numbers.length;
        double squares = 0;
        for (float value : numbers) {
            squares += (value - means[at]) * (value - means[at]);
        }
        double deviation = Math.sqrt(squares / numbers.length);
        deviations[at] = deviation > 0 ? deviation : 1;
        columns[at] = NumberColumn.of(numbers);
    }

    int width() {
        return rows.width();
    }

    /** Numbers that say of which class a row is; 0 where there are none. */
    int classWidth() {
        return rows.classes() > 1 ? rows.classes() : 0;
    }

    List<Feature> features() {
        return rows.features();
    }

    /** Some rows, ready to be learned. */
    static final class Batch {
        /** The numbers [batch × width]. */
        final float[] values;
        /** A 1 in the place of the class [batch × class width]. */
        final float[] classes;
        /** 1 for a number that is there, else 0 [batch × width]. */
        final float[] numbers;

        final int size;

        private Batch(float[] values, float[] classes, float[] numbers, int size) {
            this.values = values;
            this.classes = classes;
            this.numbers = numbers;
            this.size = size;
        }
    }

    Batch batch(int[] picked) {
        int width = rows.width();
        float[] values = new float[picked.length * width];
        float[] classes = new float[picked.length * classWidth()];
        float[] numbers = new float[values.length];
        for (int i = 0; i < picked.length; i++) {
            int from = picked[i] * width;
            System.arraycopy(rows.values(), from, values, i * width, width);
            for (Feature feature : rows.features()) {
                int at = i * width + feature.offset();
                if (feature.kind() == Feature.Kind.CATEGORY) {
                    continue;
                }
                boolean missing = feature.isMissing(rows.values(), from);
                values[at] =
                        missing ? 0 : (float) ((values[at] - means[feature.offset()]) / deviations[feature.offset()]);
                numbers[at] = missing ? 0 : 1;
            }
            if (classWidth() > 0) {
                classes[i * classWidth() + rows.labels()[picked[i]]] = 1;
            }
        }
        return new Batch(values, classes, numbers, picked.length);
    }

    /** Puts a number back to where it was, as one that can stand in its column. */
    float number(int at, double standard) {
        NumberColumn column = columns[at];
        return column.nearest((float) (means[at] + deviations[at] * standard));
    }

    float fill(int at) {
        return fills[at];
    }
}
