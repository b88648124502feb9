package dev.auscult.train.metric;

/** Mean of −log p(class) in nats; its exponential is the perplexity. */
final class Surprise implements Gatherer {
    private double sum;
    private long rows;

    @Override
    public void addClasses(float[] outputs, long[] classes, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            long target = classes[row];
            if (target >= 0 && target < Rows.classes(columns)) {
                sum += Rows.surprise(outputs, row, columns, (int) target);
                this.rows++;
            }
        }
    }

    @Override
    public void reset() {
        sum = 0;
        rows = 0;
    }

    double perplexity() {
        return rows == 0 ? Double.NaN : Math.exp(sum / rows);
    }
}
