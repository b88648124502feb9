package dev.auscult.data.labels;

import java.io.IOException;
import java.util.Locale;

/** Whether rows are probabilities: finite, in 0..1, with a sum of about 1. */
final class RowCheck {
    private static final double SLACK = 1e-6;
    /** Floats of 16 bits lose some thousandths. */
    private static final double SUM_SLACK = 0.02;

    private final int classes;

    RowCheck(int classes) {
        this.classes = classes;
    }

    void check(int example, double[] rows, int at) throws IOException {
        double sum = 0;
        boolean within = true;
        for (int k = at; k < at + classes; k++) {
            double p = rows[k];
            sum += p;
            within &= p >= -SLACK && p <= 1 + SLACK;
        }
        if (!within) {
            throw outside(example, rows, at);
        }
        if (Math.abs(sum - 1) > SUM_SLACK) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "probabilities of example %d sum to %.4g, wanted about 1; apply softmax to the model's outputs, and"
                            + " give one class to each example",
                    example,
                    sum));
        }
    }

    private IOException outside(int example, double[] rows, int at) {
        for (int k = 0; k < classes; k++) {
            double p = rows[at + k];
            if (!(p >= -SLACK && p <= 1 + SLACK)) {
                return new IOException(String.format(
                        Locale.ROOT,
                        "probability %.4g of class %d for example %d, wanted 0 to 1; apply softmax to the model's outputs",
                        p,
                        k,
                        example));
            }
        }
        throw new IllegalStateException("a row within bounds was refused");
    }
}
