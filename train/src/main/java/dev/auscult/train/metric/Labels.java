package dev.auscult.train.metric;

/** Decisions about labels, any number of which may hold at once: yes where the logit is above 0. */
final class Labels implements Gatherer {
    private final int labels;
    private Retrieval retrieval;
    private long rightDecisions;
    private long rightRows;
    private long rows;

    Labels(int labels) {
        this.labels = labels;
        this.retrieval = new Retrieval(labels);
    }

    @Override
    public void addValues(float[] outputs, float[] targets, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            int right = 0;
            for (int k = 0; k < columns; k++) {
                boolean guessed = outputs[row * columns + k] > 0;
                boolean there = targets[row * columns + k] > 0.5f;
                retrieval.decide(k, there, guessed);
                right += guessed == there ? 1 : 0;
            }
            rightDecisions += right;
            rightRows += right == columns ? 1 : 0;
            this.rows++;
        }
    }

    @Override
    public void reset() {
        retrieval = new Retrieval(labels);
        rightDecisions = 0;
        rightRows = 0;
        rows = 0;
    }

    Retrieval retrieval() {
        return retrieval;
    }

    /** Share of all decisions that are right: 1 − Hamming loss. */
    double accuracy() {
        return rows == 0 ? Double.NaN : (double) rightDecisions / ((double) rows * labels);
    }

    /** Share of rows of which all decisions are right. */
    double exactMatch() {
        return rows == 0 ? Double.NaN : (double) rightRows / rows;
    }
}
