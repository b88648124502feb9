package dev.auscult.train.metric;

/** Share of rows whose class is among the k largest logits; among equals the first counts as the larger. */
final class TopHits implements Gatherer {
    private final int k;
    private long hits;
    private long rows;

    TopHits(int k) {
        this.k = k;
    }

    @Override
    public void addClasses(float[] outputs, long[] classes, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            long target = classes[row];
            if (target >= 0 && target < Rows.classes(columns)) {
                this.rows++;
                hits += ahead(outputs, row, columns, (int) target) < k ? 1 : 0;
            }
        }
    }

    private static int ahead(float[] outputs, int row, int columns, int target) {
        if (columns == 1) {
            return Rows.predicted(outputs, row, 1) == target ? 0 : 1;
        }
        int start = row * columns;
        float own = outputs[start + target];
        int ahead = 0;
        // Written so that NaN, the target's own or another's, is never a hit.
        for (int j = 0; j < target; j++) {
            ahead += outputs[start + j] < own ? 0 : 1;
        }
        for (int j = target + 1; j < columns; j++) {
            ahead += outputs[start + j] <= own ? 0 : 1;
        }
        return ahead;
    }

    @Override
    public void reset() {
        hits = 0;
        rows = 0;
    }

    double share() {
        return rows == 0 ? Double.NaN : (double) hits / rows;
    }
}
