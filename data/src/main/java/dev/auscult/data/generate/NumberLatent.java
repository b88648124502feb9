package dev.auscult.data.generate;

import java.util.Arrays;

import dev.auscult.data.learn.Normal;

/** What stands behind a column of numbers; what is missing is left to its neighbour. */
final class NumberLatent implements Latent {
    private final Feature feature;
    private final NumberColumn column;
    /** The normal number of each place in the order of the column. */
    private final double[] grid;

    NumberLatent(Feature feature, PreparedRows rows, int[] own) {
        this.feature = feature;
        float[] present = new float[own.length];
        int count = 0;
        for (int row : own) {
            if (!feature.isMissing(rows.values(), row * rows.width())) {
                present[count++] = rows.values()[row * rows.width() + feature.offset()];
            }
        }
        // Where all is missing, what replaces it is all there is.
        this.column = NumberColumn.of(
                count > 0
                        ? Arrays.copyOf(present, count)
                        : new float[] {rows.values()[own[0] * rows.width() + feature.offset()]});
        this.grid = new double[column.size()];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = Normal.quantile((i + 0.5) / grid.length);
        }
    }

    @Override
    public double score(float[] values, int row) {
        if (feature.isMissing(values, row)) {
            return 0;
        }
        float value = values[row + feature.offset()];
        return Latent.mean(column.below(value), column.upTo(value));
    }

    @Override
    public void write(double normal, float[] into, int row) {
        int above = Arrays.binarySearch(grid, normal);
        above = above < 0 ? -above - 1 : above;
        double place = above;
        if (above > 0 && above < grid.length) {
            place = above - (grid[above] - normal) / (grid[above] - grid[above - 1]);
        }
        into[row + feature.offset()] = column.at(place);
    }
}
