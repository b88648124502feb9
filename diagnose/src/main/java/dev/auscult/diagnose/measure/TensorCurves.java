package dev.auscult.diagnose.measure;

import java.util.function.ToDoubleFunction;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Split;
import dev.auscult.run.TensorSeries;
import dev.auscult.run.TensorSummary;

/** Turns one number of a tensor's statistics into a curve [records]. */
public final class TensorCurves {
    private TensorCurves() {}

    /** One number over the records of a tensor; records without it are left out. */
    public static Curve of(TensorSeries series, ToDoubleFunction<TensorSummary> field) {
        int n = series.size();
        long[] steps = new long[n];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            steps[i] = series.step(i);
            values[i] = field.applyAsDouble(series.summary(i));
        }
        MetricKey key = MetricKey.of(Split.NONE, Quantity.OTHER, series.key().label());
        return Curve.finite(key, steps, values);
    }

    /** Root mean square of the elements, from whatever was recorded; NaN if nothing that tells it was. */
    public static double rootMeanSquare(TensorSummary summary) {
        double exact = summary.rootMeanSquare();
        return Double.isNaN(exact) ? Math.hypot(summary.mean(), summary.standardDeviation()) : exact;
    }

    /** Share 0..1 of elements that are exactly zero; NaN if neither a count nor a histogram tells it. */
    public static double zeroShare(TensorSummary summary) {
        if (summary.min() == 0 && summary.max() == 0) {
            return 1;
        }
        double counted = summary.zeroShare();
        if (Double.isNaN(counted) && summary.hasHistogram()) {
            return summary.requireHistogram().zero()
                    / summary.requireHistogram().total();
        }
        return counted;
    }

    /** Whether some element is known to be NaN or infinite. */
    public static boolean isNonFinite(TensorSummary summary) {
        return summary.nonFinite() > 0
                || Double.isInfinite(summary.min())
                || Double.isInfinite(summary.max())
                || Double.isInfinite(summary.l2Norm());
    }
}
